"use client";
import { useCallback, useSyncExternalStore } from "react";

/** Whether a media query matches; false on the server. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const media = matchMedia(query);
      media.addEventListener("change", onChange);
      return () => media.removeEventListener("change", onChange);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(query).matches,
    () => false,
  );
}

/** Matches windows that show one pane at a time. */
export const phone = "(max-width: 767px)";
/** Matches windows in which a panel covers a part of the room, or all of it. */
export const panelCoversRoom = "(max-width: 1199px)";
/** Matches touch devices. Enter starts a new line there, and focus opens the on-screen keyboard. */
export const touchDevice = "(max-width: 767px), (pointer: coarse) and (hover: none)";
