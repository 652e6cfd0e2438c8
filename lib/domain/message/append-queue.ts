import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import type { Actor } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import { env } from "@/lib/server/env";
import { once } from "@/lib/server/once";
import type { LockedRooms } from "./append-statement";

/** A message that an actor wants to send. */
export interface Send {
  actor: Actor;
  roomId: string;
  id: string;
  body: string;
}

/** A send that waits for its answer. Resolves to null if no batch stored it. */
export interface QueuedSend {
  send: Send;
  resolve: (message: Message | null) => void;
  reject: (error: unknown) => void;
  /** How many batches did not store it because the room's facts were stale. */
  tries: number;
}

/** What is left to do after a batch. */
export interface BatchResult {
  /** The sends to try again, in their order. */
  again: QueuedSend[];
  /** Rooms that the batch skipped, because another transaction has locked them. */
  locked: Set<string>;
  /** How long broadcasting in each room took, in milliseconds. */
  broadcastMs: Map<string, number>;
}
export type StoreBatch = (batch: QueuedSend[], lockedRooms: LockedRooms) => Promise<BatchResult>;

/** Limits for one batch. All its messages may be in one room, and then must fit in one frame. */
const batchAtMost = { messages: 256, characters: limits.answer };
/** The most messages that may be waiting or being stored in this process. */
const waitingAtMost = 10_000;
/** The longest pause of a room between two batches. */
const pauseAtMostMs = 20;
/** The share of the database connections that may wait for locked rooms. */
const waiterShare = 0.3;

interface Queue {
  /** The sends that wait, by room, each in the order of their arrival. */
  waiting: Map<string, QueuedSend[]>;
  /** Rooms whose sends are being stored, or that pause. */
  busy: Set<string>;
  /** The number of sends that wait or are being stored. */
  count: number;
  /** The number of rooms that wait for their locks. */
  waiters: number;
  isRunning: boolean;
}
const queue = () =>
  once<Queue>("append", () => ({ waiting: new Map(), busy: new Set(), count: 0, waiters: 0, isRunning: false }));

/** Adds a send to the queue of its room. */
export function enqueue(queued: QueuedSend, store: StoreBatch): void {
  const state = queue();
  if (state.count >= waitingAtMost) throw new AppError("busy", undefined, undefined, 1_000);
  state.count++;
  const { roomId } = queued.send;
  const sends = state.waiting.get(roomId);
  if (sends) sends.push(queued);
  else state.waiting.set(roomId, [queued]);
  // A busy room starts the next batch when it is free.
  if (!state.busy.has(roomId)) start(state, store);
}

/** Begins to store batches, unless that is under way. */
function start(state: Queue, store: StoreBatch): void {
  if (state.isRunning) return;
  state.isRunning = true;
  // Deferred, so that all messages that arrive in this turn of the event loop share the batch.
  setImmediate(() => void run(state, store));
}

/** Stores one batch after another, until every room that has sends is busy. */
async function run(state: Queue, store: StoreBatch): Promise<void> {
  for (let batch = takeBatch(state); batch.length > 0; batch = takeBatch(state)) {
    await storeAndFree(state, batch, "skip", store);
    await new Promise((resolve) => setImmediate(resolve));
  }
  state.isRunning = false;
}

/** Takes sends of rooms that are not busy, and makes these rooms busy. A room with sends left over goes to the end. */
function takeBatch({ waiting, busy }: Queue): QueuedSend[] {
  const batch: QueuedSend[] = [];
  let characters = 0;
  for (const [roomId, sends] of waiting) {
    if (busy.has(roomId)) continue;
    let taken = 0;
    for (const { send } of sends) {
      const isFull =
        batch.length + taken >= batchAtMost.messages || characters + send.body.length > batchAtMost.characters;
      if (isFull && batch.length + taken > 0) break;
      characters += send.body.length;
      taken++;
    }
    if (taken > 0) {
      busy.add(roomId);
      waiting.delete(roomId);
      batch.push(...sends.slice(0, taken));
    }
    if (taken === sends.length) continue;
    waiting.set(roomId, sends.slice(taken));
    break;
  }
  return batch;
}

/**
 * Stores a batch, puts the sends that are left over back into their queues, and frees the rooms after a pause. A locked room is
 * tried again at once instead, by a statement that waits for it, unless too many rooms wait already.
 */
async function storeAndFree(state: Queue, batch: QueuedSend[], rooms: LockedRooms, store: StoreBatch): Promise<void> {
  let result: BatchResult = { again: [], locked: new Set(), broadcastMs: new Map() };
  try {
    result = await store(batch, rooms);
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
  const { again, locked, broadcastMs } = result;
  state.count -= batch.length - again.length;
  for (const roomId of new Set(batch.map(({ send }) => send.roomId))) {
    const left = again.filter(({ send }) => send.roomId === roomId);
    if (locked.has(roomId) && state.waiters < waitersAtMost()) {
      state.waiters++;
      void storeAndFree(state, left, "wait", store).finally(() => state.waiters--);
      continue;
    }
    if (left.length > 0) state.waiting.set(roomId, [...left, ...(state.waiting.get(roomId) ?? [])]);
    freeAfter(state, roomId, locked.has(roomId) ? pauseAtMostMs : (broadcastMs.get(roomId) ?? 0), store);
  }
}

const waitersAtMost = () => Math.max(1, Math.floor(env().poolSize * waiterShare));

/**
 * Makes a room free again after `ms`, at most `pauseAtMostMs`. Usually that is how long its last broadcast took: in a room
 * with many subscribers, fewer and larger frames cost less and arrive earlier.
 */
function freeAfter(state: Queue, roomId: string, ms: number, store: StoreBatch): void {
  const free = () => {
    state.busy.delete(roomId);
    start(state, store);
  };
  if (ms < 1) free();
  else setTimeout(free, Math.min(ms, pauseAtMostMs));
}
