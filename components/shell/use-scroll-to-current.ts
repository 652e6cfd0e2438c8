"use client";
import { type RefObject, useEffect } from "react";

/**
 * Scrolls a list to its current row whenever another row becomes current. Does not scroll if the row is already visible.
 */
export function useScrollToCurrent(list: RefObject<HTMLElement | null>, current: string | null): void {
  useEffect(() => {
    if (current) list.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest" });
  }, [list, current]);
}
