"use client";
import { useStore } from "zustand";
import { isComposer } from "../draft-places";
import { useParley } from "./use-parley";

/** The number of rooms and threads with a draft of mine, on the server or only in this browser. The composers at `except` are left out. */
export function useDraftCount(except: readonly (string | null)[]): number {
  const { stores } = useParley();
  const drafts = useStore(stores.rooms, (state) => state.drafts);
  return useStore(
    stores.texts,
    ({ texts }) =>
      [...new Set([...drafts.keys(), ...Object.keys(texts).filter(isComposer)])].filter(
        (place) => !except.includes(place) && (drafts.get(place)?.text || texts[place]?.trim()),
      ).length,
  );
}

/** Whether I have a draft in a room. */
export function useHasDraft(roomId: string): boolean {
  const { stores } = useParley();
  const isTyped = useStore(stores.texts, ({ texts }) => Boolean(texts[roomId]?.trim()));
  return useStore(stores.rooms, ({ drafts }) => Boolean(drafts.get(roomId)?.text)) || isTyped;
}
