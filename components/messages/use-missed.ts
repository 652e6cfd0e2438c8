"use client";
import { useState } from "react";
import { isFromOthers, type LogRowItem } from "./log-rows";

/** How many messages of others were added since the log was last at its end. */
export function useMissed(rows: readonly LogRowItem[], atEnd: boolean, meId: string): number {
  const last = rows.at(-1)?.key;
  const [seen, setSeen] = useState(last);
  if (atEnd && seen !== last) setSeen(last);
  if (atEnd || seen === undefined) return 0;
  const from = rows.findLastIndex((row) => row.key === seen);
  return from < 0 ? 0 : rows.slice(from + 1).filter((row) => isFromOthers(row, meId)).length;
}
