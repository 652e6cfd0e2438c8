"use client";
import { useStore } from "zustand";
import { useParley } from "./use-parley";

/** How many rooms I am in. */
export function useRoomCount(): number {
  return useStore(useParley().stores.rooms, ({ rooms }) => rooms.size);
}
