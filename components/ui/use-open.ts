"use client";
import { useState } from "react";

export type OpenProps = { open?: boolean; onOpenChange?: (open: boolean) => void };

/**
 * Whether something is open, and a function that changes it. If the parent passes `open`, that counts; otherwise the state
 * here.
 */
export function useOpen({ open: isOpenOutside, onOpenChange }: OpenProps): [boolean, (open: boolean) => void] {
  const [isOpenHere, setOpenHere] = useState(false);
  const change = (open: boolean) => {
    setOpenHere(open);
    onOpenChange?.(open);
  };
  return [isOpenOutside ?? isOpenHere, change];
}
