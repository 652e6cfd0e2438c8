"use client";
import { Slot } from "radix-ui";
import { type ReactNode, useId, useRef } from "react";
import { useLaterPanel } from "./later";
import { type OpenProps, useOpen } from "./use-open";

// The button is on the page from the start. The panel's code is fetched when the pointer or the focus first reaches the button.
const load = () => import("./popover-panel");

type PopoverProps = OpenProps & {
  /** The button that opens the panel. */
  trigger: ReactNode;
  /** The panel's name for screen readers. */
  label: string;
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
  /** Classes of the panel, which has no padding of its own. */
  className?: string;
  children: ReactNode;
};

/** A button that opens a small panel next to it. */
export function Popover({ trigger, open: isOpenOutside, onOpenChange, children, ...panel }: PopoverProps) {
  const [open, setOpen] = useOpen({ open: isOpenOutside, onOpenChange });
  const { module, fetchAhead } = useLaterPanel(load, open, () => setOpen(false));
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  return (
    <>
      <Slot.Root
        ref={button}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        data-state={open ? "open" : "closed"}
        onPointerEnter={fetchAhead}
        onFocus={fetchAhead}
        onClick={() => setOpen(!open)}
      >
        {trigger}
      </Slot.Root>
      {module && (
        <module.Panel id={id} button={button} open={open} onOpenChange={setOpen} {...panel}>
          {children}
        </module.Panel>
      )}
    </>
  );
}
