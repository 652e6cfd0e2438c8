"use client";
import { type CSSProperties, type RefObject, useLayoutEffect, useState } from "react";

/** Below this height, a list above its field would show too little. It is then shown below. */
const minHeight = 160;
const gap = 8;

/** The place of a list above the box that a field is in, or below it if there is no room above. It follows the box. */
export function usePlaceAbove(fieldRef: RefObject<HTMLElement | null>): CSSProperties | null {
  const [place, setPlace] = useState<CSSProperties | null>(null);
  useLayoutEffect(() => {
    const box = fieldRef.current?.closest("form") ?? fieldRef.current?.parentElement;
    if (!box) return;
    function measure() {
      if (!box) return;
      const { left, width, top, bottom } = box.getBoundingClientRect();
      const height = document.documentElement.clientHeight;
      const isAbove = top >= minHeight;
      const next: CSSProperties = isAbove
        ? { left, width, bottom: height - top, maxHeight: top - gap }
        : { left, width, top: bottom, maxHeight: height - bottom - gap };
      setPlace((before) => (before && JSON.stringify(before) === JSON.stringify(next) ? before : next));
    }
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    addEventListener("scroll", measure, { capture: true, passive: true });
    addEventListener("resize", measure);
    return () => {
      observer.disconnect();
      removeEventListener("scroll", measure, { capture: true });
      removeEventListener("resize", measure);
    };
  }, [fieldRef]);
  return place;
}
