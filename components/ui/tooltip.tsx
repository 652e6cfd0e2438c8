"use client";
import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Shortcut } from "./kbd";

/** Once, around everything: after the first tooltip its neighbours show without waiting. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={500} skipDelayDuration={300}>
      {children}
    </Radix.Provider>
  );
}

type TooltipProps = {
  text: ReactNode;
  shortcut?: string;
  side?: "top" | "right" | "bottom" | "left";
  children: ReactNode;
};

/** Says what a control does; never the only place where something is said. The child takes a ref and the pointer's events. */
export function Tooltip({ text, shortcut, side = "top", children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex min-h-7 max-w-80 animate-fade-in select-none items-center gap-2 rounded-control bg-ink px-[9px] py-1 text-xs font-medium text-surface shadow-popover"
        >
          {text}
          {shortcut && (
            <Shortcut keys={shortcut} className="h-[18px] min-w-[18px] border-surface/35 bg-transparent text-inherit" />
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
