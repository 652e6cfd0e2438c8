"use client";
import { createContext, useCallback, useContext, useEffect } from "react";
import { useStore } from "zustand";
import type { Texts } from "../texts";

export const TextsContext = createContext<Texts | null>(null);

/**
 * The unsent text of one place, for instance a room's composer or a dialog's field. It survives closing the dialog, leaving
 * the room and reloading the page, and other tabs show it too.
 */
export function useText(place: string): [text: string, setText: (text: string) => void] {
  const context = useContext(TextsContext);
  if (!context) throw new Error("There is no TextsContext above this component.");
  const text = useStore(context.store, ({ texts }) => texts[place] ?? "");
  // In an effect, because the server that renders the page cannot read this browser's storage.
  useEffect(() => void context.read(place), [context, place]);
  return [text, useCallback((next: string) => context.write(place, next), [context, place])];
}
