"use client";
import { BellOff } from "lucide-react";
import { openThread, usePaths, usePlace } from "@/components/shell/place";
import { PlaceLink } from "@/components/shell/place-link";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { useIsThreadMuted, useThreadAbout, useUnreadReplies } from "@/lib/client/hooks/use-threads";

/** The threads with a title under their room in the sidebar. The arrow keys reach them. */
export default function RoomThreads({ roomId, threadIds }: { roomId: string; threadIds: readonly string[] }) {
  return (
    <ul aria-label="Threads" className="ms-4 border-s ps-1">
      {threadIds.map((threadId) => (
        <ThreadLink key={threadId} roomId={roomId} threadId={threadId} />
      ))}
    </ul>
  );
}

function ThreadLink({ roomId, threadId }: { roomId: string; threadId: string }) {
  const paths = usePaths();
  const isCurrent = openThread(usePlace())?.threadId === threadId;
  const about = useThreadAbout(roomId, threadId);
  const unread = useUnreadReplies(roomId, threadId);
  const isMuted = useIsThreadMuted(roomId, threadId);
  return (
    <li>
      <PlaceLink
        href={paths.thread(roomId, threadId)}
        aria-current={isCurrent ? "true" : undefined}
        tabIndex={-1}
        data-stop={`thread ${threadId}`}
        draggable={false}
        className={cn(
          "flex h-7 select-none items-center gap-2 rounded-control px-2 text-sm -outline-offset-2 max-md:h-touch max-md:px-3",
          isCurrent
            ? "bg-hover text-ink"
            : unread > 0 && !isMuted
              ? "font-strong text-ink hover:bg-hover"
              : "text-ink-soft hover:bg-hover",
        )}
      >
        <bdi className="min-w-0 flex-1 truncate">{about?.title}</bdi>
        {isMuted ? (
          <BellOff aria-label="Muted" className="size-3.5 text-ink-faint" />
        ) : (
          <Badge count={unread} label="unread" />
        )}
      </PlaceLink>
    </li>
  );
}
