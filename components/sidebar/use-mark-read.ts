"use client";
import { toast } from "@/components/ui/toast";
import { useParley } from "@/lib/client/hooks/use-parley";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";

/** Returns a function that marks everything in these rooms as read. Undo marks them as unread again, one after another. */
export function useMarkRead(): (rooms: readonly RoomListItem[]) => void {
  const { markAllRead, markUnread } = useParley();
  return (rooms) => {
    const unread = rooms.filter((item) => item.unread > 0);
    if (unread.length === 0) return;
    markAllRead(unread.map(({ roomId }) => roomId));
    const undo = async () => {
      for (const { roomId, membership } of unread) await markUnread(roomId, membership.lastReadSeq + 1);
    };
    toast.success(unread.length === 1 ? "Marked as read." : `Marked ${unread.length.toLocaleString()} rooms as read.`, {
      action: { label: "Undo", onClick: () => void undo().catch((error: Error) => toast.error(error.message)) },
    });
  };
}
