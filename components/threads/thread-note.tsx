"use client";
import { ChevronRight, CircleCheck, CornerDownRight } from "lucide-react";
import { Time } from "@/components/messages/time";
import { shortTime } from "@/components/messages/times";
import { openPlace, usePaths } from "@/components/shell/place";
import { Badge } from "@/components/ui/badge";
import { useThreadAbout, useUnreadReplies } from "@/lib/client/hooks/use-threads";
import type { Message } from "@/lib/contract/message";
import type { ThreadSummary } from "@/lib/contract/thread-summary";
import { Faces } from "./faces";
import { repliesText } from "./thread-words";

type ThreadNoteProps = { id: string; message: Message; summary: ThreadSummary | null; isTabStop: boolean };

/** Below a message in the log of a room: the thread that it began, or the way to the thread that it is a reply in. */
export default function ThreadNote({ id, message, summary, isTabStop }: ThreadNoteProps) {
  const paths = usePaths();
  const { roomId } = message;
  const threadId = message.threadId ?? message.id;
  const unread = useUnreadReplies(roomId, threadId);
  const about = useThreadAbout(roomId, threadId);
  return (
    <button
      id={id}
      type="button"
      tabIndex={isTabStop ? 0 : -1}
      data-row-control
      className="not-copied mt-0.5 -ms-1.5 flex min-h-7.5 max-w-full items-center gap-2 rounded-control border border-transparent px-1.5 text-sm text-ink-soft hover:border-line-strong hover:bg-surface max-md:min-h-touch"
      onClick={() => openPlace(paths.thread(roomId, threadId))}
    >
      {message.threadId ? (
        <>
          <CornerDownRight aria-hidden className="size-3.5 flex-none text-ink-faint rtl:-scale-x-100" />
          <span className="font-strong text-link">{message.movedAt ? "Moved to a thread" : "Reply in a thread"}</span>
        </>
      ) : (
        summary && (
          <>
            <Faces personIds={summary.personIds} />
            <span className="flex-none font-strong text-link">{repliesText(summary.count)}</span>
            {about?.resolvedAt && <CircleCheck aria-label="Resolved" className="size-3.5 flex-none text-ink-faint" />}
            {about?.title && (
              <span className="truncate">
                <bdi>{about.title}</bdi>
              </span>
            )}
            {summary.lastAt && (
              <span className="flex-none truncate text-xs text-ink-faint">
                last at <Time at={summary.lastAt} format={shortTime} />
              </span>
            )}
            <Badge count={unread} label="unread" />
          </>
        )
      )}
      <ChevronRight aria-hidden className="size-3.5 flex-none text-ink-faint rtl:-scale-x-100" />
    </button>
  );
}
