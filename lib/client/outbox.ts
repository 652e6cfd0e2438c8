import type { Message } from "@/lib/contract/message";
import { type BackOff, backOff } from "./back-off";
import { type CallError, toCallError } from "./call-error";
import type { Call } from "./http";
import { newId, timeOfId } from "./new-id";
import { byAge, type OutboxStorage } from "./outbox-storage";
import type { OutboxEntry, OutboxStore } from "./stores/outbox";

/** Notifies the other tabs of this browser that the storage has changed. */
export interface OutboxChannel {
  notify(): void;
  /** Calls `changed` when another tab notifies. Returns a function that unsubscribes. */
  subscribe(changed: () => void): () => void;
}

export interface OutboxOptions {
  store: OutboxStore;
  personId: string;
  call: Call;
  storage: OutboxStorage;
  /** Runs `run` while holding the lock `name`, which all tabs of this browser share. */
  lock?: ((name: string, run: () => Promise<void>) => Promise<void>) | undefined;
  channel?: OutboxChannel | undefined;
  now?: (() => number) | undefined;
  random?: (() => number) | undefined;
}

/** After this many `internal` errors in a row in one room, the message being sent counts as failed. */
const maxFaults = 5;
/** How many rooms send at the same time. The server processes as many requests of one connection at once. */
const maxConcurrentSends = 8;
/** How long after another tab has written a message this tab sends it, if the other tab has not. */
const otherTabMs = 5_000;

/** The state of sending in one room. */
interface RoomQueue {
  sending: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
  wait: BackOff;
  faults: number;
}

