const tickMs = 10_000;
/** If a timer is this late by the wall clock, the device was asleep: `performance.now()` may stand still meanwhile. Browsers delay timers in hidden tabs, but not by this much in visible ones. */
const minSleepMs = 30_000;

/** Calls `onWoken` after the device was asleep. Returns a function that stops this. */
export function onWake(onWoken: () => void, now: () => number = Date.now): () => void {
  let lastTick = now();
  const timer = setInterval(() => {
    const passedMs = now() - lastTick;
    lastTick = now();
    if (passedMs > minSleepMs) onWoken();
  }, tickMs);
  return () => clearInterval(timer);
}
