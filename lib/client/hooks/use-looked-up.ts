"use client";
import { useEffect } from "react";
import { useStore } from "zustand";
import type { LookedUp } from "../stores/messages";
import { useParley } from "./use-parley";

/** A message by id: undefined until it is looked up, null if I can't see it. `roomId` is its room, if that is known. */
export function useLookedUp(id: string, roomId: string | null): LookedUp | null | undefined {
  const { stores, loadMessages } = useParley();
  useEffect(() => loadMessages([id], roomId), [loadMessages, id, roomId]);
  return useStore(stores.messages, ({ found }) => found.get(id));
}
