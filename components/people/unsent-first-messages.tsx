"use client";
import { FailedNote, WaitingMark } from "@/components/messages/unsent-state";
import { useRoomTitle } from "@/components/rooms/use-room-title";
import { useOutbox, useUnopenedEntries } from "@/lib/client/hooks/use-outbox";
import type { OutboxEntry } from "@/lib/client/stores/outbox";

type UnsentProps = {
  /** The messages to these people. Nobody: those to all people whose conversation is not open yet. */
  personIds: readonly string[];
  /** Called with the text of a message that was taken back, and with the people it was for. */
  onEdit: (personIds: readonly string[], body: string) => void;
};

/** First messages that wait for their conversation to be opened, or that were refused. */
export function UnsentFirstMessages({ personIds, onEdit }: UnsentProps) {
  const all = useUnopenedEntries();
  const wanted = personIds.toSorted().join();
  const entries = all.filter((entry) => wanted === "" || entry.personIds.toSorted().join() === wanted);
  if (entries.length === 0) return null;
  return (
    <section aria-label="Not sent yet" className="mx-4 mb-3 max-h-[40%] flex-none overflow-y-auto rounded-card border">
      <ul className="divide-y">
        {entries.map((entry) => (
          <Unsent key={entry.id} entry={entry} onEdit={onEdit} />
        ))}
      </ul>
    </section>
  );
}

type UnsentEntry = OutboxEntry & { personIds: readonly string[] };

function Unsent({ entry, onEdit }: Pick<UnsentProps, "onEdit"> & { entry: UnsentEntry }) {
  const { retry, remove, removeToEdit } = useOutbox();
  const title = useRoomTitle({ kind: "direct", name: null, directIds: [...entry.personIds] });
  const stateId = `unsent-${entry.id}`;
  return (
    <li className="px-3.5 py-2.5">
      <p className="truncate text-xs text-ink-faint">
        To <bdi>{title}</bdi>
      </p>
      <p dir="auto" className="whitespace-pre-wrap wrap-anywhere">
        {entry.body}
        {entry.state === "waiting" && <WaitingMark id={stateId} />}
      </p>
      {entry.state === "failed" && (
        <FailedNote
          id={stateId}
          reason={entry.reason}
          onRetry={() => retry(entry.id)}
          onEdit={() => onEdit(entry.personIds, removeToEdit(entry.id)?.body ?? "")}
          onDiscard={() => remove(entry.id)}
        />
      )}
    </li>
  );
}
