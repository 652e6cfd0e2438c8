"use client";
import { type PointerEvent, useRef } from "react";
import { useLongPress } from "@/components/messages/use-long-press";

/** Handlers that call `onHold` with the row or title that a finger is held on. Other controls are left alone. */
export function useHold(onHold: (target: Element) => unknown) {
  const target = useRef<Element | null>(null);
  const longPress = useLongPress(() => target.current && onHold(target.current));
  return {
    ...longPress,
    onPointerDown(event: PointerEvent) {
      target.current = (event.target as Element).closest("[data-stop]");
      if (target.current) longPress.onPointerDown(event);
    },
  };
}
