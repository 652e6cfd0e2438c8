import { Bucket, type Rate } from "./bucket";
import { env } from "./env";
import { once } from "./once";
import { beginWork, endWork } from "./under-way";

/** How many packets one connection may send, and all of one person's connections together. */
const packetRates: Record<"connection" | "person", Rate> = {
  connection: { burst: 200, perSecond: 50 },
  person: { burst: 400, perSecond: 100 },
};
/** A packet costs one point, and another for each of this many bytes. */
const bytesPerPoint = 4_096;
/** The maximum number of requests in progress, for one connection and for one person. */
const inProgressAtMost = { connection: 8, person: 16 };
/**
 * With this many packets queued, the server stops reading from the connection, so that further packets stay at the
 * client.
 */
const pauseAt = 64;
/** With more packets queued than this, the connection is cut. Our client never sends so many at once. */
const queuedAtMost = 500;
/** A client that was slowed down for this long is cut. */
const patienceMs = 5_000;
/** How often to check whether the client has read its answers. */
const unreadCheckMs = 100;

/** A packet that was received. */
export interface Packet {
  bytes: number;
  /** A request is answered by `begin`; a heartbeat keeps the connection alive. */
  kind: "request" | "heartbeat" | "other";
  /** Processes the packet. */
  pass(): void;
}

/** What an inbox needs of its connection. `pause` and `resume` are about reading from it. */
export interface InboxConnection {
  pause(): void;
  resume(): void;
  /** Whether the client has too many unread bytes. */
  isUnread(): boolean;
  cut(why: string): void;
}

/** What all connections of one person share. */
interface PersonUsage {
  bucket: Bucket;
  inProgress: number;
  inboxes: number;
  /** Inboxes that wait until another request of the same person is answered. The longest waiting is first. */
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
      queued: queuedAtMost * factor,
    };
  });
const cost = ({ bytes }: Packet) => 1 + Math.floor(bytes / bytesPerPoint);

/**
 * Queues what a connection sends and processes it in order. Each packet is counted before anything else is done with it.
 * A client that sends too fast is not read for a while, and cut if it goes on. A class, because closures would take
 * some KiB for every connection.
 */
export class Inbox {
  private readonly bucket = new Bucket(rates().connection);
  private queue: Packet[] = [];
  private personId: string | null = null;
  private usage: PersonUsage | null = null;
  /** The number of requests that were passed on and are not answered yet. */
  private inProgress = 0;
  /** How many of these have not reached their handler (`begin`). */
  private notBegun = 0;
  /** How long the client was slowed down, minus the time since then that it was not; updated at `slowedAsOf`. */
  private slowedMs = 0;
  private isSlowed = false;
  private slowedAsOf = performance.now();
  private closed = false;
  private timer: NodeJS.Timeout | undefined = undefined;

  constructor(private readonly connection: InboxConnection) {}

  take(packet: Packet): void {
    const { queue } = this;
    if (this.closed) return;
    // Heartbeats skip the queue: a client that waits for answers must not time out.
    if (packet.kind === "heartbeat" && this.waitMs(1) === 0) return this.pass(packet);
    queue.push(packet);
    if (queue.length > rates().queued) return this.connection.cut("too many packets at once");
    if (queue.length === 1) this.pump();
    if (queue.length >= pauseAt) this.connection.pause();
  }

  /** Assigns the inbox to a person: its packets now count towards the person's limits. */
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

  /** Call when a request reaches its handler. Returns a function to call once it is answered, or null when closed. */
  begin(): (() => void) | null {
    if (this.closed) return null;
    this.notBegun--;
    let done = false;
    return () => {
      if (!done) this.answered();
      done = true;
    };
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.timer);
    this.queue = [];
    // These will never reach a handler.
    for (; this.notBegun > 0; this.notBegun--) this.answered();
    const { usage, personId } = this;
    if (!usage || personId === null) return;
    this.stopWaiting();
    usage.inboxes--;
    forgetLater(personId, usage);
  }

  /** Passes on packets in the order they came, as far as the limits allow. */
  private pump(): void {
    const { queue, usage, connection } = this;
    clearTimeout(this.timer);
    this.stopWaiting();
    for (let next = queue[0]; next && !this.closed; next = queue[0]) {
      const ms = this.waitMs(cost(next));
      if (ms > 0) return this.tooFast(ms);
      this.setSlowed(false);
      if (next.kind === "request") {
        if (this.inProgress >= inProgressAtMost.connection) return;
        if (usage && usage.inProgress >= inProgressAtMost.person) return void usage.waiting.push(this);
        if (connection.isUnread()) return this.pumpLater(unreadCheckMs);
      }
      queue.shift();
      this.pass(next);
    }
    if (this.closed) return;
    this.setSlowed(false);
    connection.resume();
  }

  private pass(packet: Packet): void {
    const { usage } = this;
    this.bucket.take(cost(packet));
    usage?.bucket.take(cost(packet));
    if (packet.kind === "request") {
      this.inProgress++;
      this.notBegun++;
      if (usage) usage.inProgress++;
      beginWork();
    }
    packet.pass();
  }

  private answered(): void {
    this.inProgress--;
    endWork();
    const { usage, queue } = this;
    if (!usage) return queue.length > 0 ? this.pump() : undefined;
    usage.inProgress--;
    if (queue.length > 0 && !usage.waiting.includes(this)) usage.waiting.push(this);
    // Iterates over a copy, because `pump` can append the inbox again.
    const waiters = usage.waiting.slice();
    for (const waiter of waiters) {
      if (usage.inProgress >= inProgressAtMost.person) break;
      waiter.pump();
    }
  }

  private stopWaiting(): void {
    const { usage } = this;
    if (usage && usage.waiting.length > 0) usage.waiting = usage.waiting.filter((each) => each !== this);
  }

  /** How long until there are this many points, in milliseconds. */
  private waitMs(points: number): number {
    return Math.max(this.bucket.waitFor(points), this.usage?.bucket.waitFor(points) ?? 0);
  }

  private tooFast(ms: number): void {
    this.setSlowed(true);
    if (this.slowedMs > patienceMs) return this.connection.cut("too many packets");
    this.pumpLater(ms);
  }

  private setSlowed(isSlowed: boolean): void {
    const ms = performance.now() - this.slowedAsOf;
    this.slowedAsOf += ms;
    this.slowedMs = Math.max(0, this.slowedMs + (this.isSlowed ? ms : -ms));
    this.isSlowed = isSlowed;
  }

  private pumpLater(ms: number): void {
    this.connection.pause();
    this.timer = setTimeout(() => this.pump(), ms);
    this.timer.unref();
  }
}

/** Keeps a person's usage until it no longer matters, so that reconnecting does not reset their limits. */
function forgetLater(personId: string, usage: PersonUsage): void {
  if (usage.inboxes > 0 || usageByPerson().get(personId) !== usage) return;
  if (usage.bucket.isFull() && usage.inProgress === 0) return void usageByPerson().delete(personId);
  const { burst, perSecond } = packetRates.person;
  setTimeout(() => forgetLater(personId, usage), (burst / perSecond) * 1_000).unref();
}
