import { Bucket, type Rate } from "./bucket";
import { env } from "./env";
import { once } from "./once";
import { beginWork, endWork } from "./under-way";

/** Packets that one connection may send, and all of one person's together. */
const packets: Record<"connection" | "person", Rate> = {
  connection: { burst: 200, perSecond: 50 },
  person: { burst: 400, perSecond: 100 },
};
/** A packet counts once, and once more for each of so many bytes: reading it costs as much again. */
const bytesAPoint = 4_096;
/** Questions of one connection, and of one person, that are being answered. */
const underWayAtMost = { connection: 8, person: 16 };
/** So many packets may wait before the connection is not read any more: what else is sent waits at the sender. */
const pausedFrom = 64;
/** More than one read of the connection holds of anything honest. */
const waitingAtMost = 500;
/** So long may a sender be kept waiting for being too fast, in milliseconds, until it is cut. */
const patienceMs = 5_000;
/** How soon to look again whether the answers before have been read. */
const unreadLookMs = 100;

/** A packet that came in. */
export interface Packet {
  bytes: number;
  /** A question is answered, a beat keeps the connection alive, all else is neither. */
  kind: "question" | "beat" | "other";
  /** Lets it through. */
  pass(): void;
}

/** The connection as its inbox sees it. */
export interface Line {
  pause(): void;
  resume(): void;
  /** Whether the other side leaves its answers unread. */
  isUnread(): boolean;
  cut(why: string): void;
}

interface Account {
  bucket: Bucket;
  underWay: number;
  inboxes: number;
  /** Those that wait until another question of their person has been answered, the longest first. */
  waiting: Inbox[];
}

const accounts = () => once("inboxes", () => new Map<string, Account>());
const rates = () =>
  once("inbox-rates", () => {
    const { limitFactor: factor } = env();
    const scaled = ({ burst, perSecond }: Rate): Rate => ({ burst: burst * factor, perSecond: perSecond * factor });
    return { connection: scaled(packets.connection), person: scaled(packets.person), waiting: waitingAtMost * factor };
  });
const cost = ({ bytes }: Packet) => 1 + Math.floor(bytes / bytesAPoint);

/**
 * Where everything stands that a connection sends, until it is its turn. Each packet is counted before anything is made
 * of it; whoever sends faster than they may is not read for a while, and cut when they go on. A class, because closures
 * would take some KiB of every connection.
 */
export class Inbox {
  private readonly bucket = new Bucket(rates().connection);
  private queue: Packet[] = [];
  private personId: string | null = null;
  private account: Account | null = null;
  /** Questions that were let through and have not been answered; those of them that have not arrived yet. */
  private underWay = 0;
  private coming = 0;
  /** How long it was kept waiting for being too fast, less the time it was not, and as of when. */
  private slowedMs = 0;
  private isSlowed = false;
  private asOf = performance.now();
  private closed = false;
  private timer: NodeJS.Timeout | undefined = undefined;

  constructor(private readonly line: Line) {}

  take(packet: Packet): void {
    const { queue } = this;
    if (this.closed) return;
    // Whoever waits for answers must not seem dead.
    if (packet.kind === "beat" && this.shortMs(1) === 0) return this.pass(packet);
    queue.push(packet);
    if (queue.length > rates().waiting) return this.line.cut("too many packets at once");
    if (queue.length === 1) this.pump();
    if (queue.length >= pausedFrom) this.line.pause();
  }

  /** From now on it counts together with everything of this person. */
  identify(personId: string): void {
    if (this.closed) return;
    const account = accounts().get(personId) ?? {
      bucket: new Bucket(rates().person),
      underWay: 0,
      inboxes: 0,
      waiting: [],
    };
    accounts().set(personId, account);
    account.inboxes++;
    account.underWay += this.underWay;
    Object.assign(this, { personId, account });
  }

  /** A question arrived where it is answered. Returns what to call once it is; null when the connection is gone. */
  begin(): (() => void) | null {
    if (this.closed) return null;
    this.coming--;
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
    // Lost on their way: nobody answers them.
    for (; this.coming > 0; this.coming--) this.answered();
    const { account, personId } = this;
    if (!account || personId === null) return;
    this.leaveLine();
    account.inboxes--;
    forgetLater(personId, account);
  }

  /** Lets through what may go, in the order it came. */
  private pump(): void {
    const { queue, account, line } = this;
    clearTimeout(this.timer);
    this.leaveLine();
    for (let next = queue[0]; next && !this.closed; next = queue[0]) {
      const ms = this.shortMs(cost(next));
      if (ms > 0) return this.tooFast(ms);
      this.slowed(false);
      if (next.kind === "question") {
        if (this.underWay >= underWayAtMost.connection) return;
        if (account && account.underWay >= underWayAtMost.person) return void account.waiting.push(this);
        if (line.isUnread()) return this.lookAgain(unreadLookMs);
      }
      queue.shift();
      this.pass(next);
    }
    if (this.closed) return;
    this.slowed(false);
    line.resume();
  }

  private pass(packet: Packet): void {
    const { account } = this;
    this.bucket.take(cost(packet));
    account?.bucket.take(cost(packet));
    if (packet.kind === "question") {
      this.underWay++;
      this.coming++;
      if (account) account.underWay++;
      beginWork();
    }
    packet.pass();
  }

  private answered(): void {
    this.underWay--;
    endWork();
    const { account, queue } = this;
    if (!account) return queue.length > 0 ? this.pump() : undefined;
    account.underWay--;
    if (queue.length > 0 && !account.waiting.includes(this)) account.waiting.push(this);
    // Those that come to wait again meanwhile are not asked twice.
    const waiters = account.waiting.slice();
    for (const waiter of waiters) {
      if (account.underWay >= underWayAtMost.person) break;
      waiter.pump();
    }
  }

  private leaveLine(): void {
    const { account } = this;
    if (account && account.waiting.length > 0) account.waiting = account.waiting.filter((each) => each !== this);
  }

  private shortMs(points: number): number {
    return Math.max(this.bucket.waitFor(points), this.account?.bucket.waitFor(points) ?? 0);
  }

  private tooFast(ms: number): void {
    this.slowed(true);
    if (this.slowedMs > patienceMs) return this.line.cut("too many packets");
    this.lookAgain(ms);
  }

  private slowed(now: boolean): void {
    const ms = performance.now() - this.asOf;
    this.asOf += ms;
    this.slowedMs = Math.max(0, this.slowedMs + (this.isSlowed ? ms : -ms));
    this.isSlowed = now;
  }

  private lookAgain(ms: number): void {
    this.line.pause();
    this.timer = setTimeout(() => this.pump(), ms);
    this.timer.unref();
  }
}

/** What somebody used up stays used up when they connect again. */
function forgetLater(personId: string, account: Account): void {
  if (account.inboxes > 0 || accounts().get(personId) !== account) return;
  if (account.bucket.isFull() && account.underWay === 0) return void accounts().delete(personId);
  const { burst, perSecond } = packets.person;
  setTimeout(() => forgetLater(personId, account), (burst / perSecond) * 1_000).unref();
}
