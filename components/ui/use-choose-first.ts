"use client";
import { useEffect, useEffectEvent, useRef } from "react";

/**
 * Lets Enter in a search field choose the first result. While `isStale`, the results belong to an earlier text, so the choice
 * waits for the new results. Call `cancel` when the text changes.
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
