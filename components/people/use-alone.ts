"use client";
import { useRoomList } from "@/lib/client/hooks/use-room-list";

/** Whether nobody else is in the organization, told by the room that everybody joins. */
export function useAlone(): boolean {
  return useRoomList().some(({ room }) => room.joinsEveryone && room.memberCount === 1);
}
