"use client";
import { useEffect, useRef, useState } from "react";

/** The latest `value`, but changed at most every `everyMs` ms. The first change comes at once, and so does one with another `key`. */
export function useRarely<Value>(value: Value, everyMs: number, key = ""): Value {
  const [shown, setShown] = useState({ value, key });
  const changedAt = useRef(Number.NEGATIVE_INFINITY);
  if (key !== shown.key) setShown({ value, key });
  useEffect(() => {
    if (value === shown.value) return;
    const waitMs = Math.max(0, changedAt.current + everyMs - performance.now());
    const timer = setTimeout(() => {
      changedAt.current = performance.now();
      setShown({ value, key });
    }, waitMs);
    return () => clearTimeout(timer);
  }, [value, key, shown, everyMs]);
  return key === shown.key ? shown.value : value;
}
