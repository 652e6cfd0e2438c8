"use client";
import { go, roomPath } from "@/components/shell/place";
import { toast } from "@/components/ui/toast";
import { useRoomActions } from "@/lib/client/hooks/use-room-actions";
import type { Room } from "@/lib/contract/room";
import { roomLabel } from "./room-name";

/** Leaves a room at once, with a way back where there is one. */
export function useLeave(): (room: Room) => Promise<void> {
  const { leave, join } = useRoomActions();
  return async (room) => {
    await leave(room.id);
    go("/");
    const comeBack = () => {
      join(room.id).then(
        () => go(roomPath(room.id)),
        (error: Error) => toast.error(error.message),
      );
    };
    const action = room.access === "private" ? undefined : { label: "Undo", onClick: comeBack };
    toast.success(`You left ${roomLabel(room)}`, { action });
  };
}
