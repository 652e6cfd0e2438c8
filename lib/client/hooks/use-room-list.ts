"use client";
import { useState } from "react";
import { useStore } from "zustand";
import { createRoomList, type RoomListItem } from "../room-list";
import { useParley } from "./use-parley";

export type { RoomListItem } from "../room-list";

/** My rooms, sorted by name. An unchanged room stays the same object. */
export function useRoomList(): RoomListItem[] {
  const { stores } = useParley();
  const [listOf] = useState(createRoomList);
  return useStore(stores.rooms, ({ rooms }) => listOf(rooms));
}
