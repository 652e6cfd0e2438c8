import type { Frame } from "@/lib/contract/events";
import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import { mayPost } from "@/lib/policy/room";
import type { Actor } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import { once } from "@/lib/server/once";
import { sendCommitted } from "@/lib/server/realtime";
import { type Given, type Stored, storeAll } from "./append-statement";
import { factsOf, forgetFacts, type RoomFacts } from "./room-facts";

/** A send on its way into the log. */
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

/** Messages of one statement; and characters of all of them, which are told in one frame when they are of one room. */
const batchAtMost = { messages: 256, characters: limits.answer };
const waitingAtMost = 10_000;
/** However many hear in a room, nobody waits longer for it to have rested. */
const restAtMostMs = 20;

const queue = () => once("append", () => ({ waiting: [] as Waiting[], running: false }));

/**
 * Stores a message together with all others that arrive while the commit before is under way, and tells of it. Resolves
 * after the commit; with null when it was not stored because anything about it is not plain (an id that is known, a room that
 * just changed, a refusal): then it is to be sent by the long way, which says what is the matter.
 */
export function append(send: Send): Promise<Message | null> {
  const line = queue();
  if (line.waiting.length >= waitingAtMost) throw new AppError("busy", undefined, undefined, 1_000);
  return new Promise((resolve, reject) => {
    line.waiting.push({ send, resolve, reject });
    if (line.running) return;
    line.running = true;
    // What else arrives in this turn of the loop goes along.
    setImmediate(() => void run());
  });
}

async function run(): Promise<void> {
  const line = queue();
  while (line.waiting.length > 0) {
    const batch = line.waiting.splice(0, fitting(line.waiting));
    let toldMs = 0;
    try {
      toldMs = await flush(batch);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    await rest(toldMs);
  }
  line.running = false;
}

/** How many of them go into one statement. */
function fitting(waiting: Waiting[]): number {
  let characters = 0;
  const end = waiting.findIndex(({ send }, at) => {
    characters += send.body.length;
    return at >= batchAtMost.messages || (at > 0 && characters > batchAtMost.characters);
  });
  return end < 0 ? waiting.length : end;
}

/**
 * Whoever just heard and answers at once comes along with those who waited. Where telling a room takes long, because many
 * hear in it, as long again is left for that: fewer frames with more in each cost less and are there earlier.
 */
function rest(toldMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (toldMs < 1) setImmediate(resolve);
    else setTimeout(resolve, Math.min(toldMs, restAtMostMs));
  });
}

/** Stores them, answers them and tells of them. Resolves to how long telling one room took at most, in milliseconds. */
async function flush(batch: Waiting[]): Promise<number> {
  const facts = await factsOf(batch.map(({ send }) => ({ roomId: send.roomId, personId: send.actor.personId })));
  // Of one id the first send that is plain; the others go the long way and find it stored.
  const sends = new Map<string, Send>();
  for (const { send } of batch) {
    const room = facts.get(send.roomId);
    if (room && isPlain(send, room) && !sends.has(send.id)) sends.set(send.id, send);
  }
  const given = [...sends.values()].map((send) => toGiven(send, facts));
  const began = performance.now();
  const rows = given.length > 0 ? await storeOrNone(given) : [];
  // A result belongs to the send that made it: another one of the same id is to another room, or refused.
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
  const versions = new Map(given.map(({ roomId, version }) => [roomId, version]));
  let longest = 0;
  for (const { frame, logins } of framesOf(rows, messages)) {
    const from = performance.now();
    sendCommitted(frame, { members: versions.get(frame.roomId) ?? -1, logins }, began);
    longest = Math.max(longest, performance.now() - from);
  }
  return longest;
}

function toGiven({ actor, roomId, id, body }: Send, facts: Map<string, RoomFacts>): Given {
  const { organizationId, personId: authorId, sessionId } = actor;
  return { id, organizationId, roomId, version: facts.get(roomId)?.version ?? -1, authorId, sessionId, body };
}

/** What one statement stored, a frame for each room: rows come by room and place. */
function framesOf(rows: Stored[], messages: Map<string, Message>) {
  const frames: { frame: Frame; logins: number }[] = [];
  for (const { id, roomId, seq, base, loginClock } of rows) {
    let last = frames.at(-1);
    if (last?.frame.roomId !== roomId) {
      last = { frame: { roomId, from: base, to: seq, rows: [], room: null }, logins: loginClock };
      frames.push(last);
    }
    last.frame.to = seq;
    last.frame.rows.push(messages.get(id) as Message);
  }
  return frames;
}

/** Two processes may store the same id at once: then none of the batch is stored, and each goes the long way. */
async function storeOrNone(given: Given[]): Promise<Stored[]> {
  try {
    return await storeAll(given);
  } catch (error) {
    if ((error as { code?: string }).code === "23505") return [];
    throw error;
  }
}

function isPlain({ actor }: Send, { organizationId, room, members }: RoomFacts): boolean {
  return organizationId === actor.organizationId && mayPost(actor, room, members.get(actor.personId) ?? null).ok;
}

function present({ actor, roomId, id, body }: Send, { seq, createdAt }: Stored): Message {
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
