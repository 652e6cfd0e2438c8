"use client";
import { useEffect, useState } from "react";

/** A number that grows every `everyMs` milliseconds while the page is visible, and when it becomes visible again. */
export function useTick(everyMs: number): number {
  const [tick, setTick] = useState(0);
  useEffect(() => {
    const count = () => document.visibilityState === "visible" && setTick((before) => before + 1);
    const timer = setInterval(count, everyMs);
    document.addEventListener("visibilitychange", count);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", count);
    };
  }, [everyMs]);
  return tick;
}
