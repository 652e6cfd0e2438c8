"use client";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { type RoomListItem, roomListItem } from "../room-list";
import { useParley } from "./use-parley";

/** One room of mine, or null when I am not in it. */
export function useRoom(roomId: string): RoomListItem | null {
  const { stores } = useParley();
  return useStore(
    stores.rooms,
    useShallow(({ rooms }) => {
      const state = rooms.get(roomId);
      return state ? roomListItem(state) : null;
    }),
  );
}
