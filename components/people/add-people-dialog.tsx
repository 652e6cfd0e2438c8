"use client";
import { Check, Search, UserPlus } from "lucide-react";
import { useId, useState } from "react";
import { InvitePeople } from "@/components/invites/invite-people";
import { roomOfInvite } from "@/components/invites/room-of-invite";
import { roomLabel } from "@/components/rooms/room-name";
import type { DialogState } from "@/components/shell/open-dialog";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Dialog } from "@/components/ui/dialog";
import { Empty } from "@/components/ui/empty";
import { Input, Textarea } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { ListSkeleton } from "@/components/ui/skeleton";
import { RemovableChip } from "@/components/ui/tag";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMe } from "@/lib/client/hooks/use-me";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useRoom } from "@/lib/client/hooks/use-room";
import { useText } from "@/lib/client/hooks/use-text";
import { limits } from "@/lib/contract/limits";
import type { Person } from "@/lib/contract/person";
import type { Room } from "@/lib/contract/room";
import type { MembershipSubject } from "@/lib/policy/room";
import { PersonPicture } from "./person-avatar";
import { useIsAlone } from "./use-alone";
import { useAsker } from "./use-asker";
import { useAddablePeople } from "./use-found-people";

type Way = "add" | "invite";
const wayLabels: Record<Way, string> = { add: "Add", invite: "Invite" };
const wayOptions = [
  { value: "add", label: "Add now" },
  { value: "invite", label: "Invite" },
] as const;

type AddPeopleDialogProps = DialogState & {
  roomId: string;
  /** Null if the room no longer exists. */
  room: Room | null;
  membership: MembershipSubject | null;
};

/** `AddPeopleDialog` for a room that the viewer is in. */
export function OwnAddPeopleDialog({ roomId, ...dialog }: DialogState & { roomId: string }) {
  const item = useRoom(roomId);
  return (
    <AddPeopleDialog roomId={roomId} room={item?.room ?? null} membership={item?.membership ?? null} {...dialog} />
  );
}

/** Adds people of the organization to a room, or invites them to it. */
export default function AddPeopleDialog({ roomId, room, membership, open, onOpenChange }: AddPeopleDialogProps) {
  const asker = useAsker();
  const isAlone = useIsAlone();
  const { organization } = useMe();
  const call = useCall();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState<Person[]>([]);
  const found = useAddablePeople(roomId, query.trim(), open);
  const listId = useId();

  const toggle = (person: Person) =>
    setChosen((current) =>
      current.some(({ id }) => id === person.id) ? current.filter(({ id }) => id !== person.id) : [...current, person],
    );

  const label = room ? roomLabel(room) : "this room";
  const [way, setWay] = useState<Way>("add");
  const [note, setNote] = useText(`invite-note:${roomId}`);
  const invite = useMutation(async () => {
    for (const { id } of chosen) {
      await call("roomInvite.send", { roomId, personId: id, note });
      setChosen((current) => current.filter((person) => person.id !== id));
    }
    setNote("");
    toast.success(
      chosen.length === 1 ? `Invited ${chosen[0]?.name} to ${label}` : `Invited ${chosen.length} people to ${label}`,
    );
    onOpenChange(false);
  });
  const add = useMutation(async () => {
    await call("membership.add", { roomId, personIds: chosen.map(({ id }) => id) });
    toast.success(
      chosen.length === 1 ? `Added ${chosen[0]?.name} to ${label}` : `Added ${chosen.length} people to ${label}`,
    );
    onOpenChange(false);
  });

  const { error } = way === "add" ? add : invite;
  const { people } = found;
  const isSearching = found.status === "loading" || (people.length === 0 && found.isStale && !found.error);
  const isEmpty = found.status === "ready" && !isSearching && people.length === 0 && chosen.length === 0;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Add people to ${label}`}
      description={
        way === "invite"
          ? "They decide whether to join, within 30 days."
          : room?.history === "fromJoining"
            ? "They'll see what is said from now on, and no earlier messages."
            : room && room.floorSeq > 0
              ? "They can read what was said since the room was opened, and nothing from before."
              : "They can read earlier messages too."
      }
      footer={
        <>
          <Button variant="ghost" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          {/* Hidden if there is nobody to add. Then "Invite people" is the primary button. */}
          {!isEmpty && (
            <Button
              variant="primary"
              busy={add.isPending || invite.isPending}
              disabled={chosen.length === 0}
              onClick={() => void (way === "add" ? add : invite).run()}
            >
              {chosen.length > 1 ? `${wayLabels[way]} ${chosen.length} people` : wayLabels[way]}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {!isEmpty && (
          <Segmented label="How they join" options={wayOptions} value={way} onChange={setWay} className="self-start" />
        )}
        {error && (
          <Banner tone="danger" className="rounded-control">
            {error.message}
          </Banner>
        )}
        <Input
          type="search"
          aria-label="Find people"
          aria-controls={listId}
          placeholder="Name or handle"
          icon={<Search aria-hidden />}
          autoFocus
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        {chosen.length > 0 && (
          <div className="flex flex-wrap gap-1.5">
            {chosen.map((person) => (
              <RemovableChip
                key={person.id}
                name={person.name}
                icon={<PersonPicture person={person} size={20} />}
                onRemove={() => toggle(person)}
              />
            ))}
          </div>
        )}
        {way === "invite" && (
          <Textarea
            aria-label="Note"
            placeholder="Add a note (optional)"
            maxLength={limits.inviteNote}
            data-kept
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
        <div id={listId} className="-mx-2 h-72 overflow-y-auto overscroll-contain">
          {isSearching && <ListSkeleton rows={5} label="Loading people" className="px-2" />}
          {found.status === "error" && (
            <Empty
              icon={<UserPlus />}
              heading="h3"
              title="Couldn't load people"
              actions={<Button onClick={found.reload}>Try again</Button>}
            />
          )}
          {found.status === "ready" && !isSearching && people.length === 0 && (
            <Empty
              icon={<UserPlus />}
              heading="h3"
              title={
                found.answeredInput?.query
                  ? "No one found"
                  : isAlone
                    ? "Only you are here so far"
                    : "Everyone is already here"
              }
              actions={
                <InvitePeople
                  asker={asker}
                  organization={organization.name}
                  room={room ? roomOfInvite(asker, room, membership) : undefined}
                />
              }
            >
              {found.answeredInput?.query
                ? "No one outside this room has that name or handle."
                : `There's no one else in ${organization.name} to add.`}
            </Empty>
          )}
          <ul>
            {people.map((person) => {
              const isChosen = chosen.some(({ id }) => id === person.id);
              return (
                <li key={person.id}>
                  <button
                    type="button"
                    aria-pressed={isChosen}
                    className="flex min-h-12 w-full items-center gap-3 rounded-control px-2 py-1 text-left -outline-offset-2 hover:bg-hover"
                    onClick={() => toggle(person)}
                  >
                    <PersonPicture person={person} size={32} />
                    <span className="min-w-0 flex-1 leading-snug">
                      <span className="block truncate text-ui">
                        <bdi>{person.name}</bdi>
                      </span>
                      <span className="block truncate text-xs text-ink-faint">@{person.handle}</span>
                    </span>
                    <Check aria-hidden className={cn("size-4 text-accent-ink", !isChosen && "invisible")} />
                  </button>
                </li>
              );
            })}
          </ul>
        </div>
      </div>
    </Dialog>
  );
}