/** Sends messages in order, one at a time in each room, and keeps them until the server has confirmed them. */
export function createOutbox(options: OutboxOptions) {
  const { store, personId, call, storage, channel, now = Date.now, random = Math.random } = options;
  const lock = options.lock ?? ((_name, run) => run());
  const queues = new Map<string, RoomQueue>();
  /** Ids of entries that are not in the storage (yet). Any other entry that is missing there was removed by another tab. */
  const unsaved = new Set<string>();
  /** Ids of entries that were sent or discarded. The storage may still list them until their removal is done. */
  const dropped = new Set<string>();
  let running = false;
  /** No room sends before this time, by `performance.now()`: the server's rate limit counts all rooms together. */
  let limitedUntil = 0;
  let unsubscribe: (() => void) | undefined;
  /** The time in the newest id, in ms since 1970. It grows with every id, because entries are sent in the order of their ids. */
  let newestMs = 0;

  const entries = () => store.getState().entries;
  const show = (next: readonly OutboxEntry[]) => store.setState({ entries: next });
  const find = (id: string) => entries().find((entry) => entry.id === id);

  async function save(entry: OutboxEntry): Promise<void> {
    unsaved.add(entry.id);
    try {
      await storage.put(entry);
      unsaved.delete(entry.id);
      channel?.notify();
    } catch {
      // The disk may be full. The entry stays in memory and is sent from there.
    }
  }
  function drop(id: string): void {
    if (!find(id)) return;
    show(entries().filter((entry) => entry.id !== id));
    unsaved.delete(id);
    dropped.add(id);
    storage.remove(id).then(
      () => channel?.notify(),
      () => {},
    );
  }
  function replace(entry: OutboxEntry): void {
    show(entries().map((each) => (each.id === entry.id ? entry : each)));
  }
  async function change(entry: OutboxEntry): Promise<void> {
    replace(entry);
    await save(entry);
  }

  let activeSends = 0;
  const slotQueue: (() => void)[] = [];

  function queueOf(roomId: string): RoomQueue {
    const queue = queues.get(roomId) ?? newQueue();
    queues.set(roomId, queue);
    return queue;
  }
  function newQueue(): RoomQueue {
    const wait = backOff({ firstMs: 1_000, longestMs: 30_000, random });
    return { sending: false, timer: undefined, wait, faults: 0 };
  }
  function sendLater(roomId: string, ms: number): void {
    const queue = queueOf(roomId);
    clearTimeout(queue.timer);
    queue.timer = setTimeout(() => void sendWaiting(roomId), ms);
  }

  async function sendWaiting(roomId: string): Promise<void> {
    const queue = queueOf(roomId);
    clearTimeout(queue.timer);
    if (queue.sending) return;
    queue.sending = true;
    try {
      for (let waitMs = 0; running && waitMs === 0; ) {
        const entry = entries().find((each) => each.roomId === roomId && each.state === "waiting");
        if (!entry) return;
        await lock(`parley-outbox-${roomId}`, async () => {
          waitMs = await withSendSlot(() => attempt(entry, queue));
        });
        if (waitMs > 0 && running) sendLater(roomId, waitMs);
      }
    } finally {
      queue.sending = false;
    }
  }

  /** Runs `work` as soon as fewer than `maxConcurrentSends` others run. */
  async function withSendSlot<T>(work: () => Promise<T>): Promise<T> {
    if (activeSends < maxConcurrentSends) activeSends++;
    else await new Promise<void>((go) => slotQueue.push(go));
    try {
      return await work();
    } finally {
      const next = slotQueue.shift();
      if (next) next();
      else activeSends--;
    }
  }

  /** Sends one entry. Resolves to the time to wait before the room's next send, in milliseconds. */
  async function attempt(entry: OutboxEntry, queue: RoomQueue): Promise<number> {
    const limitedMs = limitedUntil - performance.now();
    if (limitedMs > 0) return limitedMs;
    // While we waited for the lock, another tab may have sent or discarded it, or the server may have refused it there.
    const current = unsaved.has(entry.id) ? entry : await storage.get(entry.id).catch(() => entry);
    if (!current || !find(entry.id)) {
      drop(entry.id);
      return 0;
    }
    if (current.state !== "waiting") {
      replace(current);
      return 0;
    }
    try {
      await call("message.send", { roomId: entry.roomId, id: entry.id, body: entry.body });
      queue.wait.reset();
      queue.faults = 0;
      drop(entry.id);
      return 0;
    } catch (error) {
      return sendFailed(entry, queue, toCallError(error));
    }
  }
  async function sendFailed(
    entry: OutboxEntry,
    queue: RoomQueue,
    { code, message, retryAfterMs }: CallError,
  ): Promise<number> {
    if (!find(entry.id)) return 0;
    if (code === "internal") queue.faults++;
    if (code === "rate_limited") limitedUntil = performance.now() + (retryAfterMs ?? 1_000);
    const isTemporary = code === "offline" || code === "busy" || code === "rate_limited" || code === "unauthenticated";
    if (isTemporary || (code === "internal" && queue.faults < maxFaults)) {
      return Math.max(1, retryAfterMs ?? queue.wait.next());
    }
    queue.faults = 0;
    await change({ ...entry, state: "failed", reason: message });
    return 0;
  }

  /** Loads the entries in the storage into the store, when the page starts or another tab has changed them. */
  async function reload(): Promise<void> {
    const before = new Set(entries().flatMap(({ id }) => (unsaved.has(id) ? [] : [id])));
    const listed = await storage.list(personId).catch(() => entries());
    const stored = listed.filter(({ id }) => !dropped.has(id));
    const ids = new Set(stored.map((entry) => entry.id));
    const added = stored.filter((entry) => !find(entry.id));
    // Keep entries that were written since the list was read, or could not be saved. Others were removed by another tab.
    const own = entries().filter(({ id }) => !ids.has(id) && !before.has(id));
    show([...stored, ...own].toSorted(byAge));
    for (const { roomId } of added) if (!queueOf(roomId).sending) sendLater(roomId, otherTabMs);
  }
  function sendWaitingNow(): void {
    for (const roomId of new Set(entries().map((entry) => entry.roomId))) void sendWaiting(roomId);
  }

  return {
    start(): void {
      running = true;
      unsubscribe = channel?.subscribe(() => void reload());
      void reload().then(() => running && sendWaitingNow());
    },
    stop(): void {
      running = false;
      unsubscribe?.();
      for (const queue of queues.values()) clearTimeout(queue.timer);
    },
    /** Sends now instead of after the back-off, for instance because the connection is back. */
    sendWaitingNow,
    send(roomId: string, body: string): void {
      const createdAt = now();
      // After a reload, the newest waiting entry may have been written while the clock was ahead of now.
      const last = entries().at(-1);
      newestMs = Math.max(createdAt, newestMs + 1, last ? timeOfId(last.id) + 1 : 0);
      const entry: OutboxEntry = { id: newId(newestMs), personId, roomId, body, createdAt, state: "waiting" };
      show([...entries(), entry]);
      void save(entry).then(() => sendWaiting(roomId));
    },
    /** Drops the entries of these messages: the server has stored them, even if its answer was lost. */
    messagesArrived(messages: readonly Message[]): void {
      if (entries().length > 0) for (const { id } of messages) drop(id);
    },
    retry(id: string): void {
      const entry = find(id);
      if (!entry) return;
      const { reason: _, ...rest } = entry;
      void change({ ...rest, state: "waiting" }).then(() => sendWaiting(entry.roomId));
    },
    discard: drop,
    /** Removes an entry and returns its text. */
    takeBack(id: string): string {
      const body = find(id)?.body ?? "";
      drop(id);
      return body;
    },
  };
}
