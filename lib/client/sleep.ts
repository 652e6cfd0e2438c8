const tickMs = 10_000;
/** A timer this late means sleep. Browsers slow timers in hidden tabs, but not by this much in a visible one. */
const minSleepMs = 30_000;

/** Calls `onWoken` after the device was asleep, which shows in a timer that is much too late. Returns a function that ends it. */
export function onWake(onWoken: () => void, now: () => number = Date.now): () => void {
  let lastTick = now();
  const timer = setInterval(() => {
    const passedMs = now() - lastTick;
    lastTick = now();
    if (passedMs > minSleepMs) onWoken();
  }, tickMs);
  return () => clearInterval(timer);
}
