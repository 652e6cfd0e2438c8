"use client";
import { type RefObject, useEffect, useRef } from "react";
import { touchDevice } from "@/components/shell/use-media";

/**
 * Focuses the composer when a room opens. A composer that appears later, as in a room that was unarchived, takes the
 * focus only when nothing else has it. Phones are left alone, because focus opens the on-screen keyboard there.
 */
export function useComposerFocus(field: RefObject<HTMLTextAreaElement | null>, hasComposer: boolean) {
  const hasOpened = useRef(false);
  useEffect(() => {
    const isFree = !hasOpened.current || document.activeElement === document.body;
    hasOpened.current = true;
    if (hasComposer && isFree && !matchMedia(touchDevice).matches) field.current?.focus({ preventScroll: true });
  }, [field, hasComposer]);
}
