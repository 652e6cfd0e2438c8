"use client";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { Shortcut } from "./kbd";
import { watchTooltips } from "./watch-tooltips";

const gapPx = 6;
const edgePx = 8;

/** Shows the tooltips of all elements with the props from tooltip.ts. Render it once, at the end of the page. */
export function Tooltips() {
  const [owner, setOwner] = useState<HTMLElement | null>(null);
  const [text, setText] = useState("");
  const box = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    const show = (next: HTMLElement | null) => {
      setOwner(next);
      setText(next?.dataset.tooltip ?? "");
    };
    return watchTooltips(show, (element) => Boolean(box.current?.contains(element)));
  }, []);

  // A name in it may arrive after it is shown.
  useEffect(() => {
    if (!owner) return;
    const observer = new MutationObserver(() => setText((last) => owner.dataset.tooltip ?? last));
    observer.observe(owner, { attributeFilter: ["data-tooltip"] });
    return () => observer.disconnect();
  }, [owner]);

  useLayoutEffect(() => {
    if (!owner || !box.current) return;
    place(box.current, owner);
    owner.setAttribute("aria-describedby", id);
    return () => owner.removeAttribute("aria-describedby");
  }, [owner, id, text]);

  if (!owner) return null;
  const { shortcut } = owner.dataset;
  return (
    <div
      ref={box}
      id={id}
      role="tooltip"
      // An open dialog turns off pointer events for the page. `pointer-events-auto` lets the pointer move onto the tooltip.
      className="pointer-events-auto fixed z-50 flex min-h-7 max-w-80 animate-fade-in select-none items-center gap-2 rounded-control bg-ink px-[9px] py-1 text-xs font-medium text-surface shadow-popover"
    >
      {text}
      {shortcut && <Shortcut keys={shortcut} inTooltip />}
    </div>
  );
}

/** Centres the box above the owner, or below if there is no room, and keeps it inside the window. */
function place(box: HTMLElement, owner: HTMLElement) {
  const ownerBox = owner.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const topAbove = ownerBox.top - gapPx - height;
  const left = Math.min(
    ownerBox.left + (ownerBox.width - width) / 2,
    document.documentElement.clientWidth - edgePx - width,
  );
  box.style.left = `${Math.max(edgePx, left)}px`;
  box.style.top = `${topAbove < edgePx ? ownerBox.bottom + gapPx : topAbove}px`;
}
