"use client";
import { useState } from "react";
import { isFromOthers, type LogRowItem } from "./log-rows";

/** How many messages of others were added since the log was last at its end. */
export function useMissedCount(rows: readonly LogRowItem[], isAtEnd: boolean, meId: string): number {
  const lastKey = rows.at(-1)?.key;
  const [lastSeenKey, setLastSeenKey] = useState(lastKey);
  if (isAtEnd && lastSeenKey !== lastKey) setLastSeenKey(lastKey);
  if (isAtEnd || lastSeenKey === undefined) return 0;
  const from = rows.findLastIndex((row) => row.key === lastSeenKey);
  return from < 0 ? 0 : rows.slice(from + 1).filter((row) => isFromOthers(row, meId)).length;
}
