import { type Bucket, createBucket, type Rate } from "./bucket";
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

export interface Inbox {
  take(packet: Packet): void;
  /** From now on it counts together with everything of this person. */
  identify(personId: string): void;
  /** A question arrived where it is answered. Returns what to call once it is; null when the connection is gone. */
  begin(): (() => void) | null;
  close(): void;
}

interface Account {
  bucket: Bucket;
  underWay: number;
  inboxes: number;
  /** Those that wait until another question of their person has been answered, the longest first. */
  waiting: Set<() => void>;
}

const accounts = () => once("inboxes", () => new Map<string, Account>());
const scaled = ({ burst, perSecond }: Rate): Rate => {
  const { limitFactor } = env();
  return { burst: burst * limitFactor, perSecond: perSecond * limitFactor };
};

/**
 * Where everything stands that a connection sends, until it is its turn. Each packet is counted before anything is made
 * of it; whoever sends faster than they may is not read for a while, and cut when they go on.
 */
export function createInbox(line: Line): Inbox {
  const bucket = createBucket(scaled(packets.connection));
  const queue: Packet[] = [];
  let personId: string | null = null;
  let account: Account | null = null;
  /** Questions that were let through and have not been answered; those of them that have not arrived yet. */
  let underWay = 0;
  let coming = 0;
  /** How long it was kept waiting for being too fast, less the time it was not, and as of when. */
  let slowedMs = 0;
  let isSlowed = false;
  let asOf = performance.now();
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const cost = ({ bytes }: Packet) => 1 + Math.floor(bytes / bytesAPoint);
  const shortMs = (points: number) => Math.max(bucket.waitFor(points), account?.bucket.waitFor(points) ?? 0);

  function pass(packet: Packet): void {
    bucket.take(cost(packet));
    account?.bucket.take(cost(packet));
    if (packet.kind === "question") {
      underWay++;
      coming++;
      if (account) account.underWay++;
      beginWork();
    }
    packet.pass();
  }

  /** Lets through what may go, in the order it came. */
  function pump(): void {
    clearTimeout(timer);
    account?.waiting.delete(pump);
    for (let next = queue[0]; next && !closed; next = queue[0]) {
      const ms = shortMs(cost(next));
      if (ms > 0) return tooFast(ms);
      slowed(false);
      if (next.kind === "question") {
        if (underWay >= underWayAtMost.connection) return;
        if (account && account.underWay >= underWayAtMost.person) return void account.waiting.add(pump);
        if (line.isUnread()) return lookAgain(unreadLookMs);
      }
      queue.shift();
      pass(next);
    }
    if (closed) return;
    slowed(false);
    line.resume();
  }

  function lookAgain(ms: number): void {
    line.pause();
    timer = setTimeout(pump, ms);
    timer.unref();
  }

  function tooFast(ms: number): void {
    slowed(true);
    if (slowedMs > patienceMs) return line.cut("too many packets");
    lookAgain(ms);
  }

  function slowed(now: boolean): void {
    const ms = performance.now() - asOf;
    asOf += ms;
    slowedMs = Math.max(0, slowedMs + (isSlowed ? ms : -ms));
    isSlowed = now;
  }

  function answered(): void {
    underWay--;
    endWork();
    if (account) {
      account.underWay--;
      if (queue.length > 0) account.waiting.add(pump);
      // Those that come to wait again meanwhile are not asked twice.
      const waiters = Array.from(account.waiting);
      for (const waiter of waiters) {
        if (account.underWay >= underWayAtMost.person) break;
        waiter();
      }
    } else if (queue.length > 0) pump();
  }

  return {
    take(packet) {
      if (closed) return;
      // Whoever waits for answers must not seem dead.
      if (packet.kind === "beat" && shortMs(1) === 0) return pass(packet);
      queue.push(packet);
      if (queue.length > waitingAtMost * env().limitFactor) return line.cut("too many packets at once");
      if (queue.length === 1) pump();
      if (queue.length >= pausedFrom) line.pause();
    },
    identify(id) {
      if (closed) return;
      personId = id;
      account = accounts().get(id) ?? {
        bucket: createBucket(scaled(packets.person)),
        underWay: 0,
        inboxes: 0,
        waiting: new Set(),
      };
      accounts().set(id, account);
      account.inboxes++;
      account.underWay += underWay;
    },
    begin() {
      if (closed) return null;
      coming--;
      let done = false;
      return () => {
        if (done) return;
        done = true;
        answered();
      };
    },
    close() {
      if (closed) return;
      closed = true;
      clearTimeout(timer);
      queue.length = 0;
      // Lost on their way: nobody answers them.
      for (; coming > 0; coming--) answered();
      account?.waiting.delete(pump);
      if (!account || personId === null) return;
      account.inboxes--;
      forgetLater(personId, account);
    },
  };
}

/** What somebody used up stays used up when they connect again. */
function forgetLater(personId: string, account: Account): void {
  if (account.inboxes > 0 || accounts().get(personId) !== account) return;
  if (account.bucket.isFull() && account.underWay === 0) return void accounts().delete(personId);
  const { burst, perSecond } = packets.person;
  setTimeout(() => forgetLater(personId, account), (burst / perSecond) * 1_000).unref();
}
