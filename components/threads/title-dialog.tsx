"use client";
import { type FormEvent, useState } from "react";
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

type TitleDialogProps = DialogState & { threadId: string; title: string };

/** Gives a thread a title, or takes it away. */
export default function TitleDialog({ threadId, title, ...dialog }: TitleDialogProps) {
  return (
    <Dialog {...dialog} size="sm" title="Thread title">
      <TitleForm threadId={threadId} before={title} onDone={() => dialog.onOpenChange(false)} />
    </Dialog>
  );
}

function TitleForm({ threadId, before, onDone }: { threadId: string; before: string; onDone: () => void }) {
  const call = useCall();
  const [typed, setTyped] = useText(`thread-title.${threadId}`);
  const [isChanged, setChanged] = useState(false);
  const title = isChanged || typed ? typed : before;
  const save = useMutation(async () => {
    await call("thread.setTitle", { threadId, title: title.trim() });
    setTyped("");
    onDone();
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    void save.run();
  }
  const fieldError = save.error?.fields?.title;
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4 pb-1">
      {save.error && !fieldError && (
        <Banner tone="danger" className="rounded-control">
          {save.error.message}
        </Banner>
      )}
      <Field
        label="Title"
        hint="Who follows a thread with a title has it under its room in the sidebar."
        error={fieldError}
      >
        <Input
          data-kept
          autoFocus
          autoComplete="off"
          value={title}
          maxLength={limits.threadTitle}
          placeholder="e.g. Plan for the launch"
          onChange={(event) => {
            setChanged(true);
            setTyped(event.target.value);
            save.clearError();
          }}
        />
      </Field>
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" busy={save.isPending}>
          Save title
        </Button>
      </div>
    </form>
  );
}
