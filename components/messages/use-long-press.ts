"use client";
import { type PointerEvent, type TouchEvent, useRef } from "react";

const holdMs = 450;
const maxMovePx = 8;

/** Handlers that call `onPress` when a finger is held still for `holdMs`. Moving the finger scrolls as usual. */
export function useLongPress(onPress: () => void) {
  const pressStart = useRef<{ timer: number; x: number; y: number }>(undefined);
  const wasHeld = useRef(false);
  const cancel = () => {
    clearTimeout(pressStart.current?.timer);
    pressStart.current = undefined;
  };
  return {
    onPointerDown(event: PointerEvent) {
      if (event.pointerType !== "touch") return;
      cancel();
      wasHeld.current = false;
      const timer = window.setTimeout(() => {
        pressStart.current = undefined;
        wasHeld.current = true;
        onPress();
      }, holdMs);
      pressStart.current = { timer, x: event.clientX, y: event.clientY };
    },
    onPointerMove(event: PointerEvent) {
      const from = pressStart.current;
      if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > maxMovePx) cancel();
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
    onTouchCancel() {
      wasHeld.current = false;
    },
    // If `onPress` has opened something under the finger, lifting the finger must not click on it.
    onTouchEnd(event: TouchEvent) {
      if (wasHeld.current) event.preventDefault();
      wasHeld.current = false;
    },
  };
}
