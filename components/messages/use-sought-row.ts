"use client";
import { useEffect, useRef } from "react";
import type { LogRowItem } from "./log-rows";

/**
 * Looks for a row by its key; `loadRow` loads it if necessary and says whether it exists. `onFound` receives its index, or -1 if
 * there is no such row or loading failed.
 */
export function useFindRow(
  rows: readonly LogRowItem[],
  soughtKey: string | null,
  loadRow: (key: string) => Promise<boolean>,
  onFound: (index: number, error?: unknown) => void,
): void {
  const requested = useRef<string>(undefined);
  const latestOnFound = useRef(onFound);
  useEffect(() => {
    latestOnFound.current = onFound;
  });
  useEffect(() => {
    const index = soughtKey === null ? -1 : rows.findIndex(({ key }) => key === soughtKey);
    if (soughtKey === null) requested.current = undefined;
    else if (index >= 0) latestOnFound.current(index);
    else if (requested.current !== soughtKey) {
      requested.current = soughtKey;
      loadRow(soughtKey)
        .then((exists) => !exists && latestOnFound.current(-1))
        .catch((error: unknown) => latestOnFound.current(-1, error));
    }
  }, [rows, soughtKey, loadRow]);
}
