"use client";
import { useState } from "react";

export type OpenProps = { open?: boolean; onOpenChange?: (open: boolean) => void };

/** Whether something is open: told from outside, or remembered here. */
export function useOpen({ open: told, onOpenChange }: OpenProps): [boolean, (open: boolean) => void] {
  const [remembered, remember] = useState(false);
  const change = (open: boolean) => {
    remember(open);
    onOpenChange?.(open);
  };
  return [told ?? remembered, change];
}
