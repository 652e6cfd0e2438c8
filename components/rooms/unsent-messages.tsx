"use client";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy";
import { useOutbox, useOutboxEntries } from "@/lib/client/hooks/use-outbox";

/** The unsent messages of a room that I am no longer in. They cannot be sent, and are shown so that no text is lost. */
export function UnsentMessages({ roomId }: { roomId: string }) {
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
