"use client";
import { useState } from "react";

export type OpenProps = { open?: boolean; onOpenChange?: (open: boolean) => void };

/**
 * Whether a menu or panel is open, and a function that changes it. If the parent passes `open`, it overrides the state here.
 */
export function useOpen({ open: isOpenOutside, onOpenChange }: OpenProps): [boolean, (open: boolean) => void] {
  const [isOpenHere, setOpenHere] = useState(false);
  const change = (open: boolean) => {
    setOpenHere(open);
    onOpenChange?.(open);
  };
  return [isOpenOutside ?? isOpenHere, change];
}
