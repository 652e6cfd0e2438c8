"use client";
import { Hash, Lock, UsersRound } from "lucide-react";
import { type FormEvent, useEffect, useId, useState } from "react";
import { PeopleField } from "@/components/people/people-field";
import type { PickerOption } from "@/components/settings/invite-pickers";
import type { DialogState } from "@/components/shell/open-dialog";
import { openPlace, usePaths } from "@/components/shell/place";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import type { CallError } from "@/lib/client/call-error";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMe } from "@/lib/client/hooks/use-me";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useText } from "@/lib/client/hooks/use-text";
import { limits } from "@/lib/contract/limits";
import type { RoomAvatar } from "@/lib/contract/picture";
import type { Person } from "@/lib/contract/person";
import { AccessFields, isAccess } from "./access-fields";
import { NewRoomAvatar } from "./avatar-field";

type FormErrors = { name?: string | undefined; groups?: string | undefined; form?: string };
const icons = { public: <Hash aria-hidden />, restricted: <UsersRound aria-hidden />, private: <Lock aria-hidden /> };

function toFormErrors(error: CallError): FormErrors {
  if (error.code === "conflict") return { name: "This name is taken. Choose another one." };
  const { name, groupIds } = error.fields ?? {};
  return name || groupIds ? { name, groups: groupIds } : { form: error.message };
}

/** What the form begins with. `personIds`: the people of a conversation, for whom it begins as a private room. */
type Given = { name?: string | undefined; personIds?: readonly string[] | undefined };

export default function CreateRoomDialog({ open, onOpenChange, ...given }: DialogState & Given) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} size="md" title="New room">
      <CreateRoom given={given} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

/** The form. Its text is kept until the room is created. What is given replaces what was kept. */
function CreateRoom({ given, onDone }: { given: Given; onDone: () => void }) {
  const { name: givenName, personIds } = given;
  const call = useCall();
  const { stores } = useParley();
  const { me } = useMe();
  const paths = usePaths();
  const [name, setName] = useText("new-room.name");
  const [storedAccess, setAccess] = useText("new-room.access");
  const access = isAccess(storedAccess) ? storedAccess : "public";
  const [description, setDescription] = useText("new-room.description");
  useEffect(() => {
    if (givenName) setName(givenName);
    if (personIds) setAccess("private");
  }, [givenName, setName, personIds, setAccess]);
  const [groups, setGroups] = useState<PickerOption[]>([]);
  const [people, setPeople] = useState<Person[]>(() => {
    const known = stores.people.getState().people;
    return (personIds ?? []).flatMap((id) => known.get(id) ?? []).filter(({ deactivatedAt }) => !deactivatedAt);
  });
  const [avatar, setAvatar] = useState<RoomAvatar>({ type: "none" });
  const [isNameMissing, setNameMissing] = useState(false);
  const formId = useId();

  const create = useMutation(async () => {
    const { room } = await call("room.create", {
      name: name.trim(),
      access,
      groupIds: access === "restricted" ? groups.map(({ id }) => id) : [],
      personIds: people.map(({ id }) => id),
      description: description.trim(),
      avatar,
    });
    for (const clear of [setName, setAccess, setDescription]) clear("");
    openPlace(paths.room(room.id));
    onDone();
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    setNameMissing(!name.trim());
    if (name.trim()) void create.run();
  }
  const errors: FormErrors = isNameMissing ? { name: "Enter a name." } : create.error ? toFormErrors(create.error) : {};

  return (
    <form
      id={formId}
      noValidate
      onSubmit={submit}
      className="flex flex-col gap-4 [&_:is(input,textarea,button)]:scroll-mb-20"
    >
      {errors.form && (
        <Banner tone="danger" className="rounded-control">
          {errors.form}
        </Banner>
      )}
      <Field label="Name" error={errors.name} required>
        <Input
          icon={icons[access]}
          placeholder="e.g. design"
          autoFocus
          autoComplete="off"
          data-kept
          maxLength={limits.name}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <NewRoomAvatar avatar={avatar} onChange={setAvatar} />
      <AccessFields access={access} onAccess={setAccess} groups={groups} onGroups={setGroups} error={errors.groups} />
      <Field label="Description" hint="What this room is for. People see it before they join.">
        <Textarea
          dir="auto"
          data-kept
          maxLength={limits.description}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
      </Field>
      <PeopleField
        label="Who is in it from the start"
        hint={personIds && "What you said to each other stays in your conversation."}
        chosen={people}
        onChange={setPeople}
        excludedId={me.id}
      />
      {/* Stays in sight when the form is higher than the window. */}
      <div className="sticky bottom-0 -mx-6 -mb-6 flex justify-end gap-2 bg-surface-raised px-6 pt-3 pb-6">
        <Button variant="ghost" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" busy={create.isPending}>
          Create room
        </Button>
      </div>
    </form>
  );
}
