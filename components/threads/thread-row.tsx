"use client";
import { BellOff, CircleCheck, MessageSquareText, MessagesSquare } from "lucide-react";
import { usePlainMessage } from "@/components/markdown/plain-message";
import { blockedWords } from "@/components/messages/blocked-words";
import { LastMessage } from "@/components/rooms/last-message";
import { useRoomLabel } from "@/components/rooms/use-room-title";
import { Time } from "@/components/messages/time";
import { shortTime } from "@/components/messages/times";
import { PlaceLink } from "@/components/shell/place-link";
import { usePaths } from "@/components/shell/place";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { isBlocked } from "@/lib/client/blocked";
import { useBlocked } from "@/lib/client/hooks/use-blocked";
import { useRoom } from "@/lib/client/hooks/use-room";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { useIsThreadMuted, useThreadAbout, useUnreadReplies } from "@/lib/client/hooks/use-threads";
import type { ListedThread } from "@/lib/contract/thread";
import { Faces } from "./faces";

const maxCharacters = 120;
const nothing = { body: "", mentions: null };

/** A thread in the list. A thread of a room that the viewer has left since is left out. */
export function ThreadRow({ thread, isOpen }: { thread: ListedThread; isOpen: boolean }) {
  const item = useRoom(thread.roomId);
  return item && <RowOfRoom thread={thread} isOpen={isOpen} item={item} />;
}

function RowOfRoom({ thread, isOpen, item }: { thread: ListedThread; isOpen: boolean; item: RoomListItem }) {
  const { id, roomId, first, last, summary } = thread;
  const paths = usePaths();
  const label = useRoomLabel(item.room);
  const unread = useUnreadReplies(roomId, id);
  const written = usePlainMessage(first ?? nothing, maxCharacters);
  const isHidden = isBlocked(useBlocked(), first?.authorId ?? null);
  const about = useThreadAbout(roomId, id) ?? first?.thread;
  const isMuted = useIsThreadMuted(roomId, id);
  const words = !first
    ? "You can't see this earlier message"
    : isHidden
      ? blockedWords
      : first.deletedAt
        ? "This message was deleted"
        : written;
  return (
    <li>
      <PlaceLink
        href={paths.listedThread(roomId, id)}
        aria-current={isOpen ? "true" : undefined}
        className={cn(
          "grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-3.5 gap-y-1 rounded-card px-3 py-2.5 -outline-offset-2",
          isOpen ? "selected" : "hover:bg-hover",
        )}
      >
        {about?.resolvedAt ? (
          <CircleCheck aria-label="Resolved" className="mt-0.5 size-4 text-ink-faint" />
        ) : about?.title ? (
          <MessagesSquare aria-hidden className="mt-0.5 size-4 text-ink-faint" />
        ) : (
          <MessageSquareText aria-hidden className="mt-0.5 size-4 text-ink-faint" />
        )}
        <span className="flex min-w-0 items-baseline gap-2">
          <span dir="auto" className={cn("truncate", unread > 0 ? "font-semibold" : "text-ink-soft")}>
            <bdi>{about?.title ?? words}</bdi>
          </span>
          <span className="flex-none truncate text-xs text-ink-faint">
            <bdi>{label}</bdi>
          </span>
        </span>
        <Time at={last.createdAt} format={shortTime} className="text-xs text-ink-faint tabular-nums" />
        <span className="col-start-2 flex min-w-0 items-center gap-2 text-sm text-ink-soft">
          <Faces personIds={summary.personIds} />
          <LastMessage message={last} className="truncate" />
        </span>
        <span className="flex items-center justify-end gap-1.5">
          {isMuted && <BellOff aria-label="Muted" className="size-3.5 text-ink-faint" />}
          <Badge count={unread} label="unread" />
        </span>
      </PlaceLink>
    </li>
  );
}
