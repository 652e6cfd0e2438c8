"use client";
import { type RefObject, useLayoutEffect, useRef } from "react";

const aboveRowPx = 18;
const belowTopPx = 64; // the header and a gap

/**
 * Keeps a row's toolbar visible: 18 px above the top of the row, or below the header if the top is not visible. So the toolbar
 * stays in view beside a message that is taller than the window. The place is computed, because `position: sticky` ignores the
 * transforms that position rows.
 */
export function useKeepToolbarVisible(): RefObject<HTMLDivElement | null> {
  const toolbar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const bar = toolbar.current;
    const row = bar?.closest("article");
    const log = bar?.closest('[role="log"]');
    if (!bar || !row || !log) return;
    const moveToolbar = () => {
      const [rowBox, logBox] = [row.getBoundingClientRect(), log.getBoundingClientRect()];
      const outOfSight = logBox.top + belowTopPx - (rowBox.top - aboveRowPx);
      const maxShift = rowBox.height + 2 * aboveRowPx - bar.offsetHeight;
      bar.style.translate = `0 ${Math.max(0, Math.min(outOfSight, maxShift))}px`;
    };
    moveToolbar();
    log.addEventListener("scroll", moveToolbar, { passive: true });
    const resizeObserver = new ResizeObserver(moveToolbar);
    resizeObserver.observe(row);
    resizeObserver.observe(log);
    return () => {
      log.removeEventListener("scroll", moveToolbar);
      resizeObserver.disconnect();
    };
  }, []);
  return toolbar;
}
