"use client";
import { useEffect } from "react";
import type { LogRowItem } from "./log-rows";

type Earlier = { hasBefore: boolean; loadingBefore: boolean; loadBefore: () => unknown };

/**
 * Looks for a row by its key and loads earlier messages until it is found. `found` receives its index, or -1 if there
 * is no such row or loading failed.
 */
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
