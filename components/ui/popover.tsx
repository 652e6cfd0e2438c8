"use client";
import { Popover as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { keepFocusIfTaken } from "./return-focus";

type PopoverProps = {
  /** The button that opens it. */
  trigger: ReactNode;
  /** What it is, for screen readers. */
  label: string;
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Of the panel; it has no padding of its own. */
  className?: string;
  children: ReactNode;
};

/** A small panel beside what opened it. Controls inside that end it: <PopoverClose asChild>. */
export function Popover({
  trigger,
  label,
  side = "bottom",
  align = "start",
  open,
  onOpenChange,
  className,
  children,
}: PopoverProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={keepFocusIfTaken}
          className={cn(
            "z-50 max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-16px)] animate-pop-in overflow-y-auto rounded-card bg-surface-raised text-ui shadow-popover outline-none",
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export const PopoverClose = Radix.Close;
