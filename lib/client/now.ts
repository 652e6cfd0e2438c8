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
// Timers stop while a device sleeps, so a long timer could fire long after its time.
const longestMs = 10_000;

/** `onReturn` calls its argument when the person returns to the page, and returns a function that stops this. */
export function createClock(onReturn = listenToPage): Clock {
  const watching = new Map<() => void, readonly number[]>();
  let formats = createFormats();
  let checkedAt = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopListening = () => {};

  function check(): void {
    const before = checkedAt;
    checkedAt = Date.now();
    const hasMoved = !formats.isForHere();
    if (hasMoved) formats = createFormats();
    const newMinute = Math.floor(checkedAt / minuteMs) !== Math.floor(before / minuteMs);
    const due = [...watching].filter(
      ([, moments]) => hasMoved || newMinute || moments.some((moment) => moment > before && moment <= checkedAt),
    );
    for (const [changed] of due) changed();
    schedule();
  }
  function schedule(): void {
    clearTimeout(timer);
    if (watching.size === 0) return;
    let next = Math.min(longestMs, minuteMs - (checkedAt % minuteMs));
    for (const moments of watching.values()) {
      for (const moment of moments) if (moment > checkedAt) next = Math.min(next, moment - checkedAt);
    }
    timer = setTimeout(check, next);
  }

  return {
    now: () => ({ date: new Date(), formats }),
    watch(changed, moments = []) {
      const first = watching.size === 0;
      watching.set(changed, moments);
      if (first) {
        checkedAt = Date.now();
        stopListening = onReturn(check);
      }
      if (first || moments.length > 0) schedule();
      return () => {
        watching.delete(changed);
        if (watching.size > 0) return;
        clearTimeout(timer);
        stopListening();
      };
    },
  };
}

function listenToPage(check: () => void): () => void {
  addEventListener("pageshow", check);
  addEventListener("focus", check);
  document.addEventListener("visibilitychange", check);
  return () => {
    removeEventListener("pageshow", check);
    removeEventListener("focus", check);
    document.removeEventListener("visibilitychange", check);
  };
}
