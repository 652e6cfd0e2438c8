"use client";
import { useEffect, useRef } from "react";
import type { LogRowItem } from "./log-rows";

/**
 * Looks for a row by its key; `seek` loads it if necessary and says whether it exists. `found` receives its index, or -1 if
 * there is no such row or loading failed.
 */
export function useSoughtRow(
  rows: readonly LogRowItem[],
  sought: string | null,
  seek: (key: string) => Promise<boolean>,
  found: (index: number, error?: unknown) => void,
): void {
  const requested = useRef<string>(undefined);
  const latest = useRef(found);
  useEffect(() => {
    latest.current = found;
  });
  useEffect(() => {
    const index = sought === null ? -1 : rows.findIndex(({ key }) => key === sought);
    if (sought === null) requested.current = undefined;
    else if (index >= 0) latest.current(index);
    else if (requested.current !== sought) {
      requested.current = sought;
      seek(sought)
        .then((exists) => !exists && latest.current(-1))
        .catch((error: unknown) => latest.current(-1, error));
    }
  }, [rows, sought, seek]);
}
