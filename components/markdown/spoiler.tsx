"use client";
import { type ReactNode, useState } from "react";

/** Hides its text until it is clicked. Screen readers do not read the hidden text. */
export function Spoiler({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState(false);
  if (shown) return <span className="rounded-xs bg-hover px-0.5 in-data-on-accent:bg-press">{children}</span>;
  return (
    <button
      type="button"
      aria-label="Show spoiler"
      onClick={() => setShown(true)}
      className="select-none rounded-xs bg-ink-ghost px-0.5 align-baseline text-transparent in-data-on-accent:bg-on-accent/40"
    >
      <span aria-hidden inert className="opacity-0">
        {children}
      </span>
    </button>
  );
}
