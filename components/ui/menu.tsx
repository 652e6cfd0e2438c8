"use client";
import { Check, ChevronRight } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { Shortcut } from "./kbd";
import { keepFocusIfTaken } from "./return-focus";

// Gone at once when closed: a menu that fades still takes the focus when the pointer leaves it.
const panel =
  "z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-54 max-w-[min(360px,calc(100vw-16px))] animate-pop-in overflow-y-auto rounded-card bg-surface-raised p-1 text-ui shadow-popover outline-none";
const row =
  "flex min-h-control w-full cursor-pointer select-none items-center gap-2.5 rounded-control px-2 py-1 text-ink outline-none data-disabled:cursor-default data-disabled:opacity-48 data-highlighted:bg-hover data-[state=open]:bg-hover max-md:min-h-touch [&>svg]:size-4 [&>svg]:text-ink-faint";

type MenuProps = {
  /** The button that opens it. */
  trigger: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
  children: ReactNode;
};

/** A list of things to do, opened by a button. Not modal: the page keeps its scrollbar and does not move. */
export function Menu({
  trigger,
  side = "bottom",
  align = "start",
  open,
  onOpenChange,
  className,
  children,
}: MenuProps) {
  return (
    <Radix.Root modal={false} open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={keepFocusIfTaken}
          className={cn(panel, className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type ItemProps = {
  icon?: ReactNode;
  /** As in <Shortcut>. It only shows the keys; the screen listens for them. */
  shortcut?: string;
  /** At the right end instead of a shortcut. */
  trailing?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  /** The one child (a link) is drawn as the item. */
  asChild?: boolean;
  onSelect?: (event: Event) => void;
  children: ReactNode;
};

export function MenuItem({ icon, shortcut, trailing, danger, asChild, children, ...props }: ItemProps) {
  const className = cn(row, danger && "text-danger-ink [&>svg]:text-danger-ink");
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

type CheckItemProps = {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  disabled?: boolean;
  children: ReactNode;
};

/** Stays open when ticked, so that several can be. */
export function MenuCheckItem({ children, ...props }: CheckItemProps) {
  return (
    <Radix.CheckboxItem className={row} onSelect={(event) => event.preventDefault()} {...props}>
      <span className="min-w-0 flex-1 truncate">{children}</span>
      <Radix.ItemIndicator>
        <Check aria-hidden className="size-4 text-accent-ink" />
      </Radix.ItemIndicator>
    </Radix.CheckboxItem>
  );
}

type MenuChoicesProps<Value extends string> = {
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: ReactNode; icon?: ReactNode }[];
};

/** One of several, the chosen one ticked. */
export function MenuChoices<Value extends string>({ value, onChange, options }: MenuChoicesProps<Value>) {
  return (
    <Radix.RadioGroup value={value} onValueChange={(next) => onChange(next as Value)}>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className={row}>
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

export function SubMenu({ icon, label, children }: { icon?: ReactNode; label: ReactNode; children: ReactNode }) {
  return (
    <Radix.Sub>
      <Radix.SubTrigger className={row}>
        {icon}
        <span className="min-w-0 flex-1 truncate">{label}</span>
        <ChevronRight aria-hidden className="size-3.5!" />
      </Radix.SubTrigger>
      <Radix.Portal>
        <Radix.SubContent sideOffset={6} collisionPadding={8} className={panel}>
          {children}
        </Radix.SubContent>
      </Radix.Portal>
    </Radix.Sub>
  );
}

export function MenuSeparator() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-1.5 pb-1 text-xs text-ink-faint">{children}</Radix.Label>;
}
