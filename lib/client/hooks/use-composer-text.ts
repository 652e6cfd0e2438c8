"use client";
import { useCallback, useEffect } from "react";
import { useStore } from "zustand";
import { useParley } from "./use-parley";

/** What stands in this room's composer. Leaving the room or reloading the page loses nothing. */
export function useComposerText(roomId: string): [text: string, setText: (text: string) => void] {
  const { stores, composer } = useParley();
  const text = useStore(stores.composer, ({ texts }) => texts[roomId] ?? "");
  // In an effect, because the server that renders the page knows nothing of this browser's storage.
  useEffect(() => void composer.read(roomId), [composer, roomId]);
  return [text, useCallback((next: string) => composer.write(roomId, next), [composer, roomId])];
}
