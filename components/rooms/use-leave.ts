"use client";
import { isStillAt, openPlace, usePaths } from "@/components/shell/place";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useParley } from "@/lib/client/hooks/use-parley";
import type { Room } from "@/lib/contract/room";
import { roomLabel } from "./room-name";

/** Returns a function that leaves a room. It offers an Undo only if rejoining restores everything. */
export function useLeave(): (room: Room, options?: { canUndo: boolean }) => Promise<void> {
  const call = useCall();
  const paths = usePaths();
  const { stores } = useParley();
  return async (room, { canUndo } = { canUndo: true }) => {
    const sectionId = stores.rooms.getState().rooms.get(room.id)?.membership.sectionId;
    await call("membership.leave", { roomId: room.id });
    if (isStillAt(paths.room(room.id))) openPlace(paths.home);
    const rejoin = async () => {
      await call("membership.join", { roomId: room.id });
      openPlace(paths.room(room.id));
      if (sectionId) await call("membership.setSection", { roomId: room.id, sectionId });
    };
    const action = !canUndo
      ? undefined
      : { label: "Undo", onClick: () => void rejoin().catch((error: Error) => toast.error(error.message)) };
    toast.success(`You left ${roomLabel(room)}`, { action });
  };
}
