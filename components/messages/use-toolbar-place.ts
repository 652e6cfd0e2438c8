"use client";
import { type RefObject, useLayoutEffect, useRef } from "react";

const aboveRow = 18;
const belowTop = 64; // the header and a gap

/**
 * Keeps a row's toolbar visible: 18 px above the row's top, or below the header if that is not visible. So it stays in
 * view along a message that is taller than the window. Computed, because `position: sticky` ignores the transforms that
 * position rows.
 */
export function useToolbarPlace(): RefObject<HTMLDivElement | null> {
  const toolbar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const bar = toolbar.current;
    const row = bar?.closest("article");
    const log = bar?.closest('[role="log"]');
    if (!bar || !row || !log) return;
    const place = () => {
      const [rowBox, logBox] = [row.getBoundingClientRect(), log.getBoundingClientRect()];
      const outOfSight = logBox.top + belowTop - (rowBox.top - aboveRow);
      const maxShift = rowBox.height + 2 * aboveRow - bar.offsetHeight;
      bar.style.translate = `0 ${Math.max(0, Math.min(outOfSight, maxShift))}px`;
    };
    place();
    log.addEventListener("scroll", place, { passive: true });
    const sizes = new ResizeObserver(place);
    sizes.observe(row);
    sizes.observe(log);
    return () => {
      log.removeEventListener("scroll", place);
      sizes.disconnect();
    };
  }, []);
  return toolbar;
}
