"use client";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { Shortcut } from "./kbd";
import { watchTooltips } from "./watch-tooltips";

const gapPx = 6;
const edgePx = 8;

/** The one tooltip of the page, for whatever has one (tooltip.ts). Once, at the end of the page. */
export function Tooltips() {
  const [of, setOf] = useState<HTMLElement | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => watchTooltips(setOf, (element) => Boolean(box.current?.contains(element))), []);

  useLayoutEffect(() => {
    if (!of || !box.current) return;
    place(box.current, of);
    of.setAttribute("aria-describedby", id);
    return () => of.removeAttribute("aria-describedby");
  }, [of, id]);

  if (!of) return null;
  const { tooltip, shortcut } = of.dataset;
  return (
    <div
      ref={box}
      id={id}
      role="tooltip"
      // The page under a dialog takes no pointer; a tooltip can be pointed at all the same.
      className="pointer-events-auto fixed z-50 flex min-h-7 max-w-80 animate-fade-in select-none items-center gap-2 rounded-control bg-ink px-[9px] py-1 text-xs font-medium text-surface shadow-popover"
    >
      {tooltip}
      {shortcut && <Shortcut keys={shortcut} onInk />}
    </div>
  );
}

/** Above it, in the middle; below where there is no room; never over the window's edge. */
function place(box: HTMLElement, of: HTMLElement) {
  const at = of.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const above = at.top - gapPx - height;
  const left = Math.min(at.left + (at.width - width) / 2, document.documentElement.clientWidth - edgePx - width);
  box.style.left = `${Math.max(edgePx, left)}px`;
  box.style.top = `${above < edgePx ? at.bottom + gapPx : above}px`;
}
