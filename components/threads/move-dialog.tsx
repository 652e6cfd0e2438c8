"use client";
import { type FormEvent, useState } from "react";
import { usePlainText } from "@/components/markdown/plain-text";
import { isCollapsed, type LogRowItem, messageOf } from "@/components/messages/log-rows";
import { useNames } from "@/components/people/use-names";
import type { DialogState } from "@/components/shell/open-dialog";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { ChoiceCards } from "@/components/ui/choices";
import { Dialog } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import type { Message } from "@/lib/contract/message";

/** At most so many messages are offered, the latest ones. */
const mostOffered = 30;
const maxCharacters = 100;

type MoveDialogProps = DialogState & { message: Message; rows: readonly LogRowItem[] };

/** Moves a message into the thread of an earlier one, or begins a thread with it. Offers the messages that the log shows. */
export default function MoveDialog({ message, rows, ...dialog }: MoveDialogProps) {
  const [threadId, setThreadId] = useState("");
  const call = useCall();
  const toPlainText = usePlainText();
  const earlier = rows
    .flatMap((row) => (isCollapsed(row) ? [] : (messageOf(row) ?? [])))
    .filter(
      ({ kind, threadId: of, deletedAt, seq }) =>
        kind !== "notice" && !of && !deletedAt && seq > 0 && seq < message.seq,
    )
    .slice(-mostOffered)
    .toReversed();
  const nameOf = useNames(earlier.map(({ authorId }) => authorId));
  const moving = useMutation(async () => {
    await call("thread.move", { threadId, messageIds: [message.id] });
    toast.success("Message moved");
    dialog.onOpenChange(false);
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (threadId) void moving.run();
  }
  return (
    <Dialog {...dialog} size="sm" title="Move to thread">
      <form noValidate onSubmit={submit} className="flex flex-col gap-4 pb-1">
        {moving.error && (
          <Banner tone="danger" className="rounded-control">
            {moving.error.message}
          </Banner>
        )}
        {earlier.length === 0 ? (
          <p className="text-sm text-ink-soft">There is no earlier message to move it to.</p>
        ) : (
          <ChoiceCards
            legend="Choose the thread's first message"
            columns={1}
            className="max-h-80 overflow-y-auto"
            options={earlier.map(({ id, authorId, body, mentions }) => ({
              value: id,
              label: authorId ? nameOf(authorId) : "Someone",
              hint: toPlainText({ body, mentions }, maxCharacters),
            }))}
            value={threadId}
            onChange={setThreadId}
          />
        )}
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={() => dialog.onOpenChange(false)}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" busy={moving.isPending} aria-disabled={!threadId || undefined}>
            Move message
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
