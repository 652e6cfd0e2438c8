"use client";
import { useEffect, useRef } from "react";
import type { LogRowItem } from "./log-rows";

/**
 * Finds a row by its key. `loadRow` loads it if necessary and resolves to whether it exists. `onResult` receives the row's
 * index, or -1 if there is no such row or loading failed.
 */
export function useFindRow(
  rows: readonly LogRowItem[],
  soughtKey: string | null,
  loadRow: (key: string) => Promise<boolean>,
  onResult: (index: number, error?: unknown) => void,
): void {
  const requested = useRef<string>(undefined);
  const latestOnResult = useRef(onResult);
  useEffect(() => {
    latestOnResult.current = onResult;
  });
  useEffect(() => {
    const index = soughtKey === null ? -1 : rows.findIndex(({ key }) => key === soughtKey);
    if (soughtKey === null) requested.current = undefined;
    else if (index >= 0) latestOnResult.current(index);
    else if (requested.current !== soughtKey) {
      requested.current = soughtKey;
      loadRow(soughtKey)
        .then((exists) => !exists && latestOnResult.current(-1))
        .catch((error: unknown) => latestOnResult.current(-1, error));
    }
  }, [rows, soughtKey, loadRow]);
}
