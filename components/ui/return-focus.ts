"use client";
import { useState } from "react";
import { touchDevice } from "@/components/shell/use-media";

/** Where focus was before a dialog opened. */
interface Origin {
  element: HTMLElement | null;
  /** The person had moved focus there by keyboard. */
  byKeyboard: boolean;
}

// A menu item does not exist any more when the dialog closes, so focus returns to the button of its menu.
function outsideMenus(element: Element | null): HTMLElement | null {
  const menu = element?.closest<HTMLElement>('[role="menu"]');
  if (!menu) return element as HTMLElement | null;
  return outsideMenus(document.querySelector(`[aria-controls="${CSS.escape(menu.id)}"]`));
}

function origin(): Origin {
  const active = document.activeElement;
  return { element: outsideMenus(active), byKeyboard: active?.matches(":focus-visible") ?? false };
}

/** Focuses the composer. Returns false if the page has none. */
export function focusComposer(): boolean {
  const field = document.querySelector<HTMLElement>("[data-composer]");
  field?.focus({ preventScroll: true });
  return field !== null;
}

/**
 * Returns a handler that moves focus when a dialog closes: back to the control that opened it if that was reached by
 * keyboard, else to the composer. On phones it does not focus the composer, which would open the on-screen keyboard.
 * Radix cannot do this, because our dialogs are opened by state and have no trigger.
 */
export function useReturnFocus(open: boolean) {
  const [was, setWas] = useState(false);
  const [from, setFrom] = useState<Origin>();
  // Read it while rendering: in an effect, focus would already be in the dialog.
  if (open !== was) {
    setWas(open);
    if (open && typeof document !== "undefined") setFrom(origin());
  }
  return (event: Event) => {
    event.preventDefault();
    // The dialog's action has already moved focus.
    if (document.activeElement && document.activeElement !== document.body) return;
    returnTo(from);
  };
}

function returnTo(from: Origin | undefined): void {
  const element = from?.element?.isConnected ? from.element : null;
  const isField = element?.matches("textarea, input") ?? false;
  const isInRow = !isField && element?.closest("[data-row]") != null;
  const opensKeyboard = matchMedia(touchDevice).matches && !isField;
  const prefersComposer = (!from?.byKeyboard || isInRow || !element) && !opensKeyboard;
  if (prefersComposer && focusComposer()) return;
  element?.focus({ preventScroll: true });
}

/** When a menu or panel closes, focuses its button, unless its action has moved focus (to a dialog, the composer). */
export function focusBack(event: Event, button: HTMLElement | null) {
  event.preventDefault();
  if (!document.activeElement || document.activeElement === document.body) button?.focus();
}
