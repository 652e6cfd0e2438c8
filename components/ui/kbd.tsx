"use client";
import { type ReactNode, useSyncExternalStore } from "react";
import { cn } from "./cn";

type KbdProps = {
  /** Small, and in the colours of a tooltip. */
  inTooltip?: boolean;
  className?: string;
  children: ReactNode;
};

/** A key cap. */
export function Kbd({ inTooltip, className, children }: KbdProps) {
  return (
    <kbd
      className={cn(
        "inline-flex flex-none items-center justify-center rounded-sm border px-[5px] font-sans text-2xs font-medium leading-none",
        inTooltip
          ? "h-[18px] min-w-[18px] border-surface/35"
          : "h-5 min-w-5 border-line-strong bg-surface text-ink-faint",
        className,
      )}
    >
      {children}
    </kbd>
  );
}

const apple: Record<string, string> = { mod: "⌘", shift: "⇧", alt: "⌥", ctrl: "⌃" };
const pc: Record<string, string> = { mod: "Ctrl", shift: "Shift", alt: "Alt", ctrl: "Ctrl" };
const common: Record<string, string> = {
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
  enter: "↵",
  esc: "Esc",
  del: "Del",
};

const subscribeToNothing = () => () => {};

/** A shortcut as key caps: "mod+shift+k" is ⌘ ⇧ K on a Mac and Ctrl Shift K elsewhere. Hidden on phones. */
export function Shortcut({ keys, inTooltip }: { keys: string; inTooltip?: boolean }) {
  const isMac = useSyncExternalStore(
    subscribeToNothing,
    () => /Mac|iP(hone|ad)/.test(navigator.platform),
    () => false,
  );
  const names = { ...(isMac ? apple : pc), ...common };
  return (
    <span className="inline-flex gap-1 max-md:hidden">
      {(keys === "+" ? [keys] : keys.split("+")).map((key) => (
        <Kbd key={key} inTooltip={inTooltip}>
          {names[key] ?? key.toUpperCase()}
        </Kbd>
      ))}
    </span>
  );
}
