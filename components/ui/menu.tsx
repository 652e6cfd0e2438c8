"use client";
import { Slot } from "radix-ui";
import {
  createContext,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  use,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { useLater } from "./later";
import type * as Parts from "./menu-parts";
import { type OpenProps, useOpen } from "./use-open";
import { isKey } from "./keys";

// A menu's button is on the page from the start; its list and its items are fetched when the button is first come near.
const load = () => import("./menu-parts");
const Fetched = createContext<typeof Parts | null>(null);

type MenuProps = OpenProps & {
  /** The button that opens it. */
  trigger: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
  className?: string;
  children: ReactNode;
};

/** A list of things to do, opened by a button. Not modal: the page keeps its scrollbar and does not move. */
export function Menu({ trigger, open: told, onOpenChange, children, ...list }: MenuProps) {
  const [open, setOpen] = useOpen({ open: told, onOpenChange });
  const [parts, fetch] = useLater(load);
  const button = useRef<HTMLButtonElement>(null);
  const [byPointer, setByPointer] = useState(false);
  const id = useId();
  const ahead = () => void fetch().catch(() => {});

  function change(next: boolean, pointer = false) {
    // Only when it opens: one that closes must not choose an item on its way.
    if (next) setByPointer(pointer);
    setOpen(next);
  }
  const close = useRef(() => {});
  useEffect(() => {
    close.current = () => change(false);
  });
  useEffect(() => {
    if (open) fetch().catch(() => close.current());
  }, [open, fetch]);

  function press(event: PointerEvent) {
    if (event.button !== 0 || event.ctrlKey) return;
    // The list takes the focus, not the button.
    if (!open) event.preventDefault();
    change(!open, true);
  }
  function key(event: KeyboardEvent) {
    const isDown = isKey(event, "down");
    if (!isDown && !isKey(event, "enter") && !isKey(event, "space")) return;
    event.preventDefault();
    change(isDown || !open);
  }

  return (
    <>
      <Slot.Root
        ref={button}
        id={`${id}-button`}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        data-state={open ? "open" : "closed"}
        onPointerEnter={ahead}
        onFocus={ahead}
        onPointerDown={press}
        onKeyDown={key}
      >
        {trigger}
      </Slot.Root>
      {parts && (
        <Fetched value={parts}>
          <parts.List id={id} button={button} chooseFirst={!byPointer} open={open} onOpenChange={change} {...list}>
            {children}
          </parts.List>
        </Fetched>
      )}
    </>
  );
}

function useParts() {
  const parts = use(Fetched);
  if (!parts) throw new Error("An item stands inside a <Menu>.");
  return parts;
}

export function MenuItem(props: Parts.ItemProps) {
  const { Item } = useParts();
  return <Item {...props} />;
}

/** One of several, the chosen one ticked. */
export function MenuChoices<Value extends string>(props: Parts.ChoicesProps<Value>) {
  const { Choices } = useParts();
  return <Choices {...props} />;
}

export function MenuSeparator() {
  const { Separator } = useParts();
  return <Separator />;
}

export function MenuLabel(props: { children: ReactNode }) {
  const { Label } = useParts();
  return <Label {...props} />;
}
