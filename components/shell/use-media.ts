"use client";
import { useCallback, useSyncExternalStore } from "react";

/** Whether a media query holds; false while the server renders. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const media = matchMedia(query);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(query).matches,
    () => false,
  );
}

/** One pane at a time. */
export const phone = "(max-width: 767px)";
/** Typed with thumbs: Enter is a new line there, and focus would raise the keyboard. */
export const thumbs = "(max-width: 767px), (pointer: coarse) and (hover: none)";
