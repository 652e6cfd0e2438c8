"use client";
import { Bell, BellOff, BellRing, ChevronLeft, CircleCheck, CircleDot, Ellipsis, Pencil, X } from "lucide-react";
import { useState } from "react";
import { offered } from "@/components/offers";
import { useAsker } from "@/components/people/use-asker";
import { useRoomLabel } from "@/components/rooms/use-room-title";
import { Bar } from "@/components/shell/frame";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import type { ThreadState } from "@/lib/client/room-state";
import type { Membership, Room } from "@/lib/contract/room";
import { threadOffers } from "./thread-offers";
import TitleDialog from "./title-dialog";
import { useThreadActs } from "./use-thread-acts";

type ThreadBarProps = {
  /** `membership` is null in a preview of the room. */
  item: { room: Room; membership: Membership | null };
  threadId: string;
  thread: Pick<ThreadState, "follow" | "first" | "about" | "summary">;
  onClose: () => void;
};

const icons = { mute: BellOff, unmute: BellRing, title: Pencil, resolve: CircleCheck, reopen: CircleDot } as const;

/** The top of a thread: the way back, its title and room, and what can be done with it. */
export function ThreadBar({ item, threadId, thread, onClose }: ThreadBarProps) {
  const { room, membership } = item;
  const { follow, first, about, summary } = thread;
  const label = useRoomLabel(room);
  const asker = useAsker();
  const isRoomMuted = membership?.isMuted ?? false;
  const acts = useThreadActs(threadId, isRoomMuted);
  const [title, setTitle] = useState({ isOpen: false, opened: 0 });
  const offers = offered(threadOffers, {
    asker,
    room,
    membership,
    isFollowed: follow?.isFollowed ?? false,
    isMuted: follow?.isMuted ?? isRoomMuted,
    authorId: first && summary ? first.authorId : undefined,
    isResolved: Boolean(about?.resolvedAt),
  });
  return (
    <Bar className="md:pl-4">
      <IconButton label="Back to room" tooltip={false} className="md:hidden" onClick={onClose}>
        <ChevronLeft aria-hidden className="size-[22px]!" />
      </IconButton>
      <div className="me-auto min-w-0 leading-tight">
        <h2 className="truncate text-md font-semibold">
          <bdi>{about?.title ?? "Thread"}</bdi>
        </h2>
        <p className="truncate text-xs text-ink-faint">
          {about?.title ? "Thread in " : "in "}
          <bdi>{label}</bdi>
        </p>
      </div>
      {offers.map(
        (offer) =>
          (offer.key === "follow" || offer.key === "unfollow") && (
            <IconButton key="follow" label={offer.label} onClick={() => void acts[offer.key]()}>
              {offer.key === "follow" ? <Bell aria-hidden /> : <BellOff aria-hidden />}
            </IconButton>
          ),
      )}
      {offers.length > 1 && (
        <Menu
          align="end"
          trigger={
            <IconButton label="More" tooltip={false}>
              <Ellipsis aria-hidden />
            </IconButton>
          }
        >
          {offers.map(({ key, label: text }) => {
            if (key === "follow" || key === "unfollow") return null;
            const Icon = icons[key];
            return (
              <MenuItem
                key={key}
                icon={<Icon aria-hidden />}
                onSelect={() =>
                  key === "title" ? setTitle({ isOpen: true, opened: title.opened + 1 }) : void acts[key]()
                }
              >
                {text}
              </MenuItem>
            );
          })}
        </Menu>
      )}
      <IconButton label="Close thread" shortcut="mod+." className="max-md:hidden" onClick={onClose}>
        <X aria-hidden />
      </IconButton>
      <TitleDialog
        key={title.opened}
        open={title.isOpen}
        onOpenChange={(isOpen) => setTitle({ ...title, isOpen })}
        threadId={threadId}
        title={about?.title ?? ""}
      />
    </Bar>
  );
}
