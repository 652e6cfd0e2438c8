/** `burst` points at once, and `perSecond` more after that. */
export interface Rate {
  burst: number;
  perSecond: number;
}

/** A token bucket without promises, timers or errors. A class, because every connection has one and closures cost memory. */
export class Bucket {
  private points: number;
  private refilledAt: number;

  constructor(
    private readonly rate: Rate,
    private readonly now: () => number = clock,
  ) {
    this.points = rate.burst;
    this.refilledAt = now();
  }

  /** How long until `points` can be taken, in ms; 0 means now. For more points than the burst, the bucket must be full. */
  waitFor(points: number): number {
    this.refill();
    const missing = Math.min(points, this.rate.burst) - this.points;
    return missing <= 0 ? 0 : Math.ceil((missing / this.rate.perSecond) * 1_000);
  }

  take(points: number): void {
    this.refill();
    this.points -= points;
  }

  isFull(): boolean {
    this.refill();
    return this.points >= this.rate.burst;
  }

  private refill(): void {
    const now = this.now();
    this.points = Math.min(this.rate.burst, this.points + ((now - this.refilledAt) / 1_000) * this.rate.perSecond);
    this.refilledAt = now;
  }
}

const clock = () => performance.now();
