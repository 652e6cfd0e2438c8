import { createFormats, type Formats } from "./date-formats";

/** The time, with formats for the reader's time zone and language. */
export interface Now {
  date: Date;
  formats: Formats;
}

/** The one source of the current time for everything on the screen. */
export interface Clock {
  now(): Now;
  /**
   * Calls `changed` at every whole minute (so at midnight, too), when the time zone changes, when the time jumps (the
   * device was asleep, or its clock was set), and at `moments` (milliseconds since 1970). Returns a function that stops
   * this.
   */
  watch(changed: () => void, moments?: readonly number[]): () => void;
}

const minuteMs = 60_000;
// Timers stop while a device sleeps. A longer timer could be late by its whole length.
const longestMs = 10_000;

/** `onReturn` calls its argument when the person returns to the page, and returns a function that stops this. */
export function createClock(onReturn = listenToPage): Clock {
  const watching = new Map<() => void, readonly number[]>();
  let formats = createFormats();
  let seen = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let leave = () => {};

  function look(): void {
    const before = seen;
    seen = Date.now();
    const moved = !formats.isForHere();
    if (moved) formats = createFormats();
    const newMinute = Math.floor(seen / minuteMs) !== Math.floor(before / minuteMs);
    const due = [...watching].filter(
      ([, moments]) => moved || newMinute || moments.some((moment) => moment > before && moment <= seen),
    );
    for (const [changed] of due) changed();
    again();
  }
  function again(): void {
    clearTimeout(timer);
    if (watching.size === 0) return;
    let next = Math.min(longestMs, minuteMs - (seen % minuteMs));
    for (const moments of watching.values()) {
      for (const moment of moments) if (moment > seen) next = Math.min(next, moment - seen);
    }
    timer = setTimeout(look, next);
  }

  return {
    now: () => ({ date: new Date(), formats }),
    watch(changed, moments = []) {
      const first = watching.size === 0;
      watching.set(changed, moments);
      if (first) {
        seen = Date.now();
        leave = onReturn(look);
      }
      if (first || moments.length > 0) again();
      return () => {
        watching.delete(changed);
        if (watching.size > 0) return;
        clearTimeout(timer);
        leave();
      };
    },
  };
}

function listenToPage(look: () => void): () => void {
  addEventListener("pageshow", look);
  addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
  return () => {
    removeEventListener("pageshow", look);
    removeEventListener("focus", look);
    document.removeEventListener("visibilitychange", look);
  };
}
