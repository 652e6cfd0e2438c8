const tickMs = 10_000;
/** A timer this late means sleep. Browsers slow timers in hidden tabs, but not by this much in a visible one. */
const asleepMs = 30_000;

/** Calls `woke` after the device was asleep, which shows in a timer that is much too late. Returns a function that ends it. */
export function onWake(woke: () => void, now: () => number = Date.now): () => void {
  let ticked = now();
  const timer = setInterval(() => {
    const passedMs = now() - ticked;
    ticked = now();
    if (passedMs > asleepMs) woke();
  }, tickMs);
  return () => clearInterval(timer);
}
