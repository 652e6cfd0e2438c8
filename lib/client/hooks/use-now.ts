"use client";
import { createContext, useCallback, useContext, useSyncExternalStore } from "react";
import type { Clock, Now } from "../now";

export const ClockContext = createContext<Clock | null>(null);

/**
 * Returns a function that converts a timestamp to its date in the reader's time zone, such as 2026-01-31. When the time zone
 * changes, this returns a new function.
 */
export function useDayOf(): (at: string) => string {
  return useNow((now) => now.formats.dayOf) ?? utcDay;
}

const utcDay = (at: string) => at.slice(0, 10);
const noMoments: readonly number[] = [];

/**
 * Returns `read(now)` and renders again when the result changes. Undefined on the server, which has neither the person's clock
 * nor their time zone. `read` must be pure: the same time gives the same value. It runs every minute, and at `moment`
 * (milliseconds since 1970) if given. Components must not read the time in any other way.
 */
export function useNow<Value>(read: (now: Now) => Value, moment?: number): Value | undefined {
  const clock = useContext(ClockContext);
  if (!clock) throw new Error("useNow must be used inside <NowProvider>.");
  const subscribe = useCallback(
    (onChange: () => void) => clock.subscribe(onChange, moment === undefined ? noMoments : [moment]),
    [clock, moment],
  );
  return useSyncExternalStore(
    subscribe,
    () => read(clock.now()),
    () => undefined,
  );
}
