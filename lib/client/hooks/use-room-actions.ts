"use client";
import type { RoomActions } from "../parley";
import { useParley } from "./use-parley";

/** What I can do about rooms and who is in them. Each rejects with a `CallError`. */
export function useRoomActions(): RoomActions {
  return useParley().rooms;
}
