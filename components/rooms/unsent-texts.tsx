"use client";
import { Button } from "@/components/ui/button";
import { useDeleteDraft } from "@/components/drafts/use-delete-draft";
import { useDraft } from "@/components/drafts/use-draft";
import { copyText } from "@/components/ui/copy";
import { useHasDraft } from "@/lib/client/hooks/use-drafts";
import { useOutbox, useOutboxEntries } from "@/lib/client/hooks/use-outbox";

/** What I wrote in a room that I am no longer in and did not send. It is shown so that no text is lost. */
export function UnsentTexts({ roomId }: { roomId: string }) {
  const hasDraft = useHasDraft(roomId);
  return (
    <>
      <UnsentMessages roomId={roomId} />
      {hasDraft && <KeptDraft roomId={roomId} />}
    </>
  );
}

/** My draft. It is in the composer again when I am in the room again. */
function KeptDraft({ roomId }: { roomId: string }) {
  const { text, copy } = useDraft(roomId);
  const deleting = useDeleteDraft(roomId);
  return (
    <section aria-label="Draft" className="max-h-[40%] flex-none overflow-y-auto border-t px-5 py-3">
      <h2 className="text-sm font-medium text-ink-soft">Your draft. You're not in this room.</h2>
      <div className="mt-2 flex items-start gap-3">
        <p dir="auto" className="min-w-0 flex-1 whitespace-pre-wrap wrap-anywhere">
          {text}
        </p>
        <Button variant="link" className="text-underlined" onClick={() => void copy()}>
          Copy
        </Button>
        <Button variant="link" className="text-underlined" onClick={() => void deleting.run()}>
          Discard
        </Button>
      </div>
    </section>
  );
}

/** Messages that cannot be sent. */
function UnsentMessages({ roomId }: { roomId: string }) {
  const entries = useOutboxEntries(roomId);
  const { remove } = useOutbox();
  if (entries.length === 0) return null;
  return (
    <section aria-label="Not sent" className="max-h-[40%] flex-none overflow-y-auto border-t px-5 py-3">
      <h2 className="text-sm font-medium text-danger-ink">Not sent. You're no longer in this room.</h2>
      <ul>
        {entries.map(({ id, body }) => (
          <li key={id} className="mt-2 flex items-start gap-3">
            <p dir="auto" className="min-w-0 flex-1 whitespace-pre-wrap wrap-anywhere">
              {body}
            </p>
            <Button variant="link" className="text-underlined" onClick={() => void copyText(body)}>
              Copy
            </Button>
            <Button variant="link" className="text-underlined" onClick={() => remove(id)}>
              Discard
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
