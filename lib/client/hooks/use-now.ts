"use client";
import { createContext, useCallback, useContext, useSyncExternalStore } from "react";
import type { Clock, Now } from "../now";

export const ClockContext = createContext<Clock | null>(null);

/**
 * Returns a function for the day of a time in the reader's time zone, as `YYYY-MM-DD`. A new function if the time zone
 * changes.
 */
export function useDayOf(): (at: string) => string {
  return useNow((now) => now.formats.dayOf) ?? utcDay;
}

const utcDay = (at: string) => at.slice(0, 10);
const noMoments: readonly number[] = [];

/**
 * Returns `read(now)` and renders again when the result changes. Undefined on the server, which knows neither the person's
 * clock nor their time zone. `read` must be pure: the same time gives the same value. It runs every minute, and at `moment`
 * (milliseconds since 1970) if one is given. Nothing else that renders may read the time.
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
