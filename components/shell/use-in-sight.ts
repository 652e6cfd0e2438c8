"use client";
import { type RefObject, useEffect } from "react";

/**
 * Brings a list's current row into sight when another becomes it, by whatever way: a click, a key, the switcher, a link.
 * What is in sight already stays where it is, and so does the list while the same row is current.
 */
export function useInSight(list: RefObject<HTMLElement | null>, current: string | null): void {
  useEffect(() => {
    if (current) list.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest" });
  }, [list, current]);
}
