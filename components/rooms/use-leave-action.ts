"use client";
import { useOpenDialog } from "@/components/shell/open-dialog";
import { toast } from "@/components/ui/toast";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { useLeave } from "./use-leave";
import { useLosses } from "./use-losses";
import { useRoomOffers } from "./use-room-offers";

/** What the "Leave room" item of a menu does: it confirms first if one would lose something. Null if one may not leave. */
export function useLeaveAction(item: RoomListItem): (() => void) | null {
  const { room, roomId, membership } = item;
  const leave = useLeave();
  const open = useOpenDialog();
  const losses = useLosses(room, membership);
  if (!useRoomOffers(item).has("leave")) return null;
  return () =>
    losses.access || losses.history || losses.role
      ? open({ kind: "leave", roomId })
      : void leave(room).catch((error: Error) => toast.error(error.message));
}
