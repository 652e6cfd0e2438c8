"use client";
import { type CSSProperties, useLayoutEffect, useState } from "react";

/** Below this height, a list above its field would show too little. It is then shown below. */
const minHeight = 160;
const gap = 8;

/** The place of a list above an element, or below it if there is no room above. It follows the element. */
export function usePlaceAbove(element: Element | null): CSSProperties | null {
  const [place, setPlace] = useState<CSSProperties | null>(null);
  useLayoutEffect(() => {
    if (!element) return;
    function measure() {
      if (!element) return;
      const { left, width, top, bottom } = element.getBoundingClientRect();
      const height = document.documentElement.clientHeight;
      const isAbove = top >= minHeight;
      const next: CSSProperties = isAbove
        ? { left, width, bottom: height - top, maxHeight: top - gap }
        : { left, width, top: bottom, maxHeight: height - bottom - gap };
      setPlace((before) => (before && JSON.stringify(before) === JSON.stringify(next) ? before : next));
    }
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    addEventListener("scroll", measure, { capture: true, passive: true });
    addEventListener("resize", measure);
    return () => {
      observer.disconnect();
      removeEventListener("scroll", measure, { capture: true });
      removeEventListener("resize", measure);
    };
  }, [element]);
  return place;
}
