const tickMs = 10_000;
/** Browsers slow the timers of tabs that nobody sees, but not by this much in one that somebody looks at. */
const asleepMs = 30_000;

/** Calls `woke` after the device was asleep: its timers stood still while time went on. Returns a function that ends it. */
export function onWake(woke: () => void, now: () => number = Date.now): () => void {
  let ticked = now();
  const timer = setInterval(() => {
    const passedMs = now() - ticked;
    ticked = now();
    if (passedMs > asleepMs) woke();
  }, tickMs);
  return () => clearInterval(timer);
}
