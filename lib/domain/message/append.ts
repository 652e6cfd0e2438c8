import type { Frame } from "@/lib/contract/events";
import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import { mayPost } from "@/lib/policy/room";
import type { Actor } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import { once } from "@/lib/server/once";
import { sendCommitted } from "@/lib/server/realtime";
import { type MessageToStore, storeAll, type StoredMessage } from "./append-statement";
import { factsOf, forgetFacts, type RoomFacts } from "./room-facts";

/** A message that an actor wants to send. */
export interface Send {
  actor: Actor;
  roomId: string;
  id: string;
  body: string;
}

interface QueuedMessage {
  send: Send;
  resolve: (message: Message | null) => void;
  reject: (error: unknown) => void;
}

/** Limits for one batch. All its messages may be in one room, and then must fit in one frame. */
const batchAtMost = { messages: 256, characters: limits.answer };
/** The most messages that wait in this process. */
const waitingAtMost = 10_000;
/** The longest pause between two batches. */
const pauseAtMostMs = 20;

const queue = () => once("append", () => ({ waiting: [] as QueuedMessage[], running: false }));

/**
 * Stores a message and broadcasts it. Messages that arrive while a batch is being committed are stored in the next batch.
 * Resolves after the commit. Resolves to null if the batch did not store the message, for instance because its room has just
 * changed, the login has ended, the person may not post, or an id in the batch exists already. Then call `sendOne`, which sends
 * it or throws the reason.
 */
export function append(send: Send): Promise<Message | null> {
  const pending = queue();
  if (pending.waiting.length >= waitingAtMost) throw new AppError("busy", undefined, undefined, 1_000);
  return new Promise((resolve, reject) => {
    pending.waiting.push({ send, resolve, reject });
    if (pending.running) return;
    pending.running = true;
    // Deferred, so that all messages that arrive in this turn of the event loop share the batch.
    setImmediate(() => void run());
  });
}

async function run(): Promise<void> {
  const pending = queue();
  while (pending.waiting.length > 0) {
    const batch = pending.waiting.splice(0, batchSize(pending.waiting));
    let broadcastMs = 0;
    try {
      broadcastMs = await flush(batch);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    await pauseFor(broadcastMs);
  }
  pending.running = false;
}

/** How many of the waiting messages fit in one batch. */
function batchSize(waiting: QueuedMessage[]): number {
  let characters = 0;
  const end = waiting.findIndex(({ send }, at) => {
    characters += send.body.length;
    return at >= batchAtMost.messages || (at > 0 && characters > batchAtMost.characters);
  });
  return end < 0 ? waiting.length : end;
}

/**
 * Waits as long as the slowest of the last broadcasts took, up to `pauseAtMostMs`. In a room with many subscribers, fewer and
 * larger frames cost less and arrive earlier.
 */
function pauseFor(broadcastMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (broadcastMs < 1) setImmediate(resolve);
    else setTimeout(resolve, Math.min(broadcastMs, pauseAtMostMs));
  });
}

/** Stores a batch, answers its senders and broadcasts it. Resolves to the duration of the slowest broadcast, in milliseconds. */
async function flush(batch: QueuedMessage[]): Promise<number> {
  const facts = await factsOf(batch.map(({ send }) => ({ roomId: send.roomId, personId: send.actor.personId })));
  // If several messages have the same id, only the first is stored here. The others get null and go to `sendOne`.
  const sends = new Map<string, Send>();
  for (const { send } of batch) {
    const room = facts.get(send.roomId);
    if (room && mayAppend(send, room) && !sends.has(send.id)) sends.set(send.id, send);
  }
  const toStore = [...sends.values()].map((send) => messageToStore(send, facts));
  const startedAt = performance.now();
  const rows = toStore.length > 0 ? await storeOrNone(toStore) : [];
  // The key is the object and not its id: another message in the batch may have the same id.
  const results = new Map<Send, Message>();
  for (const row of rows) {
    const send = sends.get(row.id);
    if (send) results.set(send, present(send, row));
  }
  for (const { send, resolve } of batch) {
    const message = results.get(send) ?? null;
    // Perhaps it was not stored because the cached facts are stale.
    if (!message) forgetFacts(send.roomId);
    resolve(message);
  }
  const messages = new Map([...results.values()].map((message) => [message.id, message]));
  const roomVersions = new Map(toStore.map(({ roomId, version }) => [roomId, version]));
  let longestMs = 0;
  for (const { frame, logins } of framesOf(rows, messages)) {
    const broadcastAt = performance.now();
    sendCommitted(frame, { members: roomVersions.get(frame.roomId) ?? -1, logins }, startedAt);
    longestMs = Math.max(longestMs, performance.now() - broadcastAt);
  }
  return longestMs;
}

function messageToStore({ actor, roomId, id, body }: Send, facts: Map<string, RoomFacts>): MessageToStore {
  const { organizationId, personId: authorId, sessionId } = actor;
  return { id, organizationId, roomId, version: facts.get(roomId)?.version ?? -1, authorId, sessionId, body };
}

/** One frame for each room. The rows are ordered by room and `seq`. */
function framesOf(rows: StoredMessage[], messages: Map<string, Message>) {
  const frames: { frame: Frame; logins: number }[] = [];
  for (const { id, roomId, seq, clockBefore, loginClock } of rows) {
    let last = frames.at(-1);
    if (last?.frame.roomId !== roomId) {
      last = { frame: { roomId, from: clockBefore, to: seq, rows: [], room: null }, logins: loginClock };
      frames.push(last);
    }
    last.frame.to = seq;
    last.frame.rows.push(messages.get(id) as Message);
  }
  return frames;
}

/** Returns no rows if another process stored one of the ids at the same time: the whole statement fails then. */
async function storeOrNone(messages: MessageToStore[]): Promise<StoredMessage[]> {
  try {
    return await storeAll(messages);
  } catch (error) {
    const uniqueViolation = "23505";
    if ((error as { code?: string }).code === uniqueViolation) return [];
    throw error;
  }
}

function mayAppend({ actor }: Send, { organizationId, room, members }: RoomFacts): boolean {
  return organizationId === actor.organizationId && mayPost(actor, room, members.get(actor.personId) ?? null).ok;
}

function present({ actor, roomId, id, body }: Send, { seq, createdAt }: StoredMessage): Message {
  return {
    id,
    roomId,
    authorId: actor.personId,
    kind: "person",
    body,
    notice: null,
    seq,
    changedSeq: seq,
    createdAt: createdAt.toISOString(),
    editedAt: null,
    deletedAt: null,
  };
}
