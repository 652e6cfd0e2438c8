"use client";
import { createContext, useCallback, useContext, useSyncExternalStore } from "react";
import type { Clock, Now } from "../now";

export const ClockContext = createContext<Clock | null>(null);

/** The day of a time where one is, as `YYYY-MM-DD`; another function once one is elsewhere. */
export function useDayOf(): (at: string) => string {
  return useNow((now) => now.formats.dayOf) ?? utcDay;
}

const utcDay = (at: string) => at.slice(0, 10);
const none: readonly number[] = [];

/**
 * What `read` makes of the time, drawn anew when that changes; undefined while the server renders, which knows neither the
 * person's clock nor where they are. `read` gives the same value for the same time: a word, a number, one of the formats.
 * What changes within a minute names its `moment`. Nothing that is drawn asks for the time in another way.
 */
export function useNow<Value>(read: (now: Now) => Value, moment?: number): Value | undefined {
  const clock = useContext(ClockContext);
  if (!clock) throw new Error("What is relative to now stands inside <NowProvider>.");
  const watch = useCallback(
    (changed: () => void) => clock.watch(changed, moment === undefined ? none : [moment]),
    [clock, moment],
  );
  return useSyncExternalStore(
    watch,
    () => read(clock.now()),
    () => undefined,
  );
}
