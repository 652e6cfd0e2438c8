"use client";
import { openPlace, usePaths } from "@/components/shell/place";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import type { Room } from "@/lib/contract/room";
import { roomLabel } from "./room-name";

/** Returns a function that leaves a room. It offers an Undo only if rejoining restores everything. */
export function useLeave(): (room: Room, options?: { canUndo: boolean }) => Promise<void> {
  const call = useCall();
  const paths = usePaths();
  return async (room, { canUndo } = { canUndo: true }) => {
    await call("membership.leave", { roomId: room.id });
    openPlace(paths.home);
    const rejoin = () => {
      call("membership.join", { roomId: room.id }).then(
        () => openPlace(paths.room(room.id)),
        (error: Error) => toast.error(error.message),
      );
    };
    const action = !canUndo ? undefined : { label: "Undo", onClick: rejoin };
    toast.success(`You left ${roomLabel(room)}`, { action });
  };
}
