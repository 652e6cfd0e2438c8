/** So many at once, and so many a second after that. */
export interface Rate {
  burst: number;
  perSecond: number;
}

export interface Bucket {
  /** How long until `points` can be taken, in milliseconds; 0 is now. More than the burst waits for a full bucket. */
  waitFor(points: number): number;
  take(points: number): void;
  isFull(): boolean;
}

/** A token bucket. Asking it costs no promise, no timer and no error. */
export function createBucket({ burst, perSecond }: Rate, now: () => number = () => performance.now()): Bucket {
  let left = burst;
  let at = now();
  const refill = () => {
    const time = now();
    left = Math.min(burst, left + ((time - at) / 1_000) * perSecond);
    at = time;
  };
  return {
    waitFor(points) {
      refill();
      const missing = Math.min(points, burst) - left;
      return missing <= 0 ? 0 : Math.ceil((missing / perSecond) * 1_000);
    },
    take(points) {
      refill();
      left -= points;
    },
    isFull() {
      refill();
      return left >= burst;
    },
  };
}
