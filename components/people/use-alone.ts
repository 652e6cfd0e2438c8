"use client";
import { useRoomList } from "@/lib/client/hooks/use-room-list";

/** Whether the viewer is the only person in the organization. Then the room that everyone joins has one member. */
export function useIsAlone(): boolean {
  return useRoomList().some(({ room }) => room.joinsEveryone && room.memberCount === 1);
}
