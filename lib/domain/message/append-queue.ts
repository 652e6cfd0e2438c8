import { limits } from "@/lib/contract/limits";
import type { MentionTargets } from "@/lib/contract/mention";
import type { Message } from "@/lib/contract/message";
import { roomPauseMs } from "@/lib/domain/room/pause";
import type { Actor } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import { env } from "@/lib/server/env";
import { once } from "@/lib/server/once";
import type { WhenLocked } from "./append-statement";

// Messages wait here until a batch stores them. A room is busy while its batch is stored and during the pause after it.

/** A message that an actor wants to send. */
export interface Send {
  actor: Actor;
  roomId: string;
  id: string;
  body: string;
  /** The message that it quotes. */
  replyToId: string | null;
  /** The people whom it mentions. Null if it mentions nobody. */
  mentions: MentionTargets | null;
  /** For a reply: the first message of its thread, and whether the room shows the reply, too. */
  threadId?: string | undefined;
  alsoInRoom?: boolean | undefined;
  /** When the request was received, by `performance.now()`. */
  receivedAt: number;
}

/** A message whose sender still waits for the answer. `resolve(null)` means that no batch stored it. */
export interface QueuedSend {
  send: Send;
  resolve: (message: Message | null) => void;
  reject: (error: unknown) => void;
  /** The number of batches that did not store it because the cached facts about its room were stale. */
  staleCount: number;
}

export interface BatchResult {
  /** The unanswered sends to retry, in their original order. */
  toRetry: QueuedSend[];
  /** Rooms that the batch skipped, because another transaction holds their locks. */
  lockedRoomIds: Set<string>;
  /** How long broadcasting took, in milliseconds, by room id. */
  broadcastMs: Map<string, number>;
}
export type StoreBatch = (batch: QueuedSend[], whenLocked: WhenLocked) => Promise<BatchResult>;

/** Limits for one batch. All its messages may be for one room, whose frame is at most `limits.answer` characters long. */
const maxBatch = { messages: 256, characters: limits.answer };
/** The most messages that this process holds at once, queued or being stored. */
const maxSends = 10_000;
/** The longest pause of a room between two batches. */
const maxPauseMs = 20;
/** The share of the database connections that may wait for locked rooms. */
const lockWaitShare = 0.3;

interface Queue {
  /** The sends that are not being stored yet, by room id. Those of one room are in the order of their arrival. */
  queued: Map<string, QueuedSend[]>;
  /** Rooms whose sends are being stored, or that pause before their next batch. */
  busyRoomIds: Set<string>;
  /** The number of sends that are queued or being stored. */
  sendCount: number;
  /** The number of rooms for which a statement is waiting for another transaction's lock. */
  roomsAwaitingLock: number;
  isRunning: boolean;
}
const queue = () =>
  once<Queue>("append", () => ({
    queued: new Map(),
    busyRoomIds: new Set(),
    sendCount: 0,
    roomsAwaitingLock: 0,
    isRunning: false,
  }));

/** Adds a send to the queue of its room. */
export function enqueue(queuedSend: QueuedSend, store: StoreBatch): void {
  const state = queue();
  if (state.sendCount >= maxSends) throw new AppError("busy", undefined, undefined, 1_000);
  state.sendCount++;
  const { roomId } = queuedSend.send;
  const sends = state.queued.get(roomId);
  if (sends) sends.push(queuedSend);
  else state.queued.set(roomId, [queuedSend]);
  // A busy room starts its next batch when it becomes free.
  if (!state.busyRoomIds.has(roomId)) start(state, store);
}

/** Starts storing batches, unless `run` is storing them already. */
function start(state: Queue, store: StoreBatch): void {
  if (state.isRunning) return;
  state.isRunning = true;
  // Deferred, so that all messages that arrive in this turn of the event loop share the batch.
  setImmediate(() => void run(state, store));
}

/** Stores one batch after another, until every room with queued sends is busy. */
async function run(state: Queue, store: StoreBatch): Promise<void> {
  for (let batch = takeBatch(state); batch.length > 0; batch = takeBatch(state)) {
    await storeAndFree(state, batch, "skip", store);
    await new Promise((resolve) => setImmediate(resolve));
  }
  state.isRunning = false;
}

/**
 * Takes a batch of sends from rooms that are not busy, and marks these rooms as busy. If only some sends of a room fit, the
 * room moves behind all other rooms.
 */
function takeBatch({ queued, busyRoomIds }: Queue): QueuedSend[] {
  const batch: QueuedSend[] = [];
  let characters = 0;
  for (const [roomId, sends] of queued) {
    if (busyRoomIds.has(roomId)) continue;
    let takenCount = 0;
    for (const { send } of sends) {
      const isFull =
        batch.length + takenCount >= maxBatch.messages || characters + send.body.length > maxBatch.characters;
      // A message that exceeds the limit by itself still gets a batch.
      if (isFull && batch.length + takenCount > 0) break;
      characters += send.body.length;
      takenCount++;
    }
    if (takenCount > 0) {
      busyRoomIds.add(roomId);
      queued.delete(roomId);
      batch.push(...sends.slice(0, takenCount));
    }
    if (takenCount === sends.length) continue;
    queued.set(roomId, sends.slice(takenCount));
    break;
  }
  return batch;
}

/**
 * Stores a batch, puts the sends to retry back into their queues, and frees the rooms after a pause. The sends of a locked room
 * are retried immediately by a statement that waits for the lock, unless too many rooms are already waiting.
 */
async function storeAndFree(
  state: Queue,
  batch: QueuedSend[],
  whenLocked: WhenLocked,
  store: StoreBatch,
): Promise<void> {
  let result: BatchResult = { toRetry: [], lockedRoomIds: new Set(), broadcastMs: new Map() };
  try {
    result = await store(batch, whenLocked);
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
  const { toRetry, lockedRoomIds, broadcastMs } = result;
  state.sendCount -= batch.length - toRetry.length;
  for (const roomId of new Set(batch.map(({ send }) => send.roomId))) {
    const sends = toRetry.filter(({ send }) => send.roomId === roomId);
    const isLocked = lockedRoomIds.has(roomId);
    if (isLocked && state.roomsAwaitingLock < maxRoomsAwaitingLock()) {
      state.roomsAwaitingLock++;
      void storeAndFree(state, sends, "wait", store).finally(() => state.roomsAwaitingLock--);
      continue;
    }
    if (sends.length > 0) state.queued.set(roomId, [...sends, ...(state.queued.get(roomId) ?? [])]);
    freeAfter(state, roomId, isLocked ? maxPauseMs : (broadcastMs.get(roomId) ?? 0), store);
  }
}

const maxRoomsAwaitingLock = () => Math.max(1, Math.floor(env().poolSize * lockWaitShare));

/**
 * Frees a room after `ms`, but no sooner than `roomPauseMs` and no later than `maxPauseMs`. Usually `ms` is how long the
 * room's last broadcast took. A slow broadcast means many subscribers: the pause gathers more messages into fewer, larger frames,
 * which together cost less.
 */
function freeAfter(state: Queue, roomId: string, ms: number, store: StoreBatch): void {
  const free = () => {
    state.busyRoomIds.delete(roomId);
    start(state, store);
  };
  const pauseMs = Math.max(ms, roomPauseMs());
  if (pauseMs < 1) free();
  else setTimeout(free, Math.min(pauseMs, maxPauseMs));
}
