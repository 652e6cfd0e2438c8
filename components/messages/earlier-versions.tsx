"use client";
import { MessageBody } from "@/components/markdown/message-body";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Message } from "@/lib/contract/message";
import { EarlierVersionsLoading } from "./earlier-versions-loading";
import { Time } from "./time";
import { fullTime } from "./times";

/** What a message said before each edit. Asked again when the message changes. */
export default function EarlierVersions({ message: { id, changedSeq } }: { message: Message }) {
  const { status, data } = useQuery({ messageId: id, changedSeq }, (call, { messageId }) =>
    call("message.history", { messageId }),
  );

  if (status === "loading") return <EarlierVersionsLoading />;
  if (!data)
    return <p className="p-3 text-sm text-danger-ink">Couldn't load earlier versions. Close this and try again.</p>;
  return (
    <ol className="divide-y divide-line">
      {data.revisions.map((revision) => (
        <li key={revision.replacedAt} className="px-3 py-2.5">
          <p className="mb-0.5 text-xs text-ink-faint">
            Until <Time at={revision.replacedAt} format={fullTime} />
          </p>
          <div dir="auto" className="max-h-48 overflow-y-auto text-ui text-ink-soft">
            <MessageBody body={revision.body} />
          </div>
        </li>
      ))}
    </ol>
  );
}
