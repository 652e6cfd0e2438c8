import { uuidv7 } from "uuidv7";
import type { Message } from "@/lib/contract/message";
import { type BackOff, backOff } from "./back-off";
import { type CallError, toCallError } from "./call-error";
import type { Call } from "./http";
import { byAge, type OutboxStorage } from "./outbox-storage";
import type { OutboxEntry, OutboxStore } from "./stores/outbox";

/** Connects the tabs of this browser: one tells the others that the storage has changed. */
export interface OutboxChannel {
  tell(): void;
  /** Returns a function that ends it. */
  hear(changed: () => void): () => void;
}

export interface OutboxOptions {
  store: OutboxStore;
  personId: string;
  call: Call;
  storage: OutboxStorage;
  /** Runs `run` while no other tab runs anything under the same name. */
  lock?: ((name: string, run: () => Promise<void>) => Promise<void>) | undefined;
  channel?: OutboxChannel | undefined;
  now?: (() => number) | undefined;
  random?: (() => number) | undefined;
}

/** How often a message is tried when the server fails with `internal`. */
const triesAfterFaults = 5;
const sendsAtOnce = 8;
/** How long another tab may take to send its own message before this tab does. */
const otherTabMs = 5_000;

interface Lane {
  sending: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
  wait: BackOff;
  faults: number;
}

