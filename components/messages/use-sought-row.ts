"use client";
import { useEffect } from "react";
import type { LogRowItem } from "./log-rows";

type Earlier = { hasBefore: boolean; loadingBefore: boolean; loadBefore: () => unknown };

/** Looks for a row by its key, loading earlier messages until it is there. `found` gets its index; -1 when it is nowhere, or could not be loaded. */
export function useSoughtRow(
  rows: readonly LogRowItem[],
  { hasBefore, loadingBefore, loadBefore }: Earlier,
  sought: string | null,
  found: (index: number, error?: unknown) => void,
): void {
  useEffect(() => {
    if (sought === null) return;
    const index = rows.findIndex(({ key }) => key === sought);
    if (index >= 0 || !hasBefore) found(index);
    else if (!loadingBefore) Promise.resolve(loadBefore()).catch((error: unknown) => found(-1, error));
  });
}
