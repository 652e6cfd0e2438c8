"use client";
import { useState } from "react";

export type OpenProps = { open?: boolean; onOpenChange?: (open: boolean) => void };

/** Whether something is open. The parent decides where it passes `open`; otherwise the state is kept here. */
export function useOpen({ open: isOpenOutside, onOpenChange }: OpenProps): [boolean, (open: boolean) => void] {
  const [isOpenHere, setOpenHere] = useState(false);
  const change = (open: boolean) => {
    setOpenHere(open);
    onOpenChange?.(open);
  };
  return [isOpenOutside ?? isOpenHere, change];
}
