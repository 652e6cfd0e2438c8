"use client";
import { MessageBody } from "@/components/markdown/message-body";
import { Popover } from "@/components/ui/popover";
import { Spinner } from "@/components/ui/spinner";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Message } from "@/lib/contract/message";
import { Time } from "./time";
import { fullTime } from "./times";

type EditedMarkProps = { message: Message; open: boolean; onOpenChange: (open: boolean) => void };

/** "(edited)": opens what the message said before. */
export function EditedMark({ message, open, onOpenChange }: EditedMarkProps) {
  return (
    <Popover
      label="Earlier versions"
      open={open}
      onOpenChange={onOpenChange}
      className="w-96 p-1"
      trigger={
        <button
          type="button"
          tabIndex={-1}
          className="ml-1 not-copied rounded-xs text-xs text-ink-faint hover:text-ink hover:underline max-md:min-h-6"
        >
          (edited)
        </button>
      }
    >
      <Versions message={message} />
    </Popover>
  );
}

function Versions({ message: { id, changedSeq } }: { message: Message }) {
  // Asked again when the message changes.
  const { status, data } = useQuery({ messageId: id, changedSeq }, (call, { messageId }) =>
    call("message.history", { messageId }),
  );

  if (status === "loading") {
    return (
      <p role="status" className="flex items-center gap-2.5 p-3 text-sm text-ink-faint">
        <Spinner /> Loading earlier versions
      </p>
    );
  }
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
