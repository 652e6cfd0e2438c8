import type { Message } from "@/lib/contract/message";
import { type BackOff, backOff } from "./back-off";
import { type CallError, isTemporary, toCallError } from "./call-error";
import type { Call } from "./http";
import { newId, timeOfId } from "./new-id";
import { oldestFirst, type OutboxStorage } from "./outbox-storage";
import { createSlots } from "./slots";
import { conversationPlace, type OutboxEntry, type OutboxStore, type Reply } from "./stores/outbox";

/** Notifies the other tabs of this browser that the storage has changed. */
export interface OutboxChannel {
  notify(): void;
  /** Calls `onChange` when another tab notifies. Returns a function that unsubscribes. */
  subscribe(onChange: () => void): () => void;
}

export interface OutboxOptions {
  store: OutboxStore;
  personId: string;
  call: Call;
  storage: OutboxStorage;
  /** Calls `run` while holding the lock `name`, which all tabs of this browser share. */
  withLock?: ((name: string, run: () => Promise<void>) => Promise<void>) | undefined;
  channel?: OutboxChannel | undefined;
  now?: (() => number) | undefined;
  random?: (() => number) | undefined;
}

/**
 * After this many `internal` errors in its room, a message counts as failed. The count restarts when a message is sent or fails.
 */
const maxInternalErrors = 5;
/**
 * How many rooms send concurrently. More would not help, because the server processes this many requests of one connection
 * concurrently.
 */
const maxConcurrentSends = 8;
/** If another tab has not sent its message within this time, this tab sends it. */
const otherTabDelayMs = 5_000;
/** Messages are sent although the storage has not answered for this long. */
const storageTimeoutMs = 5_000;

const toKey = (entry?: OutboxEntry) => `${entry?.roomId} ${entry?.state}`;

/** The server replaces halves of surrogate pairs. */
const asStored = (body: string): string => body.replace(/\p{Surrogate}/gu, "\ufffd");

interface SendOptions {
  /** The id of the draft with this text, if there is one. */
  draftId?: string | undefined;
  /** A message of the room to quote. */
  replyToId?: string | undefined;
  /** The thread in which it is a reply. */
  reply?: Reply | undefined;
  /** The others of a conversation that has to be opened first. */
  personIds?: readonly string[] | undefined;
}

/** The state of sending in one room. */
interface RoomSender {
  isSending: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
  retryDelay: BackOff;
  internalErrors: number;
}

