"use client";
import { type RefObject, useEffect } from "react";

/**
 * Scrolls a list so that its current row is visible, whenever another row becomes current. A row that is visible already does
 * not move the list.
 */
export function useScrollToCurrent(list: RefObject<HTMLElement | null>, current: string | null): void {
  useEffect(() => {
    if (current) list.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest" });
  }, [list, current]);
}
