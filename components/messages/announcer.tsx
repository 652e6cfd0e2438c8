"use client";
import { useEffect, useRef, useState } from "react";
import { usePlainText } from "@/components/markdown/plain-text";
import { useNames } from "@/components/people/use-names";
import type { Message } from "@/lib/contract/message";
import { isFromOthers, type LogRowItem, messageOf } from "./log-rows";

const longest = 300;

/**
 * Announces new messages of others to screen readers. The log is no live region, because scrolling adds and removes
 * rows.
 */
export function Announcer({ rows, hasAfter, meId }: { rows: readonly LogRowItem[]; hasAfter: boolean; meId: string }) {
  const said = useRef<number>(undefined);
  const [news, setNews] = useState<Message[]>([]);
  // Deleted messages are removed from here, too.
  const gone = new Set(rows.flatMap((row) => (messageOf(row)?.deletedAt ? [row.key] : [])));
  const plain = usePlainText();
  const nameOf = useNames(news.map((message) => message.authorId));

  useEffect(() => {
    const newest = rows.reduce((seq, row) => Math.max(seq, messageOf(row)?.seq ?? 0), 0);
    const from = said.current;
    // What is added below while newer messages exist was only loaded now.
    said.current = hasAfter ? undefined : newest;
    if (hasAfter || from === undefined || newest <= from) return;
    const fresh = rows.filter((row) => isFromOthers(row, meId) && (messageOf(row)?.seq ?? 0) > from);
    if (fresh.length > 0) setNews(fresh.flatMap((row) => messageOf(row) ?? []));
  }, [rows, hasAfter, meId]);

  return (
    <div aria-live="polite" className="sr-only">
      {news.map(
        ({ id, authorId, body }) =>
          !gone.has(id) && (
            <p key={id}>
              {authorId ? nameOf(authorId) : "Someone"}: {plain(body, longest)}
            </p>
          ),
      )}
    </div>
  );
}
