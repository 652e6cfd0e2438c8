"use client";
import { useRoomList } from "@/lib/client/hooks/use-room-list";

/** Whether I am the only person in the organization: the room that everybody joins then has one member. */
export function useIsAlone(): boolean {
  return useRoomList().some(({ room }) => room.joinsEveryone && room.memberCount === 1);
}
