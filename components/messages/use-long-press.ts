"use client";
import { type PointerEvent, type TouchEvent, useRef } from "react";

const holdMs = 450;
const slackPx = 8;

/** Handlers that call `onPress` when a finger is held still for `holdMs`. Moving the finger scrolls as usual. */
export function useLongPress(onPress: () => void) {
  const press = useRef<{ timer: number; x: number; y: number }>(undefined);
  const held = useRef(false);
  const cancel = () => {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  };
  return {
    onPointerDown(event: PointerEvent) {
      if (event.pointerType !== "touch") return;
      cancel();
      held.current = false;
      const timer = window.setTimeout(() => {
        press.current = undefined;
        held.current = true;
        onPress();
      }, holdMs);
      press.current = { timer, x: event.clientX, y: event.clientY };
    },
    onPointerMove(event: PointerEvent) {
      const from = press.current;
      if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > slackPx) cancel();
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
    // `onPress` may have opened something under the finger. Lifting the finger must not click on it.
    onTouchEnd(event: TouchEvent) {
      if (held.current) event.preventDefault();
      held.current = false;
    },
  };
}
