"use client";
import { Bell, BellOff, ChevronLeft, X } from "lucide-react";
import { offered } from "@/components/offers";
import { useRoomLabel } from "@/components/rooms/use-room-title";
import { Bar } from "@/components/shell/frame";
import { IconButton } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { toCallError } from "@/lib/client/call-error";
import { useCall } from "@/lib/client/hooks/use-call";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { threadOffers } from "./thread-offers";

type ThreadBarProps = { item: RoomListItem; threadId: string; isFollowed: boolean; onClose: () => void };

/** The top of a thread: the way back, the room, and whether the viewer follows it. */
export function ThreadBar({ item, threadId, isFollowed, onClose }: ThreadBarProps) {
  const call = useCall();
  const label = useRoomLabel(item.room);
  const offers = offered(threadOffers, { membership: item.membership, isFollowed });
  async function follow() {
    try {
      await call("thread.setFollowed", { threadId, isFollowed: !isFollowed });
      toast.success(isFollowed ? "You no longer follow this thread" : "You follow this thread", { id: "follow" });
    } catch (error) {
      toast.error(toCallError(error).message, { id: "follow" });
    }
  }
  return (
    <Bar className="md:pl-4">
      <IconButton label="Back to room" tooltip={false} className="md:hidden" onClick={onClose}>
        <ChevronLeft aria-hidden className="size-[22px]!" />
      </IconButton>
      <div className="me-auto min-w-0 leading-tight">
        <h2 className="text-md font-semibold">Thread</h2>
        <p className="truncate text-xs text-ink-faint">
          in <bdi>{label}</bdi>
        </p>
      </div>
      {offers.map(({ key }) => (
        <IconButton
          key="follow"
          label={key === "follow" ? "Follow thread" : "Stop following"}
          onClick={() => void follow()}
        >
          {key === "follow" ? <Bell aria-hidden /> : <BellOff aria-hidden />}
        </IconButton>
      ))}
      <IconButton label="Close thread" className="max-md:hidden" onClick={onClose}>
        <X aria-hidden />
      </IconButton>
    </Bar>
  );
}
