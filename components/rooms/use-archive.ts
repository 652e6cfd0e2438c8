"use client";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import type { Room } from "@/lib/contract/room";
import { roomLabel } from "./room-name";

const showError = (error: Error) => toast.error(error.message);

/** Archives a room, with an Undo, or unarchives it if it is archived. */
export function useArchive(room: Room) {
  const call = useCall();
  const { id: roomId } = room;
  const unarchive = () => call("room.unarchive", { roomId });
  async function archive() {
    await call("room.archive", { roomId });
    const action = { label: "Undo", onClick: () => void unarchive().catch(showError) };
    toast.success(`Archived ${roomLabel(room)}`, { action });
  }
  return useMutation<[]>(room.archivedAt ? unarchive : archive, showError);
}
