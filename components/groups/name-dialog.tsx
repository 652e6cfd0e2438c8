"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { usePaths } from "@/components/shell/place";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import type { Group } from "@/lib/contract/group";
import { limits } from "@/lib/contract/limits";

interface NameDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The group to rename. Without it, the dialog creates a new group and opens it. */
  group?: Group;
  onDone: () => void;
}

/** Asks for the name of a group. */
export function NameDialog({ group, onDone, ...dialog }: NameDialogProps) {
  const call = useCall();
  const paths = usePaths();
  const router = useRouter();
  const formId = useId();
  const [name, setName] = useState(group?.name ?? "");
  const [isMissing, setMissing] = useState(false);
  const saving = useMutation(async () => {
    const trimmed = name.trim();
    const saved = group
      ? await call("group.rename", { groupId: group.id, name: trimmed })
      : await call("group.create", { name: trimmed });
    onDone();
    dialog.onOpenChange(false);
    if (!group) router.push(paths.group(saved.id));
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    setMissing(!name.trim());
    if (name.trim()) void saving.run();
  }
  const nameError = isMissing ? "Enter a name." : saving.error?.fields?.name;
  return (
    <Dialog
      {...dialog}
      title={group ? `Rename ${group.name}` : "New group"}
      footer={
        <>
          <Button variant="ghost" onClick={() => dialog.onOpenChange(false)}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" busy={saving.isPending}>
            {group ? "Save" : "Create group"}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
        {saving.error && !saving.error.fields?.name && (
          <Banner tone="danger" className="rounded-control">
            {saving.error.message}
          </Banner>
        )}
        <Field label="Name" error={nameError} required>
          <Input
            placeholder="e.g. Developer"
            autoFocus
            autoComplete="off"
            maxLength={limits.name}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
