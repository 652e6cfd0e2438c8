"use client";
import { type RefObject, useEffect, useRef } from "react";
import { touchDevice } from "@/components/shell/use-media";
import { isOverlayOpen } from "@/components/ui/return-focus";

/**
 * Focuses the composer when a room opens, unless a menu or dialog is open. A composer that appears later, for example when the
 * room is unarchived, is focused only if nothing else has the focus. Touch devices are left alone, because focus would open the
 * on-screen keyboard.
 */
export function useComposerFocus(field: RefObject<HTMLTextAreaElement | null>, hasComposer: boolean) {
  const hasOpened = useRef(false);
  useEffect(() => {
    const isFree = hasOpened.current ? document.activeElement === document.body : !isOverlayOpen();
    hasOpened.current = true;
    if (hasComposer && isFree && !matchMedia(touchDevice).matches) field.current?.focus({ preventScroll: true });
  }, [field, hasComposer]);
}
