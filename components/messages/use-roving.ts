"use client";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { isKey, type Press } from "@/components/ui/keys";
import { type LogRowItem, messageOf } from "./log-rows";

/** Makes the log one stop of the Tab key. Arrow keys, Home and End move between its messages. */
export function useRoving(rows: readonly LogRowItem[], scroller: RefObject<HTMLDivElement | null>) {
  const [chosen, choose] = useState<string | null>(null);
  const pending = useRef<string>(undefined);
  // The row that was reached by arrow keys. Letters are shortcuts only there. On other focused rows they go to the composer.
  const reached = useRef<string>(undefined);
  const chosenAt = chosen === null ? -1 : rows.findIndex((row) => row.key === chosen);
  const activeAt = chosenAt >= 0 ? chosenAt : rows.findLastIndex((row) => messageOf(row));

  // Runs after each render, because the row to focus may be rendered later.
  useLayoutEffect(() => {
    const element =
      pending.current && scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(pending.current)}"]`);
    if (!element) return;
    pending.current = undefined;
    element.focus({ preventScroll: true });
  });

  return {
    activeAt,
    /** The index of the row that last had the focus, or -1. */
    chosenAt,
    choose,
    isReached: (key: string) => reached.current === key,
    reach(key: string | undefined) {
      reached.current = key;
    },
    unreach() {
      reached.current = undefined;
    },
    /** Focuses a row as soon as it is rendered. */
    focus(key: string) {
      pending.current = key;
      choose(key);
    },
    /** The index that an arrow key, Home or End moves to: -1 if there is none, null for other keys. */
    target(event: Press): number | null {
      const isMessage = (row: LogRowItem) => messageOf(row) !== null;
      if (isKey(event, "up")) return rows.slice(0, activeAt).findLastIndex(isMessage);
      if (isKey(event, "down")) return rows.findIndex((row, index) => index > activeAt && isMessage(row));
      if (isKey(event, "home")) return rows.findIndex(isMessage);
      return isKey(event, "end") ? rows.findLastIndex(isMessage) : null;
    },
  };
}
