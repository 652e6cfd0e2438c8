"use client";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { isKey, type Press } from "@/components/ui/keys";
import { type LogRowItem, messageOf } from "./log-rows";

/** One stop of the Tab key for the whole log: inside it arrows go from message to message. */
export function useRoving(rows: readonly LogRowItem[], scroller: RefObject<HTMLDivElement | null>) {
  const [chosen, choose] = useState<string | null>(null);
  const wanted = useRef<string>(undefined);
  // By arrows. A row that has the focus for another reason takes no letters: one may just have begun to write.
  const reached = useRef<string>(undefined);
  const chosenAt = chosen === null ? -1 : rows.findIndex((row) => row.key === chosen);
  const activeAt = chosenAt >= 0 ? chosenAt : rows.findLastIndex((row) => messageOf(row));

  // The row that is wanted may only now have been drawn.
  useLayoutEffect(() => {
    const element =
      wanted.current && scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(wanted.current)}"]`);
    if (!element) return;
    wanted.current = undefined;
    element.focus({ preventScroll: true });
  });

  return {
    activeAt,
    /** The chosen row, -1 while none was chosen. */
    chosenAt,
    choose,
    isReached: (key: string) => reached.current === key,
    reach(key: string | undefined) {
      reached.current = key;
    },
    unreach() {
      reached.current = undefined;
    },
    /** Gives a row the focus, as soon as it is drawn. */
    focus(key: string) {
      wanted.current = key;
      choose(key);
    },
    /** Where an arrow, Home or End leads: -1 is nowhere, null another key. */
    target(event: Press): number | null {
      const isMessage = (row: LogRowItem) => messageOf(row) !== null;
      if (isKey(event, "up")) return rows.slice(0, activeAt).findLastIndex(isMessage);
      if (isKey(event, "down")) return rows.findIndex((row, index) => index > activeAt && isMessage(row));
      if (isKey(event, "home")) return rows.findIndex(isMessage);
      return isKey(event, "end") ? rows.findLastIndex(isMessage) : null;
    },
  };
}
