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

interface Waiting {
  send: Send;
  resolve: (message: Message | null) => void;
  reject: (error: unknown) => void;
}

/** Limits for one statement. Its characters must fit in one frame, because all messages may be of one room. */
const batchAtMost = { messages: 256, characters: limits.answer };
const waitingAtMost = 10_000;
/** The longest pause between two batches. */
const pauseAtMostMs = 20;

const queue = () => once("append", () => ({ waiting: [] as Waiting[], running: false }));

/**
 * Stores a message in a batch with all others that arrive during the commit before, and broadcasts it. Resolves after the
 * commit. Resolves to null if the batch did not store it: its id exists, its room has just changed, or the person may not
 * post. Call `sendOne` then, which finds out why.
 */
export function append(send: Send): Promise<Message | null> {
  const pending = queue();
  if (pending.waiting.length >= waitingAtMost) throw new AppError("busy", undefined, undefined, 1_000);
  return new Promise((resolve, reject) => {
    pending.waiting.push({ send, resolve, reject });
    if (pending.running) return;
    pending.running = true;
    // Not at once, so that messages that arrive in this turn of the event loop share the batch.
    setImmediate(() => void run());
  });
}

async function run(): Promise<void> {
  const pending = queue();
  while (pending.waiting.length > 0) {
    const batch = pending.waiting.splice(0, fitting(pending.waiting));
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

/** How many of the waiting messages fit in one statement. */
function fitting(waiting: Waiting[]): number {
  let characters = 0;
  const end = waiting.findIndex(({ send }, at) => {
    characters += send.body.length;
    return at >= batchAtMost.messages || (at > 0 && characters > batchAtMost.characters);
  });
  return end < 0 ? waiting.length : end;
}

/**
 * If a broadcast took n ms, waits n ms before the next batch. In a room with many listeners, fewer and larger frames cost less
 * and arrive earlier.
 */
function pauseFor(broadcastMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (broadcastMs < 1) setImmediate(resolve);
    else setTimeout(resolve, Math.min(broadcastMs, pauseAtMostMs));
  });
}

/** Stores, acknowledges and broadcasts a batch. Resolves to how long the slowest broadcast took, in milliseconds. */
async function flush(batch: Waiting[]): Promise<number> {
  const facts = await factsOf(batch.map(({ send }) => ({ roomId: send.roomId, personId: send.actor.personId })));
  // Of sends with the same id only the first: the others go to `sendOne`, which finds it stored.
  const sends = new Map<string, Send>();
  for (const { send } of batch) {
    const room = facts.get(send.roomId);
    if (room && mayAppend(send, room) && !sends.has(send.id)) sends.set(send.id, send);
  }
  const toStore = [...sends.values()].map((send) => messageToStore(send, facts));
  const began = performance.now();
  const rows = toStore.length > 0 ? await storeOrNone(toStore) : [];
  // A result belongs to the send that was stored, not to another one with the same id.
  const results = new Map<Send, Message>();
  for (const row of rows) {
    const send = sends.get(row.id);
    if (send) results.set(send, present(send, row));
  }
  for (const { send, resolve } of batch) {
    const message = results.get(send) ?? null;
    if (!message) forgetFacts(send.roomId);
    resolve(message);
  }
  const messages = new Map([...results.values()].map((message) => [message.id, message]));
  const versions = new Map(toStore.map(({ roomId, version }) => [roomId, version]));
  let longest = 0;
  for (const { frame, logins } of framesOf(rows, messages)) {
    const from = performance.now();
    sendCommitted(frame, { members: versions.get(frame.roomId) ?? -1, logins }, began);
    longest = Math.max(longest, performance.now() - from);
  }
  return longest;
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

/** If another process stores one of the ids at the same time, the whole batch fails: then each goes to `sendOne`. */
async function storeOrNone(messages: MessageToStore[]): Promise<StoredMessage[]> {
  try {
    return await storeAll(messages);
  } catch (error) {
    if ((error as { code?: string }).code === "23505") return [];
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
