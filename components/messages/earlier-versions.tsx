"use client";
import { MessageBody } from "@/components/markdown/message-body";
import { LoadMore } from "@/components/ui/load-more";
import { useList } from "@/lib/client/hooks/use-query";
import type { Message } from "@/lib/contract/message";
import { EarlierVersionsLoading } from "./earlier-versions-loading";
import { Time } from "./time";
import { fullTime } from "./times";

/** The text of a message before each edit, the latest last. Fetched again when the message changes. */
export default function EarlierVersions({ message: { id, changedSeq } }: { message: Message }) {
  const list = useList({ messageId: id, changedSeq }, async (call, { messageId }, after) => {
    const { revisions, next } = await call("message.history", { messageId, after });
    return { rows: revisions, next };
  });

  if (list.status === "loading") return <EarlierVersionsLoading />;
  if (list.status === "error")
    return <p className="p-3 text-sm text-danger-ink">Couldn't load earlier versions. Close this and try again.</p>;
  return (
    <>
      <LoadMore list={list} className="px-1 pt-1">
        Show earlier versions
      </LoadMore>
      <ol className="divide-y divide-line">
        {list.rows.toReversed().map((revision) => (
          <li key={revision.id} className="px-3 py-2.5">
            <p className="mb-0.5 text-xs text-ink-faint">
              Until <Time at={revision.replacedAt} format={fullTime} />
            </p>
            <div dir="auto" className="max-h-48 overflow-y-auto text-ui text-ink-soft">
              <MessageBody body={revision.body} />
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}
