"use client";
import { useEffect, useEffectEvent, useRef } from "react";

/**
 * Enter in a search field chooses the first of what was found. While `isStale`, what is shown belongs to an earlier text, so the choice
 * waits for the answer. Call `cancel` when the text changes.
 */
export function useChooseFirst(isStale: boolean, chooseFirst: () => void) {
  const isWaiting = useRef(false);
  const chooseNow = useEffectEvent(chooseFirst);
  useEffect(() => {
    if (isStale || !isWaiting.current) return;
    isWaiting.current = false;
    chooseNow();
  }, [isStale]);
  return {
    press() {
      if (isStale) isWaiting.current = true;
      else chooseFirst();
    },
    cancel() {
      isWaiting.current = false;
    },
  };
}
