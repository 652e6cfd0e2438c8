"use client";
import dynamic from "next/dynamic";
import { memo } from "react";
import { Time } from "@/components/messages/time";
import { shortTime } from "@/components/messages/times";
import { usePaths } from "@/components/shell/place";
import { PlaceLink } from "@/components/shell/place-link";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { retrying } from "@/components/ui/on-demand";
import { BellOff, Pencil } from "lucide-react";
import { useHasDraft } from "@/lib/client/hooks/use-drafts";
import { useTitledThreadIds } from "@/lib/client/hooks/use-threads";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { asksToBeRead as asks } from "@/lib/client/sidebar";
import { DirectIcon } from "./direct-icon";
import { LastMessage } from "./last-message";
import { RoomIcon } from "./room-icon";
import { useRoomTitle } from "./use-room-title";

// Loaded for people who follow a thread with a title.
const RoomThreads = dynamic(
  retrying(() => import("@/components/threads/room-threads")),
  { ssr: false },
);

/** `isTabStop`: whether the Tab key reaches this link. It reaches one link of the list. */
type RoomLinkProps = { item: RoomListItem; current: boolean; isTabStop: boolean };

/** A room in the sidebar. On phones it also shows the last message and its time. */
export const RoomLink = memo(function RoomLink({ item, current, isTabStop }: RoomLinkProps) {
  const { roomId, room, membership, unread, unreadCapped, mentions, requestCount, lastMessage } = item;
  const paths = usePaths();
  const title = useRoomTitle(room);
  const hasDraft = useHasDraft(roomId) && !current;
  const threadIds = useTitledThreadIds(roomId);
  const isMuted = membership.isMuted;
  const asksToBeRead = asks(item);
  return (
    <li data-room={roomId} className="[content-visibility:auto] [contain-intrinsic-block-size:auto_32px]">
      <PlaceLink
        href={paths.room(roomId)}
        aria-current={current ? "page" : undefined}
        tabIndex={isTabStop ? 0 : -1}
        data-stop={roomId}
        draggable={false}
        className={cn(
          "flex h-control select-none items-center gap-2.5 rounded-control px-2 [-webkit-touch-callout:none] text-ui -outline-offset-2 transition-[background-color] max-md:h-auto max-md:min-h-[58px] max-md:gap-3 max-md:px-3 max-md:py-2",
          current
            ? "selected font-strong"
            : asksToBeRead
              ? "font-strong text-ink hover:bg-hover"
              : isMuted
                ? "text-ink-faint hover:bg-hover"
                : "text-ink-soft hover:bg-hover",
        )}
      >
        {room.kind === "direct" ? (
          <>
            <DirectIcon room={room} className="max-md:hidden" />
            <DirectIcon room={room} size={40} className="md:hidden" />
          </>
        ) : (
          <span className="contents max-md:grid max-md:size-10 max-md:flex-none max-md:place-items-center max-md:rounded-card max-md:bg-hover">
            <RoomIcon
              room={room}
              className={cn(
                "size-4",
                room.picture ? "max-md:size-10" : room.emoji ? "max-md:size-6" : "max-md:size-[18px]",
                current ? "text-current" : asksToBeRead ? "text-ink-soft" : "text-ink-faint max-md:text-ink-soft",
              )}
            />
          </span>
        )}
        <span className="min-w-0 flex-1">
          <span className={cn("block truncate max-md:text-md max-md:leading-5", !current && "max-md:text-ink")}>
            <bdi>{title}</bdi>
          </span>
          {lastMessage && (
            <LastMessage
              message={lastMessage}
              className={cn(
                "block truncate text-sm font-normal md:hidden",
                asksToBeRead ? "text-ink-soft" : "text-ink-faint",
              )}
            />
          )}
        </span>
        <span className="flex flex-none flex-col items-end gap-1 md:flex-row md:items-center md:gap-2">
          {hasDraft && <Pencil aria-label="Draft" className="size-3.5 text-ink-faint" />}
          {room.archivedAt && <span className="text-xs font-normal text-ink-faint">Archived</span>}
          {lastMessage && (
            <Time
              at={lastMessage.createdAt}
              format={shortTime}
              className="text-xs font-normal text-ink-faint tabular-nums md:hidden"
            />
          )}
          <Badge amber count={requestCount} label={requestCount === 1 ? "request to join" : "requests to join"} />
          {isMuted && <BellOff aria-label="Muted" className="size-3.5 text-ink-faint" />}
          {mentions > 0 ? (
            <Badge mention count={mentions} label={mentions === 1 ? "mention of you" : "mentions of you"} />
          ) : (
            !isMuted && <Badge count={unreadCapped ? 100 : unread} label="unread" />
          )}
        </span>
      </PlaceLink>
      {threadIds.length > 0 && <RoomThreads roomId={roomId} threadIds={threadIds} />}
    </li>
  );
});
