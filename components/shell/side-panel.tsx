"use client";
import { type ReactNode, useEffect } from "react";
import { isKey } from "@/components/ui/keys";
import { focusComposer } from "@/components/ui/return-focus";
import { panelCoversRoom, touchDevice } from "./use-media";

/** The frame of a panel. It is beside the page in wide windows, over the page in narrower ones, and replaces it on phones. */
export function SidePanel({ label, onEscape, children }: { label: string; onEscape: () => void; children: ReactNode }) {
  // Listens on the window: in narrow windows, Esc must close the panel even if the focus is on the covered page.
  useEffect(() => {
    const closeOnEscape = (event: KeyboardEvent) => {
      if (!isKey(event, "esc") || event.defaultPrevented || !matchMedia(panelCoversRoom).matches) return;
      event.preventDefault();
      onEscape();
    };
    addEventListener("keydown", closeOnEscape);
    return () => removeEventListener("keydown", closeOnEscape);
  }, [onEscape]);
  // If the focused element was removed together with the panel, moves the focus to the composer. On a page without one, moves it to
  // where it was when the panel opened.
  useEffect(() => {
    const origin = document.activeElement;
    return () => {
      if (document.activeElement !== document.body || matchMedia(touchDevice).matches || focusComposer()) return;
      if (origin instanceof HTMLElement) origin.focus({ preventScroll: true });
    };
  }, []);
  return (
    <aside
      id="panel"
      tabIndex={-1}
      aria-label={label}
      className="relative flex min-h-0 w-panel flex-none flex-col border-l bg-surface outline-none max-lg:absolute max-lg:inset-y-0 max-lg:right-0 max-lg:z-30 max-lg:animate-fade-in max-lg:shadow-dialog max-md:w-full max-md:border-l-0 max-md:shadow-none"
    >
      {children}
    </aside>
  );
}
