"use client";
import { ArrowRight, Hash, Lock, UsersRound, X } from "lucide-react";
import { useState } from "react";
import { toFormFailure } from "@/components/auth/failure";
import { Banner } from "@/components/ui/banner";
import { Button, IconButton } from "@/components/ui/button";
import { Switch } from "@/components/ui/switch";
import { Tag } from "@/components/ui/tag";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { nameKey } from "@/lib/contract/alike";
import { type DefaultRoom, defaultRooms, optionalRooms } from "@/lib/contract/default-rooms";
import { StepFoot } from "./foot";
import { OfferRow } from "./offer-row";
import { OwnRoom } from "./own-room";
import { goToStep } from "./place";

const iconOf = ({ joinsEveryone, group }: DefaultRoom) =>
  joinsEveryone ? <Hash /> : group ? <UsersRound /> : <Lock />;
const audienceOf = ({ name, group }: DefaultRoom) => (group ? `${name} group` : "Owners and admins");
const isSameName = (a: string, b: string) => nameKey(a) === nameKey(b);

/** Step 2: the first rooms. `existing` has the names of rooms that were created on an earlier visit to this page. */
export function RoomsStep({ organization, existing }: { organization: string; existing: readonly string[] }) {
  const call = useCall();
  const exists = (name: string) => existing.some((each) => isSameName(each, name));
  const [chosen, setChosen] = useState<readonly string[]>(() =>
    optionalRooms.filter((room) => room.isPreselected).map((room) => room.name),
  );
  const [addedNames, setAddedNames] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState("");

  const otherExisting = existing.filter((name) => !defaultRooms.some((room) => isSameName(room.name, name)));
  const isTaken = (name: string) =>
    [...existing, ...addedNames, ...optionalRooms.map((room) => room.name)].some((n) => isSameName(n, name));
  const typedName = typed.trim();
  // Includes a name that is typed but not added yet.
  const namesToCreate = [
    ...chosen.filter((name) => !exists(name)),
    ...addedNames,
    ...(typedName && !isTaken(typedName) ? [typedName] : []),
  ];

  const toggle = (name: string) =>
    setChosen((current) => (current.includes(name) ? current.filter((each) => each !== name) : [...current, name]));

  const creation = useMutation(async () => {
    if (namesToCreate.length > 0)
      await call("organization.addRooms", { rooms: namesToCreate.map((name) => ({ name })) });
    await goToStep("people");
  });
  const failure = creation.error && toFormFailure(creation.error);

  return (
    <>
      <ul className="border-b">
        {defaultRooms.map((room) => (
          <OfferRow
            key={room.name}
            icon={iconOf(room)}
            name={room.name}
            hint={room.joinsEveryone ? "Everyone joins automatically" : room.description.replace(/\.$/, "")}
            isMuted={!room.joinsEveryone && !exists(room.name) && !chosen.includes(room.name)}
            tag={<Tag>{room.joinsEveryone ? "Always on" : audienceOf(room)}</Tag>}
          >
            {!room.joinsEveryone && (
              <Switch
                aria-label={room.name}
                checked={exists(room.name) || chosen.includes(room.name)}
                disabled={exists(room.name)}
                onChange={() => toggle(room.name)}
              />
            )}
          </OfferRow>
        ))}
        {otherExisting.map((name) => (
          <OfferRow key={name} icon={<Hash />} name={name} tag={<Tag>Created</Tag>} />
        ))}
        {addedNames.map((name) => (
          <OfferRow key={name} icon={<Hash />} name={name} hint={`Anyone in ${organization} can find and join it`}>
            <IconButton
              label={`Remove ${name}`}
              tooltip={false}
              className="md:-mr-2"
              onClick={() => setAddedNames((current) => current.filter((each) => each !== name))}
            >
              <X aria-hidden />
            </IconButton>
          </OfferRow>
        ))}
      </ul>
      <OwnRoom
        name={typed}
        onNameChange={setTyped}
        isTaken={isTaken(typedName)}
        onAdd={() => {
          setAddedNames((current) => [...current, typedName]);
          setTyped("");
        }}
      />
      {failure && (
        <Banner tone="danger" className="mt-4 rounded-control">
          {Object.values(failure.fields)[0] ?? failure.message}
        </Banner>
      )}
      <StepFoot>
        <Button variant="ghost" size="lg" onClick={() => goToStep("people")}>
          Skip
        </Button>
        <Button variant="primary" size="lg" busy={creation.isPending} onClick={() => void creation.run()}>
          {namesToCreate.length === 0
            ? "Continue"
            : namesToCreate.length === 1
              ? "Create 1 room"
              : `Create ${namesToCreate.length} rooms`}
          <ArrowRight aria-hidden />
        </Button>
      </StepFoot>
    </>
  );
}
