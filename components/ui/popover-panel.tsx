"use client";
import { Popover as Radix } from "radix-ui";
import { type ReactNode, type RefObject, useRef } from "react";
import { cn } from "./cn";
import { focusBack } from "./return-focus";

type PanelProps = {
  id: string;
  label: string;
  button: RefObject<HTMLElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Whether the focus moves into the panel when it opens. */
  takesFocus?: boolean;
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
  className?: string;
  children: ReactNode;
};

/** The panel of a <Popover>. */
export function Panel({
  id,
  label,
  button,
  open,
  onOpenChange,
  takesFocus = true,
  side = "bottom",
  align = "start",
  className,
  children,
}: PanelProps) {
  const clickedOutside = useRef(false);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Anchor virtualRef={button} />
      <Radix.Portal>
        <Radix.Content
          id={id}
          aria-label={label}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          onOpenAutoFocus={(event) => !takesFocus && event.preventDefault()}
          onInteractOutside={(event) => {
            // If the click was on the button, the button handles it.
            if (button.current?.contains(event.target as Node)) event.preventDefault();
            else clickedOutside.current = true;
          }}
          onCloseAutoFocus={(event) => {
            focusBack(event, clickedOutside.current ? null : button.current);
            clickedOutside.current = false;
          }}
          className={cn(
            "z-50 max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-16px)] data-[state=open]:animate-pop-in overflow-y-auto rounded-card bg-surface-raised text-ui shadow-popover outline-none",
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
