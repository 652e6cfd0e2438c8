"use client";
import { useState } from "react";
import { thumbs } from "@/components/shell/use-media";

/** Where focus was when something opened. */
interface Origin {
  element: HTMLElement | null;
  /** The keyboard had led there, so that it goes on from there. */
  byKeyboard: boolean;
}

// What was pressed may be a menu's item, gone by the time the dialog closes: then its menu's button is meant.
function lasting(element: Element | null): HTMLElement | null {
  const menu = element?.closest<HTMLElement>('[role="menu"]');
  if (!menu) return element as HTMLElement | null;
  return lasting(document.querySelector(`[aria-controls="${CSS.escape(menu.id)}"]`));
}

function origin(): Origin {
  const active = document.activeElement;
  return { element: lasting(active), byKeyboard: active?.matches(":focus-visible") ?? false };
}

/** Puts the caret where one writes. False where there is no composer. */
export function focusComposer(): boolean {
  const field = document.querySelector<HTMLElement>("[data-composer]");
  field?.focus({ preventScroll: true });
  return field !== null;
}

/**
 * Gives focus back after a dialog. To the composer, because that is where the next letter belongs; but to the control that
 * the keyboard had reached, if it did, and to nothing where focus would raise a phone's keyboard. Dialogs here are opened by
 * state, not by a trigger of their own, so nobody else remembers.
 */
export function useReturnFocus(open: boolean) {
  const [was, setWas] = useState(false);
  const [from, setFrom] = useState<Origin>();
  // While rendering, because afterwards focus is already in the dialog.
  if (open !== was) {
    setWas(open);
    if (open && typeof document !== "undefined") setFrom(origin());
  }
  return (event: Event) => {
    event.preventDefault();
    // What was chosen in the dialog has already put it somewhere.
    if (document.activeElement && document.activeElement !== document.body) return;
    giveBack(from);
  };
}

function giveBack(from: Origin | undefined): void {
  const element = from?.element?.isConnected ? from.element : null;
  const wrote = element?.matches("textarea, input") ?? false;
  const onRow = !wrote && element?.closest("[data-row]") != null;
  const raises = matchMedia(thumbs).matches && !wrote;
  const composes = (!from?.byKeyboard || onRow || !element) && !raises;
  if (composes && focusComposer()) return;
  element?.focus({ preventScroll: true });
}

/** A menu or panel gives focus back to its button, unless what was chosen has put it somewhere (a dialog, the composer). */
export function focusBack(event: Event, button: HTMLElement | null) {
  event.preventDefault();
  if (!document.activeElement || document.activeElement === document.body) button?.focus();
}
