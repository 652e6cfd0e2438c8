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
import { useLaterPanel } from "./later";
import type * as Parts from "./menu-parts";
import { type OpenProps, useOpen } from "./use-open";
import { isKey } from "./keys";

// The button is on the page from the start. The list's code is fetched when the pointer or the focus first reaches the button.
const load = () => import("./menu-parts");
const PartsContext = createContext<typeof Parts | null>(null);

type MenuProps = OpenProps & {
  /** The button that opens the menu. */
  trigger: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
  className?: string;
  children: ReactNode;
};

/** A menu of actions, opened by a button. Not modal, so that the page keeps its scrollbar and does not move. */
export function Menu({ trigger, open: isOpenOutside, onOpenChange, children, ...list }: MenuProps) {
  const [open, setOpen] = useOpen({ open: isOpenOutside, onOpenChange });
  const { module: parts, fetchAhead } = useLaterPanel(load, open, () => change(false));
  const button = useRef<HTMLButtonElement>(null);
  const [wasOpenedByPointer, setOpenedByPointer] = useState(false);
  const id = useId();

  function change(next: boolean, byPointer = false) {
    // Unchanged while closing, because a closing list must not focus an item.
    if (next) setOpenedByPointer(byPointer);
    setOpen(next);
  }

  function onPointerDown(event: PointerEvent) {
    if (event.button !== 0 || event.ctrlKey) return;
    // When opening, keeps the button from taking the focus, which belongs to the list.
    if (!open) event.preventDefault();
    change(!open, true);
  }
  function onKeyDown(event: KeyboardEvent) {
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
        onPointerEnter={fetchAhead}
        onFocus={fetchAhead}
        onPointerDown={onPointerDown}
        onKeyDown={onKeyDown}
      >
        {trigger}
      </Slot.Root>
      {parts && (
        <PartsContext value={parts}>
          <parts.List
            id={id}
            button={button}
            focusFirst={!wasOpenedByPointer}
            open={open}
            onOpenChange={change}
            {...list}
          >
            {children}
          </parts.List>
        </PartsContext>
      )}
    </>
  );
}

type MenuAtProps = {
  /** Finds the element where the menu is open. Null while it is closed. */
  anchor: (() => HTMLElement | null) | null;
  onClose: () => void;
  label: string;
  children: ReactNode;
};

/** A menu of actions at an element that does something else when it is pressed, such as a link. */
export function MenuAt({ anchor, onClose, label, children }: MenuAtProps) {
  const isOpen = anchor !== null;
  const { module: parts } = useLaterPanel(load, isOpen, onClose);
  // While the menu closes, the focus returns to the last anchor.
  const [last, setLast] = useState(() => anchor);
  if (anchor && anchor !== last) setLast(() => anchor);
  const button = {
    get current() {
      return last?.() ?? null;
    },
  };
  const id = useId();
  // A dialog that the menu opens returns the focus to the anchor by this mark.
  useEffect(() => {
    if (!isOpen) return;
    const element = last?.();
    element?.setAttribute("data-menu", id);
    return () => element?.removeAttribute("data-menu");
  }, [isOpen, last, id]);
  if (!parts || !last) return null;
  return (
    <PartsContext value={parts}>
      <parts.List
        id={id}
        label={label}
        button={button}
        isToggle={false}
        focusFirst
        open={isOpen}
        onOpenChange={(open) => !open && onClose()}
      >
        {children}
      </parts.List>
    </PartsContext>
  );
}

function useParts() {
  const parts = use(PartsContext);
  if (!parts) throw new Error("A menu item must be inside a <Menu>.");
  return parts;
}

export function MenuItem(props: Parts.ItemProps) {
  const { Item } = useParts();
  return <Item {...props} />;
}

/** Radio items: one of them is chosen and has a check mark. */
export function MenuChoices<Value extends string>(props: Parts.ChoicesProps<Value>) {
  const { Choices } = useParts();
  return <Choices {...props} />;
}

export function MenuSeparator() {
  const { Separator } = useParts();
  return <Separator />;
}

export function MenuGroup(props: { label: string; children: ReactNode }) {
  const { Group } = useParts();
  return <Group {...props} />;
}

export function MenuLabel(props: { children: ReactNode }) {
  const { Label } = useParts();
  return <Label {...props} />;
}
