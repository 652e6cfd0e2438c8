import { Bucket, type Rate } from "./bucket";
import { env } from "./env";
import { once } from "./once";
import { beginWork, endWork } from "./socket-requests";

/** Limits for one connection, and for all connections of one person together. The unit is points; see `bytesPerPoint`. */
const packetRates: Record<"connection" | "person", Rate> = {
  connection: { burst: 200, perSecond: 50 },
  person: { burst: 400, perSecond: 100 },
};
/** A packet costs one point, and one more for each full 4,096 bytes. */
const bytesPerPoint = 4_096;
/** The most requests in progress, of one connection and of one person. */
const maxInProgress = { connection: 8, person: 16 };
/** With this many packets queued, the server stops reading from the connection until the queue is empty. */
const pauseAtPackets = 64;
/** With more packets queued than this, the connection is closed. No client of ours sends as many at once. */
const maxQueued = 500;
/** A connection is closed when `throttledMs` exceeds this. */
const maxThrottledMs = 5_000;
/** How often to check whether a slow client has read its answers. */
const slowReaderCheckMs = 100;

/** A packet that was received. */
export interface Packet {
  bytes: number;
  /** A `request` calls an operation and expects an answer. A `heartbeat` keeps the connection alive. */
  kind: "request" | "heartbeat" | "other";
  /** Passes the packet on to its handler. */
  pass(): void;
}

/** The connection of an inbox. `pause` stops reading from it, `resume` starts again. */
export interface InboxConnection {
  pause(): void;
  resume(): void;
  /** Whether too many answers wait to be sent, because the client does not read them. */
  isSlowReader(): boolean;
  /** Closes the connection because the client broke a limit. */
  closeForViolation(why: string): void;
}

/** What all connections of one person share. */
interface PersonUsage {
  bucket: Bucket;
  inProgress: number;
  inboxes: number;
  /** Inboxes with a request that waits until another request of this person is answered, in order of arrival. */
  waiting: Inbox[];
}

const usageByPerson = () => once("inboxes", () => new Map<string, PersonUsage>());
const rates = () =>
  once("inbox-rates", () => {
    const { limitFactor: factor } = env();
    const scaled = ({ burst, perSecond }: Rate): Rate => ({ burst: burst * factor, perSecond: perSecond * factor });
    return {
      connection: scaled(packetRates.connection),
      person: scaled(packetRates.person),
      queued: maxQueued * factor,
    };
  });
const cost = ({ bytes }: Packet) => 1 + Math.floor(bytes / bytesPerPoint);

/**
 * Receives the packets of one connection and passes them to their handlers, in order and within the limits. If a client
 * sends too fast, the server stops reading from its connection for a while. If it keeps sending too fast, the connection is
 * closed.
 * A class, because closures would take some KiB for every connection.
 */
export class Inbox {
  private readonly bucket = new Bucket(rates().connection);
  private queue: Packet[] = [];
  private personId: string | null = null;
  private usage: PersonUsage | null = null;
  /** Requests that were passed on and are not answered yet. */
  private inProgress = 0;
  /** Requests in progress that have not reached their handler yet. `begin` counts them down. */
  private notStarted = 0;
  /** Grows while the client is throttled and shrinks while it is not, down to 0. */
  private throttledMs = 0;
  private isThrottled = false;
  /** When `throttledMs` was last updated, by `performance.now()`. */
  private throttledMsAt = performance.now();
  private closed = false;
  private timer: NodeJS.Timeout | undefined = undefined;

  constructor(private readonly connection: InboxConnection) {}

  take(packet: Packet): void {
    const { queue } = this;
    if (this.closed) return;
    // Heartbeats skip the queue: a client that waits for answers must not time out.
    if (packet.kind === "heartbeat" && this.waitMs(1) === 0) return this.pass(packet);
    queue.push(packet);
    if (queue.length > rates().queued) return this.connection.closeForViolation("too many packets at once");
    if (queue.length === 1) this.passQueued();
    if (queue.length >= pauseAtPackets) this.connection.pause();
  }

