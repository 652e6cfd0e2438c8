"use client";
import { useEffect, useEffectEvent, useState } from "react";

/**
 * Enter in a search field chooses the first of what was found. While `isStale`, what is shown belongs to an earlier text, so the choice
 * waits for the answer. Call `cancel` when the text changes.
 */
export function useChooseFirst(isStale: boolean, chooseFirst: () => void) {
  const [isPressed, setPressed] = useState(false);
  const choose = useEffectEvent(chooseFirst);
  useEffect(() => {
    if (!isPressed || isStale) return;
    setPressed(false);
    choose();
  }, [isPressed, isStale]);
  return { press: () => setPressed(true), cancel: () => setPressed(false) };
}
