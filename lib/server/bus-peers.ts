/** Every process sends at least this often, and receives what it sends itself. */
export const heartbeatMs = 2_000;
/**
 * A process that sent nothing for this long counts as stopped, in ms. A connection to the bus that has failed is replaced within
 * this time: after 10 s of silence, a pause of 1 s, and at most 5 s to connect.
 */
const stoppedAfterMs = 20_000;
/** If nothing at all arrives for longer than this, it is the bus that is silent. */
const maxGapMs = 1.5 * heartbeatMs;

/**
 * The other processes, and when each was last heard. Time counts only while the bus is heard: while it is silent, nobody can say who
 * has stopped, and all processes would otherwise give each other up.
 */
export class BusPeers {
  /** How long the bus was heard, in ms. */
  private heardMs = 0;
  private arrivedAt: number | null = null;
  /** The value of `heardMs` at the latest message of each process. */
  private readonly heardFrom = new Map<string, number>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  get size(): number {
    return this.heardFrom.size;
  }

  /** Call it for every message that arrives, also for those of this process itself. */
  busIsHeard(): void {
    const now = this.now();
    this.heardMs += Math.min(maxGapMs, now - (this.arrivedAt ?? now));
    this.arrivedAt = now;
  }

  /** Call it after `busIsHeard` for a message of another process. Returns whether the process is new. */
  hear(peer: string): boolean {
    const isNew = !this.heardFrom.has(peer);
    this.heardFrom.set(peer, this.heardMs);
    return isNew;
  }

  /** Returns whether the process was known. */
  forget(peer: string): boolean {
    return this.heardFrom.delete(peer);
  }

  /** The processes that have stopped without saying so. */
  silent(): string[] {
    return [...this.heardFrom].flatMap(([peer, heardMs]) => (this.heardMs - heardMs > stoppedAfterMs ? peer : []));
  }
}