/** Sends messages in order, one at a time in each room, and keeps them until the server has confirmed them. */
export function createOutbox(options: OutboxOptions) {
  const { store, personId, call, storage, channel, now = Date.now, random = Math.random } = options;
  const lock = options.lock ?? ((_name, run) => run());
  const lanes = new Map<string, Lane>();
  /** Ids of entries that the storage does not hold (yet), so that their absence there means nothing. */
  const unsaved = new Set<string>();
  /** Ids of entries that were sent or discarded. A list read just before must not bring them back. */
  const dropped = new Set<string>();
  let running = false;
  /** Nothing is sent before this time (of `performance.now()`): the server's rate limit counts all rooms together. */
  let quietUntil = 0;
  let unhear: (() => void) | undefined;

  const entries = () => store.getState().entries;
  const show = (next: readonly OutboxEntry[]) => store.setState({ entries: next });
  const find = (id: string) => entries().find((entry) => entry.id === id);

  async function save(entry: OutboxEntry): Promise<void> {
    unsaved.add(entry.id);
    try {
      await storage.put(entry);
      unsaved.delete(entry.id);
      channel?.tell();
    } catch {
      // A full disk: it stays in memory and is sent from there.
    }
  }
  function drop(id: string): void {
    if (!find(id)) return;
    show(entries().filter((entry) => entry.id !== id));
    unsaved.delete(id);
    dropped.add(id);
    storage.remove(id).then(
      () => channel?.tell(),
      () => {},
    );
  }
  async function change(entry: OutboxEntry): Promise<void> {
    show(entries().map((each) => (each.id === entry.id ? entry : each)));
    await save(entry);
  }

  let underWay = 0;
  const waiting: (() => void)[] = [];

  function laneOf(roomId: string): Lane {
    const lane = lanes.get(roomId) ?? newLane();
    lanes.set(roomId, lane);
    return lane;
  }
  function newLane(): Lane {
    const wait = backOff({ firstMs: 1_000, longestMs: 30_000, random });
    return { sending: false, timer: undefined, wait, faults: 0 };
  }
  function later(roomId: string, ms: number): void {
    const lane = laneOf(roomId);
    clearTimeout(lane.timer);
    lane.timer = setTimeout(() => void sendWaiting(roomId), ms);
  }

  async function sendWaiting(roomId: string): Promise<void> {
    const lane = laneOf(roomId);
    clearTimeout(lane.timer);
    if (lane.sending) return;
    lane.sending = true;
    try {
      for (let waitMs = 0; running && waitMs === 0; ) {
        const entry = entries().find((each) => each.roomId === roomId && each.state === "waiting");
        if (!entry) return;
        await lock(`parley-outbox-${roomId}`, async () => {
          waitMs = await inTurn(() => attempt(entry, lane));
        });
        if (waitMs > 0 && running) later(roomId, waitMs);
      }
    } finally {
      lane.sending = false;
    }
  }

  /** Limits how many rooms send at once, because the server limits each connection. */
  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (underWay < sendsAtOnce) underWay++;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else underWay--;
    }
  }

  /** Sends one entry. Returns the milliseconds to wait before the next try in its room. */
  async function attempt(entry: OutboxEntry, lane: Lane): Promise<number> {
    const quietMs = quietUntil - performance.now();
    if (quietMs > 0) return quietMs;
    // Another tab may have sent or discarded it while we waited for the lock.
    const kept = unsaved.has(entry.id) || (await storage.has(entry.id).catch(() => true));
    if (!kept || !find(entry.id)) {
      drop(entry.id);
      return 0;
    }
    try {
      await call("message.send", { roomId: entry.roomId, id: entry.id, body: entry.body });
      lane.wait.reset();
      lane.faults = 0;
      drop(entry.id);
      return 0;
    } catch (error) {
      return refused(entry, lane, toCallError(error));
    }
  }
  async function refused(entry: OutboxEntry, lane: Lane, { code, message, retryAfterMs }: CallError): Promise<number> {
    if (!find(entry.id)) return 0;
    if (code === "internal") lane.faults++;
    if (code === "rate_limited") quietUntil = performance.now() + (retryAfterMs ?? 1_000);
    const again = code === "offline" || code === "busy" || code === "rate_limited" || code === "unauthenticated";
    if (again || (code === "internal" && lane.faults < triesAfterFaults)) {
      return Math.max(1, retryAfterMs ?? lane.wait.next());
    }
    lane.faults = 0;
    await change({ ...entry, state: "failed", reason: message });
    return 0;
  }

  /** Shows the entries in the storage, after a reload of the page or a change in another tab. */
  async function reload(): Promise<void> {
    const before = new Set(entries().flatMap(({ id }) => (unsaved.has(id) ? [] : [id])));
    const listed = await storage.list(personId).catch(() => entries());
    const stored = listed.filter(({ id }) => !dropped.has(id));
    const ids = new Set(stored.map((entry) => entry.id));
    const added = stored.filter((entry) => !find(entry.id));
    // An entry that is no longer stored was removed by another tab. Entries written meanwhile are not in this list yet.
    const own = entries().filter(({ id }) => !ids.has(id) && !before.has(id));
    show([...stored, ...own].toSorted(byAge));
    for (const { roomId } of added) if (!laneOf(roomId).sending) later(roomId, otherTabMs);
  }
  function kick(): void {
    for (const roomId of new Set(entries().map((entry) => entry.roomId))) void sendWaiting(roomId);
  }

  return {
    start(): void {
      running = true;
      unhear = channel?.hear(() => void reload());
      void reload().then(() => running && kick());
    },
    stop(): void {
      running = false;
      unhear?.();
      for (const lane of lanes.values()) clearTimeout(lane.timer);
    },
    /** Sends now, for instance because the connection is back. */
    kick,
    send(roomId: string, body: string): void {
      const entry: OutboxEntry = { id: uuidv7(), personId, roomId, body, createdAt: now(), state: "waiting" };
      show([...entries(), entry]);
      void save(entry).then(() => sendWaiting(roomId));
    },
    /** These messages are in the log, so they need not be sent, even if the reply was lost. */
    arrived(messages: readonly Message[]): void {
      if (entries().length > 0) for (const { id } of messages) drop(id);
    },
    retry(id: string): void {
      const entry = find(id);
      if (!entry) return;
      const { reason: _, ...rest } = entry;
      void change({ ...rest, state: "waiting" }).then(() => sendWaiting(entry.roomId));
    },
    discard: drop,
    takeBack(id: string): string {
      const body = find(id)?.body ?? "";
      drop(id);
      return body;
    },
  };
}
