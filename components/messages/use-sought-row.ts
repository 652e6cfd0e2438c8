"use client";
import { useEffect, useRef } from "react";
import { toast } from "@/components/ui/toast";
import type { LogRowItem } from "./log-rows";

type Earlier = { hasBefore: boolean; loadingBefore: boolean; loadBefore: () => unknown };

/** Returns what looks for a row by its key. Earlier messages are loaded until it is there; then `found` gets its index. */
export function useSoughtRow(
  rows: readonly LogRowItem[],
  { hasBefore, loadingBefore, loadBefore }: Earlier,
  found: (index: number) => void,
): (key: string) => void {
  const sought = useRef<string>(undefined);
  function look() {
    if (sought.current === undefined) return;
    const index = rows.findIndex(({ key }) => key === sought.current);
    if (index < 0 && hasBefore) {
      if (loadingBefore) return;
      Promise.resolve(loadBefore()).catch(() => {
        sought.current = undefined;
      });
      return;
    }
    sought.current = undefined;
    if (index >= 0) found(index);
    else toast.error("That message isn’t here any more.");
  }
  useEffect(look);
  return (key) => {
    sought.current = key;
    look();
  };
}
