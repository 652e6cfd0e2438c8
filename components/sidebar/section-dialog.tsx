"use client";
import { type FormEvent, useRef, useState } from "react";
import { EmojiChoice } from "@/components/rooms/room-avatar-dialog";
import type { DialogState } from "@/components/shell/open-dialog";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useText } from "@/lib/client/hooks/use-text";
import { limits } from "@/lib/contract/limits";
import type { Section } from "@/lib/contract/section";
import { isBuiltInSection } from "@/lib/policy/section";
import { useSections } from "./use-sections";

type SectionDialogProps = DialogState & { sectionId?: string | undefined; roomId?: string | undefined };

/** Creates a section of my sidebar and puts a room into it, or renames a section. */
export default function SectionDialog({ sectionId, roomId, ...dialog }: SectionDialogProps) {
  return (
    <Dialog {...dialog} size="sm" title={sectionId ? "Rename section" : "New section"}>
      <SectionForm sectionId={sectionId} roomId={roomId} onDone={() => dialog.onOpenChange(false)} />
    </Dialog>
  );
}

const isOwn = (section: Section) => !isBuiltInSection(section);

type FormProps = { sectionId: string | undefined; roomId: string | undefined; onDone: () => void };

function SectionForm({ sectionId, roomId, onDone }: FormProps) {
  const call = useCall();
  const sections = useSections();
  const before = sections.find(({ id }) => id === sectionId);
  const [typed, setTyped] = useText(`section.${sectionId ?? "new"}.name`);
  const [isChanged, setChanged] = useState(false);
  // A retry puts the room into the section that was created already.
  const createdId = useRef<string>(undefined);
  const name = isChanged || typed ? typed : (before?.name ?? "");
  const [emoji, setEmoji] = useState(before?.emoji ?? "");
  const [isNameMissing, setNameMissing] = useState(false);
  const save = useMutation(async () => {
    const values = { name: name.trim(), emoji: emoji.trim() || null };
    if (sectionId) await call("section.update", { sectionId, ...values });
    else {
      if (createdId.current) await call("section.update", { sectionId: createdId.current, ...values });
      // A new section is the last of one's own.
      else createdId.current = (await call("section.create", values)).sections.findLast(isOwn)?.id;
      if (roomId && createdId.current) await call("membership.setSection", { roomId, sectionId: createdId.current });
    }
    setTyped("");
    onDone();
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    setNameMissing(!name.trim());
    if (name.trim()) void save.run();
  }
  const errors = save.error?.fields ?? {};
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4 pb-1">
      {save.error && !errors.name && !errors.emoji && (
        <Banner tone="danger" className="rounded-control">
          {save.error.message}
        </Banner>
      )}
      <Field
        label="Name"
        hint="Only you see your sections."
        error={isNameMissing ? "Enter a name." : errors.name}
        required
      >
        <Input
          placeholder="e.g. Clients"
          autoFocus
          autoComplete="off"
          data-kept
          maxLength={limits.name}
          value={name}
          onChange={(event) => {
            setChanged(true);
            setTyped(event.target.value);
          }}
        />
      </Field>
      <div className="flex flex-col gap-1.5">
        <EmojiChoice emoji={emoji} onChange={(next) => setEmoji(next === emoji ? "" : next)} />
        {errors.emoji && <p className="text-xs text-danger-ink">{errors.emoji}</p>}
      </div>
      <div className="flex justify-end gap-2 pt-1">
        <Button variant="ghost" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" busy={save.isPending}>
          {sectionId ? "Save" : "Create section"}
        </Button>
      </div>
    </form>
  );
}