  /** Call it after sign-in was checked. From then on, packets also count towards the limits of this person. */
  identify(personId: string): void {
    if (this.closed) return;
    const usage = usageByPerson().get(personId) ?? {
      bucket: new Bucket(rates().person),
      inProgress: 0,
      inboxes: 0,
      waiting: [],
    };
    usageByPerson().set(personId, usage);
    usage.inboxes++;
    usage.inProgress += this.inProgress;
    Object.assign(this, { personId, usage });
  }

  /**
   * Call it when a request reaches its handler. Returns a function to call once the request is answered, or null if the inbox is
   * closed.
   */
  begin(): (() => void) | null {
    if (this.closed) return null;
    this.notStarted--;
    let done = false;
    return () => {
      if (!done) this.endRequest();
      done = true;
    };
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.timer);
    this.queue = [];
    // Requests that have not reached their handler must end here: no handler will end them.
    for (; this.notStarted > 0; this.notStarted--) this.endRequest();
    const { usage, personId } = this;
    if (!usage || personId === null) return;
    this.stopWaiting();
    usage.inboxes--;
    removeWhenIdle(personId, usage);
  }

  /** Passes on queued packets, in the order they came, as far as the limits allow. */
  private passQueued(): void {
    const { queue, usage, connection } = this;
    clearTimeout(this.timer);
    this.stopWaiting();
    for (let next = queue[0]; next && !this.closed; next = queue[0]) {
      const ms = this.waitMs(cost(next));
      if (ms > 0) return this.throttle(ms);
      this.setThrottled(false);
      if (next.kind === "request") {
        if (this.inProgress >= maxInProgress.connection) return;
        if (usage && usage.inProgress >= maxInProgress.person) return void usage.waiting.push(this);
        if (connection.isSlowReader()) return this.passQueuedLater(slowReaderCheckMs);
      }
      queue.shift();
      this.pass(next);
    }
    if (this.closed) return;
    this.setThrottled(false);
    connection.resume();
  }

  private pass(packet: Packet): void {
    const { usage } = this;
    this.bucket.take(cost(packet));
    usage?.bucket.take(cost(packet));
    if (packet.kind === "request") {
      this.inProgress++;
      this.notStarted++;
      if (usage) usage.inProgress++;
      beginWork();
    }
    packet.pass();
  }

  private endRequest(): void {
    this.inProgress--;
    endWork();
    const { usage, queue } = this;
    if (!usage) return queue.length > 0 ? this.passQueued() : undefined;
    usage.inProgress--;
    if (queue.length > 0 && !usage.waiting.includes(this)) usage.waiting.push(this);
    // A copy, because `passQueued` may append an inbox that must wait again.
    const waiters = usage.waiting.slice();
    for (const waiter of waiters) {
      if (usage.inProgress >= maxInProgress.person) break;
      waiter.passQueued();
    }
  }

  private stopWaiting(): void {
    const { usage } = this;
    if (usage && usage.waiting.length > 0) usage.waiting = usage.waiting.filter((each) => each !== this);
  }

  /** How long until this many points are available, in milliseconds. */
  private waitMs(points: number): number {
    return Math.max(this.bucket.waitFor(points), this.usage?.bucket.waitFor(points) ?? 0);
  }

  private throttle(ms: number): void {
    this.setThrottled(true);
    if (this.throttledMs > maxThrottledMs) return this.connection.closeForViolation("too many packets");
    this.passQueuedLater(ms);
  }

  private setThrottled(isThrottled: boolean): void {
    const ms = performance.now() - this.throttledMsAt;
    this.throttledMsAt += ms;
    this.throttledMs = Math.max(0, this.throttledMs + (this.isThrottled ? ms : -ms));
    this.isThrottled = isThrottled;
  }

  private passQueuedLater(ms: number): void {
    this.connection.pause();
    this.timer = setTimeout(() => this.passQueued(), ms);
    this.timer.unref();
  }
}

/**
 * Deletes a person's usage once their bucket is full again. If it were deleted earlier, a new connection would get a full bucket.
 */
function removeWhenIdle(personId: string, usage: PersonUsage): void {
  if (usage.inboxes > 0 || usageByPerson().get(personId) !== usage) return;
  if (usage.bucket.isFull() && usage.inProgress === 0) return void usageByPerson().delete(personId);
  const { burst, perSecond } = packetRates.person;
  setTimeout(() => removeWhenIdle(personId, usage), (burst / perSecond) * 1_000).unref();
}