/** Sends messages in order, one at a time in each room, and keeps them until the server has confirmed them. */
export function createOutbox(options: OutboxOptions) {
  const { store, personId, call, storage, channel, now = Date.now, random = Math.random } = options;
  const withLock = options.withLock ?? ((_name, run) => run());
  const withSendSlot = createSlots(maxConcurrentSends);
  const senders = new Map<string, RoomSender>();
  /** Entries whose write is pending or failed. If any other entry is missing from the storage, another tab has removed it. */
  const unsaved = new Map<string, OutboxEntry>();
  /** How often this tab has written to the storage. What was read before a write may be outdated. */
  let writes = 0;
  /** Ids of entries that this tab has removed. The storage may still list them until the removal has finished. */
  const removed = new Set<string>();
  let isRunning = false;
  let isLoaded = false;
  /** No room sends before this time (of `performance.now()`), because the server's rate limit counts all rooms together. */
  let rateLimitedUntil = 0;
  let unsubscribe: (() => void) | undefined;
  /** The time in the newest id, in ms since 1970. Entries are sent in the order of their ids, so each new id has a later time. */
  let newestIdMs = 0;

  const entries = () => store.getState().entries;
  const setEntries = (next: readonly OutboxEntry[]) => store.setState({ entries: next });
  const find = (id: string) => entries().find((entry) => entry.id === id);

  async function save(entry: OutboxEntry): Promise<void> {
    unsaved.set(entry.id, entry);
    writes++;
    try {
      await storage.put(entry);
      writes++;
      if (unsaved.get(entry.id) === entry) unsaved.delete(entry.id);
      channel?.notify();
    } catch {
      // The disk may be full. The entry stays in memory and is sent from there.
    }
  }
  function remove(id: string): void {
    if (!find(id)) return;
    setEntries(entries().filter((entry) => entry.id !== id));
    unsaved.delete(id);
    removed.add(id);
    storage.remove(id).then(
      () => channel?.notify(),
      () => {},
    );
  }
  function replace(entry: OutboxEntry): void {
    setEntries(entries().map((each) => (each.id === entry.id ? entry : each)));
  }
  async function replaceAndSave(entry: OutboxEntry): Promise<void> {
    replace(entry);
    await save(entry);
  }

  /** Whether the message has the text that another device has sent of the same draft. */
  function isOtherText({ id, body, editedAt, deletedAt }: Message): boolean {
    const entry = find(id);
    return entry?.isDraft === true && body !== asStored(entry.body) && !editedAt && !deletedAt;
  }

  function senderOf(roomId: string): RoomSender {
    const retryDelay = backOff({ firstMs: 1_000, maxMs: 30_000, random });
    const room = senders.get(roomId) ?? { isSending: false, timer: undefined, retryDelay, internalErrors: 0 };
    senders.set(roomId, room);
    return room;
  }
  function sendLater(roomId: string, ms: number): void {
    const room = senderOf(roomId);
    clearTimeout(room.timer);
    room.timer = setTimeout(() => void sendRoom(roomId), ms);
  }

  async function sendRoom(roomId: string): Promise<void> {
    const room = senderOf(roomId);
    clearTimeout(room.timer);
    if (room.isSending) return;
    room.isSending = true;
    try {
      for (let waitMs = 0; isRunning && isLoaded && waitMs === 0; ) {
        const entry = entries().find((each) => each.roomId === roomId && each.state === "waiting");
        if (!entry) return;
        await withLock(`parley-outbox-${personId}-${roomId}`, async () => {
          waitMs = await withSendSlot(() => sendEntry(entry, room));
        });
        if (waitMs > 0 && isRunning) sendLater(roomId, waitMs);
      }
    } finally {
      room.isSending = false;
    }
  }

  /** Sends one entry. Resolves to the time to wait before the room's next send, in milliseconds. */
  async function sendEntry(entry: OutboxEntry, room: RoomSender): Promise<number> {
    const rateLimitedMs = rateLimitedUntil - performance.now();
    if (rateLimitedMs > 0) return rateLimitedMs;
    // While this tab waited for the lock, another tab may have sent the entry, removed it or marked it as failed.
    const before = writes;
    const stored = unsaved.has(entry.id) ? null : await storage.get(entry.id).catch(() => entry);
    if (writes !== before) return 0; // read again
    const current = stored === null ? find(entry.id) : stored;
    if (!current || !find(entry.id)) {
      remove(entry.id);
      return 0;
    }
    if (current.state !== "waiting" || current.roomId !== entry.roomId) {
      replace(current);
      if (current.roomId !== entry.roomId) sendLater(current.roomId, otherTabDelayMs);
      return 0;
    }
    try {
      const { roomId, id, body, replyToId, reply, personIds } = entry;
      if (personIds) return await openConversation(roomId, personIds);
      const message = await call("message.send", { roomId, id, body, ...(replyToId && { replyToId }), ...reply });
      room.retryDelay.reset();
      room.internalErrors = 0;
      if (isOtherText(message)) send(roomId, body, { replyToId, reply });
      remove(entry.id);
      return 0;
    } catch (error) {
      return onSendFailed(entry, room, toCallError(error));
    }
  }
  /** Opens the conversation with these people, and moves all its entries to its room. */
  async function openConversation(place: string, personIds: readonly string[]): Promise<number> {
    const { room } = await call("direct.open", { personIds: [...personIds] });
    const moved = entries().filter((entry) => entry.roomId === place);
    await Promise.all(moved.map(({ personIds: _, ...entry }) => replaceAndSave({ ...entry, roomId: room.id })));
    void sendRoom(room.id);
    return 0;
  }
  async function onSendFailed(entry: OutboxEntry, room: RoomSender, failure: CallError): Promise<number> {
    const { code, message, retryAfterMs } = failure;
    const latest = find(entry.id);
    if (!latest) return 0;
    if (code === "rate_limited" && !entry.personIds) rateLimitedUntil = performance.now() + (retryAfterMs ?? 1_000);
    const isRetried = code === "internal" ? ++room.internalErrors < maxInternalErrors : isTemporary(code);
    if (isRetried) return Math.max(1, retryAfterMs ?? room.retryDelay.next());
    room.internalErrors = 0;
    await replaceAndSave({ ...latest, state: "failed", reason: message });
    return 0;
  }

  /** Copies the entries of the storage into the store. Call when the page starts and when another tab has changed the storage. */
  async function loadStored(): Promise<void> {
    const before = writes;
    const listed = await storage.list(personId).catch(() => entries());
    if (writes !== before) return loadStored();
    // If an entry could not be saved, the store has a newer version than the storage.
    const stored = listed.filter(({ id }) => !removed.has(id)).map((entry) => unsaved.get(entry.id) ?? entry);
    const ids = new Set(stored.map((entry) => entry.id));
    // Entries that are new, that another tab retries, or whose conversation it has opened. It may be closed before it sends them.
    const added = stored.filter((entry) => toKey(find(entry.id)) !== toKey(entry));
    // Keep missing entries that are not saved. Another tab has removed the others.
    const notStored = entries().filter(({ id }) => !ids.has(id) && unsaved.has(id));
    setEntries([...stored, ...notStored].toSorted(oldestFirst));
    for (const { roomId } of added) if (!senderOf(roomId).isSending) sendLater(roomId, otherTabDelayMs);
  }
  function sendAllNow(): void {
    for (const roomId of new Set(entries().map((entry) => entry.roomId))) {
      // A request that is under way may still fail. Its retry must not use the long delay that built up before.
      senderOf(roomId).retryDelay.reset();
      void sendRoom(roomId);
    }
  }

  function send(roomId: string, body: string, { draftId, replyToId, reply, personIds }: SendOptions = {}): void {
    const createdAt = now();
    // After a reload, the last entry's id can have a time in the future, if the device's clock was set back.
    const last = entries().at(-1);
    // The messages of a room keep their order.
    const isNewest = entries().every((entry) => entry.roomId !== roomId || entry.id < (draftId ?? ""));
    const id = isNewest ? draftId : undefined;
    newestIdMs = Math.max(createdAt, newestIdMs + 1, last ? timeOfId(last.id) + 1 : 0);
    const entry: OutboxEntry = {
      id: id ?? newId(newestIdMs),
      personId,
      roomId,
      ...(personIds && { personIds }),
      body,
      ...(replyToId && { replyToId }),
      ...(reply && { reply }),
      createdAt,
      state: "waiting",
      ...(id && { isDraft: true }),
    };
    setEntries([...entries(), entry]);
    void save(entry).then(() => sendRoom(roomId));
  }

  return {
    start(): void {
      isRunning = true;
      unsubscribe = channel?.subscribe(() => void loadStored());
      // What an earlier page has stored is sent before what is written now.
      const late = new Promise((resolve) => setTimeout(resolve, storageTimeoutMs));
      void Promise.race([loadStored(), late]).then(() => {
        isLoaded = true;
        sendAllNow();
      });
    },
    stop(): void {
      isRunning = false;
      unsubscribe?.();
      for (const room of senders.values()) clearTimeout(room.timer);
    },
    /** Sends now instead of after the back-off, for instance because the connection is back. */
    sendAllNow,
    send,
    /** Sends to the conversation with these people, which is opened first. */
    sendToPeople: (personIds: readonly string[], body: string) =>
      send(conversationPlace(personIds), body, { personIds }),
    /** Removes the entries of messages that arrived. The server has stored these messages, even if its answer was lost. */
    removeArrived(messages: readonly Message[]): void {
      if (entries().length === 0) return;
      // An entry with another text is sent again under its id, and then under another one, by only one of the tabs.
      for (const message of messages) if (!isOtherText(message)) remove(message.id);
    },
    retry(id: string): void {
      const entry = find(id);
      if (!entry) return;
      const { reason: _, ...rest } = entry;
      void replaceAndSave({ ...rest, state: "waiting" }).then(() => sendRoom(entry.roomId));
    },
    remove,
    /** Removes an entry and returns it: the person edits it in the composer. */
    removeToEdit(id: string): OutboxEntry | null {
      const entry = find(id) ?? null;
      remove(id);
      return entry;
    },
  };
}
