"use client";
import { useState } from "react";

// What was pressed may be a menu's item, gone by the time the dialog closes: then its menu's button is meant.
function lasting(element: Element | null): HTMLElement | null {
  const menu = element?.closest<HTMLElement>('[role="menu"]');
  if (!menu) return element as HTMLElement | null;
  return lasting(document.querySelector(`[aria-controls="${CSS.escape(menu.id)}"]`));
}

/** Gives focus back to where it was. Dialogs here are opened by state, not by a trigger of their own, so nobody else remembers. */
export function useReturnFocus(open: boolean) {
  const [was, setWas] = useState(false);
  const [from, setFrom] = useState<HTMLElement | null>(null);
  // While rendering, because afterwards focus is already in the dialog.
  if (open !== was) {
    setWas(open);
    if (open && typeof document !== "undefined") setFrom(lasting(document.activeElement));
  }
  return (event: Event) => {
    event.preventDefault();
    if (from?.isConnected) from.focus({ preventScroll: true });
  };
}

/** A menu or panel gives focus back to its button, unless what was chosen has put it somewhere (a dialog, the composer). */
export function focusBack(event: Event, button: HTMLElement | null) {
  event.preventDefault();
  if (!document.activeElement || document.activeElement === document.body) button?.focus();
}
