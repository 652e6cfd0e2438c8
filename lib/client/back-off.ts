export interface BackOff {
  /** How long to wait before the next try, in milliseconds. */
  next(): number;
  /** Call after a success: the next wait is `firstMs` again. */
  reset(): void;
}

/** Exponential back-off: waits double from `firstMs` to `maxMs`, with jitter so that clients do not all retry at once. */
export function backOff(options: { firstMs: number; maxMs: number; random?: () => number }): BackOff {
  const { firstMs, maxMs, random = Math.random } = options;
  let tries = 0;
  return {
    next() {
      const withoutJitter = Math.min(maxMs, firstMs * 2 ** tries);
      tries = Math.min(tries + 1, 30);
      return withoutJitter * (0.5 + random() / 2);
    },
    reset() {
      tries = 0;
    },
  };
}
