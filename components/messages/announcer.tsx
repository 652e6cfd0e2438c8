"use client";
import { useEffect, useRef, useState } from "react";
import { usePlainText } from "@/components/markdown/plain-text";
import { useKnownNames } from "@/components/people/use-names";
import { mentionedPeople } from "@/lib/client/mention-reader";
import type { Message } from "@/lib/contract/message";
import { isFromOthers, type LogRowItem, messageOf } from "./log-rows";

const maxCharacters = 300;

/**
 * Announces new messages of others to screen readers. The log itself is not a live region, because scrolling adds and
 * removes rows.
 */
export function Announcer({ rows, hasNewer, meId }: { rows: readonly LogRowItem[]; hasNewer: boolean; meId: string }) {
  const announcedSeq = useRef<number>(undefined);
  const [announced, setAnnounced] = useState<Message[]>([]);
  // If an announced message is deleted, it is also removed from the live region.
  const deletedIds = new Set(rows.flatMap((row) => (messageOf(row)?.deletedAt ? [row.key] : [])));
  const toPlainText = usePlainText();
  const nameOf = useKnownNames(announced.flatMap(({ authorId, mentions }) => [authorId, ...mentionedPeople(mentions)]));

  useEffect(() => {
    const newest = rows.reduce((seq, row) => Math.max(seq, messageOf(row)?.seq ?? 0), 0);
    const previousSeq = announcedSeq.current;
    // While the log has newer messages that are not loaded, added rows are not new messages. Announce none.
    announcedSeq.current = hasNewer ? undefined : newest;
    if (hasNewer || previousSeq === undefined || newest <= previousSeq) return;
    const newRows = rows.filter((row) => isFromOthers(row, meId) && (messageOf(row)?.seq ?? 0) > previousSeq);
    if (newRows.length > 0) setAnnounced(newRows.flatMap((row) => messageOf(row) ?? []));
  }, [rows, hasNewer, meId]);

  return (
    <div aria-live="polite" className="sr-only">
      {announced.map(
        (message) =>
          !deletedIds.has(message.id) && (
            <p key={message.id}>
              {(message.authorId && nameOf(message.authorId)) ?? "Someone"}:{" "}
              {toPlainText(message, maxCharacters, nameOf)}
            </p>
          ),
      )}
    </div>
  );
}
