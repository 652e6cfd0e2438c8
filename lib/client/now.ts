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
   * Calls `onChange` at every whole minute (including midnight), when the time zone changes, and at `moments` (milliseconds since
   * 1970). Also calls it when the time jumps: the device was asleep, or its clock was set. Returns a function that unsubscribes.
   */
  subscribe(onChange: () => void, moments?: readonly number[]): () => void;
}

const minuteMs = 60_000;
// Timers stop while a device sleeps. A long timer could then fire much too late.
const maxTimerMs = 10_000;

/** `onReturn` subscribes a function to the person's returns to the page. It returns a function that unsubscribes. */
export function createClock(onReturn = listenToPage): Clock {
  const subscribers = new Map<() => void, readonly number[]>();
  let formats = createFormats();
  let checkedAt = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopListening = () => {};

  function check(): void {
    const previousCheck = checkedAt;
    checkedAt = Date.now();
    const formatsChanged = !formats.isCurrent();
    if (formatsChanged) formats = createFormats();
    const newMinute = Math.floor(checkedAt / minuteMs) !== Math.floor(previousCheck / minuteMs);
    const due = [...subscribers].filter(
      ([, moments]) =>
        formatsChanged || newMinute || moments.some((moment) => moment > previousCheck && moment <= checkedAt),
    );
    for (const [onChange] of due) onChange();
    schedule();
  }
  function schedule(): void {
    clearTimeout(timer);
    if (subscribers.size === 0) return;
    const now = Date.now();
    let next = Math.min(maxTimerMs, minuteMs - (now % minuteMs));
    for (const moments of subscribers.values()) {
      for (const moment of moments) if (moment > checkedAt) next = Math.min(next, Math.max(0, moment - now));
    }
    timer = setTimeout(check, next);
  }

  return {
    now: () => ({ date: new Date(), formats }),
    subscribe(onChange, moments = []) {
      const isFirst = subscribers.size === 0;
      subscribers.set(onChange, moments);
      if (isFirst) {
        checkedAt = Date.now();
        stopListening = onReturn(check);
      }
      if (isFirst || moments.length > 0) schedule();
      return () => {
        subscribers.delete(onChange);
        if (subscribers.size > 0) return;
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
