"use client";
import { Slot } from "radix-ui";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useLater } from "./later";
import { type OpenProps, useOpen } from "./use-open";

// Its button is on the page from the start; the panel's code is fetched when the button is first come near.
const load = () => import("./popover-panel");

type PopoverProps = OpenProps & {
  /** The button that opens it. */
  trigger: ReactNode;
  /** What it is, for screen readers. */
  label: string;
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
  /** Of the panel; it has no padding of its own. */
  className?: string;
  children: ReactNode;
};

/** A small panel beside what opened it. */
export function Popover({ trigger, open: told, onOpenChange, children, ...panel }: PopoverProps) {
  const [open, setOpen] = useOpen({ open: told, onOpenChange });
  const [code, fetch] = useLater(load);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const ahead = () => void fetch().catch(() => {});

  const close = useRef(() => {});
  useEffect(() => {
    close.current = () => setOpen(false);
  });
  useEffect(() => {
    if (open) fetch().catch(() => close.current());
  }, [open, fetch]);

  return (
    <>
      <Slot.Root
        ref={button}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        data-state={open ? "open" : "closed"}
        onPointerEnter={ahead}
        onFocus={ahead}
        onClick={() => setOpen(!open)}
      >
        {trigger}
      </Slot.Root>
      {code && (
        <code.Panel id={id} button={button} open={open} onOpenChange={setOpen} {...panel}>
          {children}
        </code.Panel>
      )}
    </>
  );
}
