"use client";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { isKey, type Press } from "@/components/ui/keys";
import { type LogRowItem, messageOf } from "./log-rows";

/** Makes the log one stop of the Tab key. Arrow keys, Home and End move between its messages. */
export function useRovingFocus(rows: readonly LogRowItem[], scroller: RefObject<HTMLDivElement | null>) {
  const [focusedKey, setFocusedKey] = useState<string | null>(null);
  const pendingFocus = useRef<string>(undefined);
  // The row that was reached with the arrow keys. Letters are shortcuts only on this row. On other focused rows they go to the
  // composer.
  const reachedByKeys = useRef<string>(undefined);
  const focusedIndex = focusedKey === null ? -1 : rows.findIndex((row) => row.key === focusedKey);
  const tabStopIndex = focusedIndex >= 0 ? focusedIndex : rows.findLastIndex((row) => messageOf(row));

  // Runs after each render, because the row to focus may be rendered later.
  useLayoutEffect(() => {
    const element =
      pendingFocus.current &&
      scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(pendingFocus.current)}"]`);
    if (!element) return;
    pendingFocus.current = undefined;
    element.focus({ preventScroll: true });
  });

  return {
    tabStopIndex,
    /** The index of the row that last had the focus, or -1. */
    focusedIndex,
    setFocusedKey,
    isReached: (key: string) => reachedByKeys.current === key,
    setReachedByKeys(key: string | undefined) {
      reachedByKeys.current = key;
    },
    clearReachedByKeys() {
      reachedByKeys.current = undefined;
    },
    /** Focuses a row as soon as it is rendered. */
    focus(key: string) {
      pendingFocus.current = key;
      setFocusedKey(key);
    },
    /** The index that an arrow key, Home or End moves to: -1 if there is none, null for other keys. */
    indexForKey(event: Press): number | null {
      const isMessage = (row: LogRowItem) => messageOf(row) !== null;
      if (isKey(event, "up")) return rows.slice(0, tabStopIndex).findLastIndex(isMessage);
      if (isKey(event, "down")) return rows.findIndex((row, index) => index > tabStopIndex && isMessage(row));
      if (isKey(event, "home")) return rows.findIndex(isMessage);
      return isKey(event, "end") ? rows.findLastIndex(isMessage) : null;
    },
  };
}
