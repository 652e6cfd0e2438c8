"use client";
import { useState } from "react";
import { touchDevice } from "@/components/shell/use-media";

/** Where focus was before a dialog opened. */
interface Origin {
  element: HTMLElement | null;
  /** Whether the person had moved focus there by keyboard. */
  byKeyboard: boolean;
}

// If the element is a menu item, it will not exist when the dialog closes, so focus returns to the button of its menu.
function elementOutsideMenus(element: Element | null): HTMLElement | null {
  const menu = element?.closest<HTMLElement>('[role="menu"]');
  if (!menu) return element as HTMLElement | null;
  return elementOutsideMenus(document.querySelector(`[aria-controls="${CSS.escape(menu.id)}"]`));
}

function findOrigin(): Origin {
  const active = document.activeElement;
  return { element: elementOutsideMenus(active), byKeyboard: active?.matches(":focus-visible") ?? false };
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
  const [wasOpen, setWasOpen] = useState(false);
  const [origin, setOrigin] = useState<Origin>();
  // Reads the focus while rendering, because in an effect it would already be in the dialog.
  if (open !== wasOpen) {
    setWasOpen(open);
    if (open && typeof document !== "undefined") setOrigin(findOrigin());
  }
  return (event: Event) => {
    event.preventDefault();
    // If the dialog's action has already moved focus, it stays there.
    if (document.activeElement && document.activeElement !== document.body) return;
    returnTo(origin);
  };
}

function returnTo(origin: Origin | undefined): void {
  const element = origin?.element?.isConnected ? origin.element : null;
  const isField = element?.matches("textarea, input") ?? false;
  const isInRow = !isField && element?.closest("[data-row]") != null;
  const opensKeyboard = matchMedia(touchDevice).matches && !isField;
  // A dialog that was opened from another dialog, which is still open and keeps the focus in it.
  const isInDialog = element?.closest('[role="dialog"], [role="alertdialog"]') != null;
  const prefersComposer = !isInDialog && (!origin?.byKeyboard || isInRow || !element) && !opensKeyboard;
  if (prefersComposer && focusComposer()) return;
  element?.focus({ preventScroll: true });
}

/** When a menu or panel closes, focuses its button, unless its action has moved focus (to a dialog, the composer). */
export function focusBack(event: Event, button: HTMLElement | null) {
  event.preventDefault();
  if (!document.activeElement || document.activeElement === document.body) button?.focus();
}
