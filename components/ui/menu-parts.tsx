"use client";
import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import { type Ref, type ReactNode, type RefObject, useEffect, useImperativeHandle, useRef } from "react";
import { cn } from "./cn";
import { Shortcut } from "./kbd";
import { focusBack } from "./return-focus";

// Closing is not animated: a list that is fading out would still take the focus when the pointer leaves it.
const panel =
  "z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-54 max-w-[min(360px,calc(100vw-16px))] data-[state=open]:animate-pop-in overflow-y-auto rounded-card bg-surface-raised p-1 text-ui shadow-popover outline-none";
const row =
  "flex min-h-control w-full cursor-pointer select-none items-center gap-2.5 rounded-control px-2 py-1 outline-none data-disabled:cursor-default data-disabled:opacity-48 data-highlighted:bg-hover max-md:min-h-touch [&>svg]:size-4";
const normalRow = "text-ink [&>svg]:text-ink-faint";

type ListProps = {
  id: string;
  /** The menu's name, if its button does not say it. */
  label?: string;
  /** Whether the button closes the list by itself. */
  isToggle?: boolean;
  button: RefObject<HTMLElement | null>;
  /** Whether to focus the first item. True if a key opened the list, not the mouse. */
  focusFirst: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
  className?: string;
  children: ReactNode;
};

/** The list of a menu. Its button is on the page before this code is loaded. */
export function List({
  id,
  label,
  isToggle = true,
  button,
  focusFirst,
  open,
  onOpenChange,
  side = "bottom",
  align = "start",
  className,
  children,
}: ListProps) {
  const content = useRef<HTMLDivElement>(null);
  const isFocusElsewhere = useRef(false);
  return (
    <Radix.Root modal={false} open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>
        <ButtonOnPage button={button} />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          ref={content}
          id={id}
          aria-label={label}
          aria-labelledby={label === undefined ? `${id}-button` : undefined}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          onInteractOutside={(event) => {
            // If the click was on the button, the button's own handler closes the list.
            if (isToggle && button.current?.contains(event.target as Node)) event.preventDefault();
            else isFocusElsewhere.current = true;
          }}
          onCloseAutoFocus={(event) => {
            focusBack(event, isFocusElsewhere.current ? null : button.current);
            isFocusElsewhere.current = false;
          }}
          className={cn(panel, className)}
        >
          {focusFirst && <FocusFirstItem list={content} />}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Makes the existing button the trigger for Radix. Renders nothing; the button sets the ARIA attributes itself. */
function ButtonOnPage({ button, ref }: { button: RefObject<HTMLElement | null>; ref?: Ref<HTMLElement | null> }) {
  useImperativeHandle<HTMLElement | null, HTMLElement | null>(ref, () => button.current, [button]);
  return null;
}

/** Focuses the first item. Radix does not do so if the key was pressed before its code was loaded. */
function FocusFirstItem({ list }: { list: RefObject<HTMLElement | null> }) {
  useEffect(() => {
    list.current?.querySelector<HTMLElement>('[role^="menuitem"]:not([data-disabled])')?.focus({ preventScroll: true });
  }, [list]);
  return null;
}

export type ItemProps = {
  icon?: ReactNode;
  /** The format of <Shortcut>. The item only shows the keys; the screen must listen for them. */
  shortcut?: string;
  /** Shown at the right end, before the shortcut. */
  trailing?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  /** Gives the look of an item to its only child, such as a link. */
  asChild?: boolean;
  onSelect?: (event: Event) => void;
  children: ReactNode;
};

export function Item({ icon, shortcut, trailing, danger, asChild, children, ...props }: ItemProps) {
  const className = cn(row, danger ? "text-danger-ink" : normalRow);
  if (asChild)
    return (
      <Radix.Item asChild className={className} {...props}>
        {children}
      </Radix.Item>
    );
  return (
    <Radix.Item className={className} {...props}>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {trailing && <span className="flex-none text-xs text-ink-faint">{trailing}</span>}
      {shortcut && <Shortcut keys={shortcut} />}
    </Radix.Item>
  );
}

export type ChoicesProps<Value extends string> = {
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: ReactNode; icon?: ReactNode }[];
};

export function Choices<Value extends string>({ value, onChange, options }: ChoicesProps<Value>) {
  return (
    <Radix.RadioGroup value={value} onValueChange={(next) => onChange(next as Value)}>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className={cn(row, normalRow)}>
          {option.icon}
          <span className="min-w-0 flex-1 truncate">{option.label}</span>
          <Radix.ItemIndicator>
            <Check aria-hidden className="size-4 text-accent-ink" />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export function Separator() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}

export function Label({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-1.5 pb-1 text-xs text-ink-faint">{children}</Radix.Label>;
}

/** Items under a title. A screen reader says it with the first of them. */
export function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Radix.Group aria-label={label}>
      <Label>{label}</Label>
      {children}
    </Radix.Group>
  );
}
