"use client";
import { Hash, Lock } from "lucide-react";
import { type FormEvent, useEffect, useId, useState } from "react";
import type { DialogState } from "@/components/shell/open-dialog";
import { openPlace, usePaths } from "@/components/shell/place";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { ChoiceCards } from "@/components/ui/choices";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import type { CallError } from "@/lib/client/call-error";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useText } from "@/lib/client/hooks/use-text";
import { limits } from "@/lib/contract/limits";
import { accessWords } from "./room-name";

const choices = [
  { value: "public", label: accessWords.public.name, hint: accessWords.public.hint, icon: <Hash /> },
  { value: "private", label: accessWords.private.name, hint: accessWords.private.hint, icon: <Lock /> },
] as const;
type Access = (typeof choices)[number]["value"];
const isAccess = (value: string): value is Access => choices.some((choice) => choice.value === value);
type FormErrors = { name?: string; form?: string };

function toFormErrors(error: CallError): FormErrors {
  if (error.code === "conflict") return { name: "This name is taken. Choose another one." };
  return error.fields?.name ? { name: error.fields.name } : { form: error.message };
}

export default function CreateRoomDialog({
  open,
  onOpenChange,
  name = "",
}: DialogState & { name?: string | undefined }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} size="md" title="New room">
      <CreateRoom givenName={name} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

/** The form. Its text is kept until the room is created; `givenName` replaces the name. */
function CreateRoom({ givenName, onDone }: { givenName: string; onDone: () => void }) {
  const call = useCall();
  const paths = usePaths();
  const [name, setName] = useText("new-room.name");
  const [storedAccess, setAccess] = useText("new-room.access");
  const access = isAccess(storedAccess) ? storedAccess : "public";
  const [description, setDescription] = useText("new-room.description");
  useEffect(() => {
    if (givenName) setName(givenName);
  }, [givenName, setName]);
  const [isNameMissing, setNameMissing] = useState(false);
  const formId = useId();

  const create = useMutation(async () => {
    const { room } = await call("room.create", {
      name: name.trim(),
      access,
      description: description.trim(),
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
    <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4 pb-1">
      {errors.form && (
        <Banner tone="danger" className="rounded-control">
          {errors.form}
        </Banner>
      )}
      <Field label="Name" error={errors.name} required>
        <Input
          icon={access === "private" ? <Lock aria-hidden /> : <Hash aria-hidden />}
          placeholder="e.g. design"
          autoFocus
          autoComplete="off"
          data-kept
          maxLength={limits.name}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <ChoiceCards legend="Who can join" options={choices} value={access} onChange={setAccess} columns={2} />
      <Field label="Description" hint="What this room is for. People see it before they join.">
        <Textarea
          dir="auto"
          data-kept
          maxLength={limits.description}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
      </Field>
      <div className="flex justify-end gap-2 pt-1">
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
