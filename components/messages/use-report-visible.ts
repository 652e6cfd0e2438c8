"use client";
import { useEffect } from "react";
import type { Visible } from "@/lib/client/auto-read";
import { type LogRowItem, messageOf } from "./log-rows";

/**
 * Reports which messages are on the screen. `firstIndex` and `lastIndex` are the first and the last visible row. `isAtEnd`: whether the
 * newest message of the room is one of them.
 */
export function useReportVisible(
  rows: readonly LogRowItem[],
  [firstIndex, lastIndex]: readonly [number, number],
  isAtEnd: boolean,
  report: ((visible: Visible) => void) | undefined,
): void {
  useEffect(() => {
    const seqs = rows.slice(Math.max(0, firstIndex), lastIndex + 1).flatMap((row) => messageOf(row)?.seq || []);
    const [first, last] = [seqs[0], seqs.at(-1)];
    if (first && last) report?.({ first, last, isAtEnd });
  }, [rows, firstIndex, lastIndex, isAtEnd, report]);
}
