"use client";
import { useRoomList } from "@/lib/client/hooks/use-room-list";

/** Whether I am the only person in the organization. If so, the room that everybody joins has one member. */
export function useIsAlone(): boolean {
  return useRoomList().some(({ room }) => room.joinsEveryone && room.memberCount === 1);
}
