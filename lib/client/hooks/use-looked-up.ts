"use client";
import { useEffect } from "react";
import { useStore } from "zustand";
import { createLookUps, type LookedUp } from "../look-ups";
import { useParley } from "./use-parley";

/** A message by id: undefined until it is looked up, null if I can't see it. `roomId` is its room, if that is known. */
export function useLookedUp(id: string, roomId: string | null): LookedUp | null | undefined {
  const { store, load } = useParley().lookUps(createLookUps);
  useEffect(() => load([id], roomId), [load, id, roomId]);
  return useStore(store, ({ found }) => found.get(id));
}
