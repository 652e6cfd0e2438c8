"use client";
import { useState } from "react";
import { touchDevice } from "@/components/shell/use-media";

/** Where focus was before a dialog opened. */
interface Origin {
  element: HTMLElement | null;
  /** The message that contained it, whose toolbar can be gone when the dialog closes. */
  row: HTMLElement | null;
  /** The panel that contained it. */
  panel: Element | null;
  /** Whether the element was focused by keyboard. */
  byKeyboard: boolean;
}

/** Call it when something is pressed. Notes whether it is in the panel. What a menu or a dialog contains says nothing about that. */
export function notePress(target: EventTarget | null): void {
  if (!(target instanceof Element) || target.closest('[role="menu"], [role="dialog"], [role="alertdialog"]')) return;
  document.body.toggleAttribute("data-panel-pressed", target.closest("#panel") !== null);
}

/** The panel, if it was pressed last. */
const pressedPanel = (): Element | null =>
  document.body.hasAttribute("data-panel-pressed") ? document.getElementById("panel") : null;

/** The element, or the button of the menu that it is in. A menu item no longer exists when the dialog that it opened closes. */
export function elementOutsideMenus(element: Element | null): HTMLElement | null {
  const menu = element?.closest<HTMLElement>('[role="menu"]');
  if (!menu) return element as HTMLElement | null;
  return elementOutsideMenus(
    document.querySelector(`[aria-controls="${CSS.escape(menu.id)}"], [data-menu="${CSS.escape(menu.id)}"]`),
  );
}

function findOrigin(): Origin {
  const active = document.activeElement;
  const element = elementOutsideMenus(active);
  // The menu and the toolbar that opened the dialog can be gone when its code has arrived.
  const isLost = !element || element === document.body;
  const panel = isLost ? pressedPanel() : element.closest("#panel");
  const row = element?.closest<HTMLElement>("[data-row]") ?? null;
  return { element, row, panel, byKeyboard: active?.matches(":focus-visible") ?? false };
}

/** Whether a menu or a dialog is open. It closes, or loses what is typed into it, when the focus goes elsewhere. */
export const isOverlayOpen = (): boolean =>
  document.querySelector('[role="menu"], [role="dialog"], [role="alertdialog"]') !== null;

/**
 * Focuses the composer: of the panel if `near` is in one that has a composer, else of the page. What is typed in a thread must not
 * go to the room beside it. Returns false if there is no composer.
 */
export function focusComposer(near?: Element | null): boolean {
  // After what had the focus is gone, the page itself has it.
  const from = near === document.body ? pressedPanel() : near;
  const panel = from?.isConnected ? from.closest("#panel") : null;
  const fields = [...document.querySelectorAll<HTMLElement>("[data-composer]")];
  const field = fields.find((each) => panel?.contains(each)) ?? fields.find((each) => !each.closest("#panel"));
  field?.focus({ preventScroll: true });
  return field !== undefined;
}

/**
 * Returns a handler that moves the focus when a dialog closes. The focus returns to the control that opened the dialog if it was
 * focused by keyboard, else to the composer next to it. On phones the composer is not focused, because that opens the on-screen keyboard.
 * Radix cannot do this: our dialogs are opened by state and have no trigger.
 */
export function useReturnFocus(open: boolean) {
  const [wasOpen, setWasOpen] = useState(false);
  const [origin, setOrigin] = useState<Origin>();
  // Reads the focus while rendering. In an effect, the focus would already be in the dialog.
  if (open !== wasOpen) {
    setWasOpen(open);
    if (open && typeof document !== "undefined") setOrigin(findOrigin());
  }
  return (event: Event) => {
    event.preventDefault();
    // Keeps the focus if the dialog's action has already moved it.
    if (document.activeElement && document.activeElement !== document.body) return;
    returnTo(origin);
  };
}

function returnTo(origin: Origin | undefined): void {
  const element = [origin?.element, origin?.row].find((each) => each?.isConnected) ?? null;
  const isField = element?.matches("textarea, input") ?? false;
  const isInRow = !isField && element?.closest("[data-row]") != null;
  const opensKeyboard = matchMedia(touchDevice).matches && !isField;
  // Whether the dialog was opened from another dialog. That one is still open, so the focus must stay in it.
  const isInDialog = element?.closest('[role="dialog"], [role="alertdialog"]') != null;
  const prefersComposer = !isInDialog && (!origin?.byKeyboard || isInRow || !element) && !opensKeyboard;
  if (prefersComposer && focusComposer(origin?.panel)) return;
  element?.focus({ preventScroll: true });
}

/** Focuses the button of a menu or panel that closes, unless its action has moved the focus, for example to a dialog. */
export function focusBack(event: Event, button: HTMLElement | null) {
  event.preventDefault();
  if (!document.activeElement || document.activeElement === document.body) button?.focus();
}
