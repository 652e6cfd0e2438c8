"use client";
import { useStore } from "zustand";
import { useParley } from "@/lib/client/hooks/use-parley";
import type { Room } from "@/lib/contract/room";

/** Whether I am in one of the room's groups. People in these groups may join a restricted room. */
export function useInGroup(room: Pick<Room, "groupIds"> | null): boolean {
  const myGroupIds = useStore(useParley().stores.rooms, ({ groupIds }) => groupIds);
  return room?.groupIds.some((id) => myGroupIds.includes(id)) ?? false;
}
