import type { Frame } from "@/lib/contract/events";
import type { Message } from "@/lib/contract/message";
import { mayPost } from "@/lib/policy/room";
import { hasSameVersions, type ListenerVersions } from "@/lib/server/log-declaration";
import { remainingMs } from "@/lib/server/deadline";
import { announceChange } from "@/lib/server/logs";
import { type BatchResult, enqueue, type QueuedSend, type Send } from "./append-queue";
import { type MessageToStore, storeAll, type Stored, type StoredMessage, type WhenLocked } from "./append-statement";
import { newMessage } from "./to-message";
import { factsOf, forgetFacts, type RoomFacts } from "./room-facts";

/**
 * Stores a message together with others in a batch, and broadcasts it. Messages that arrive during the commit of a batch are
 * stored in the next batch. Resolves after the commit. Resolves to null if no batch stored the message, for example because the
 * session has ended, the person may not post, quote a message or reply in a thread, or an id in the batch already exists. Then call
 * `sendOne`, which sends the message or throws the reason why it cannot be sent.
 */
export function append(send: Send): Promise<Message | null> {
  return new Promise((resolve, reject) => enqueue({ send, resolve, reject, staleCount: 0 }, storeBatch));
}

/** If the cached facts about its room are stale, a send is tried in this many batches. Then it resolves to null. */
const maxTries = 3;

/** Stores a batch, answers its senders and broadcasts it. */
async function storeBatch(batch: QueuedSend[], whenLocked: WhenLocked): Promise<BatchResult> {
  const facts = await factsOf(batch.map(({ send }) => ({ roomId: send.roomId, sessionId: send.actor.sessionId })));
  // If several messages have the same id, only the first is stored here. The others resolve to null, so `sendOne` decides.
  const toStore = new Map<Send, MessageToStore>();
  const ids = new Set<string>();
  for (const { send } of batch) {
    const room = facts.get(send.roomId);
    if (!room || ids.has(send.id) || !mayAppend(send, room)) continue;
    ids.add(send.id);
    toStore.set(send, messageToStore(send, room));
  }
  const startedAt = performance.now();
  const stored = await storeOrNone([...toStore.values()], whenLocked);
  const rowsById = new Map(stored.messages.map((row) => [row.id, row]));
  const result: BatchResult = { toRetry: [], lockedRoomIds: new Set(), broadcastMs: new Map() };
  const messagesById = new Map<string, Message>();
  for (const queued of batch) {
    const { send } = queued;
    const attempt = toStore.get(send);
    const row = attempt && rowsById.get(send.id);
    if (row) {
      const message = toMessage(send, row);
      messagesById.set(send.id, message);
      queued.resolve(message);
      continue;
    }
    const versions = stored.rooms.get(send.roomId);
    const isLocked = whenLocked === "skip" && attempt !== undefined && stored.succeeded && !versions;
    if (isLocked) result.lockedRoomIds.add(send.roomId);
    else forgetFacts(send.roomId); // stale facts may be the reason why the message was not stored
    const isStale = attempt && versions && !hasSameVersions(attempt.versions, versions);
    if (isLocked || (isStale && ++queued.staleCount < maxTries)) result.toRetry.push(queued);
    else queued.resolve(null);
  }
  for (const frame of framesOf(stored.messages, messagesById)) {
    // Only a pull counts the replies of a thread.
    if (frame.rows.some(({ threadId }) => threadId)) {
      announceChange("room", frame.roomId);
      continue;
    }
    const versions = stored.rooms.get(frame.roomId) as ListenerVersions;
    const broadcastAt = performance.now();
    announceChange("room", frame.roomId, { frame, versions, startedAt, isShared: false });
    result.broadcastMs.set(frame.roomId, performance.now() - broadcastAt);
  }
  return result;
}

function messageToStore(send: Send, { versions, senders }: RoomFacts): MessageToStore {
  const { actor, roomId, id, body, replyToId: quotedId, threadId, alsoInRoom = false, mentions, receivedAt } = send;
  const { organizationId, personId: authorId } = actor;
  const floorSeq = senders.get(actor.sessionId)?.membership?.floorSeq ?? 0;
  const reply = threadId === undefined ? null : { threadId, alsoInRoom };
  const names = { id, organizationId, roomId, versions, authorId };
  return { ...names, body, quotedId, reply, floorSeq, mentions, remainingMs: Math.round(remainingMs(receivedAt)) };
}

function mayAppend({ actor }: Send, { organizationId, room, senders }: RoomFacts): boolean {
  const sender = senders.get(actor.sessionId);
  if (!sender || organizationId !== actor.organizationId || sender.validUntil <= Date.now()) return false;
  return mayPost({ ...actor, role: sender.role }, room, sender.membership).ok;
}

/** Stores nothing if another process stored one of the ids at the same time, because then the whole statement fails. */
async function storeOrNone(
  messages: MessageToStore[],
  whenLocked: WhenLocked,
): Promise<Stored & { succeeded: boolean }> {
  const none = { messages: [], rooms: new Map(), succeeded: false };
  if (messages.length === 0) return none;
  try {
    return { ...(await storeAll(messages, whenLocked)), succeeded: true };
  } catch (error) {
    const uniqueViolation = "23505";
    if ((error as { code?: string }).code === uniqueViolation) return none;
    throw error;
  }
}

/** Returns one frame for each room. `rows` are ordered by room and `seq`. */
function framesOf(rows: StoredMessage[], messagesById: Map<string, Message>): Frame[] {
  const frames: Frame[] = [];
  for (const { id, roomId, seq, clockBefore } of rows) {
    let frame = frames.at(-1);
    if (frame?.roomId !== roomId) {
      frame = { roomId, from: clockBefore, to: seq, rows: [], room: null };
      frames.push(frame);
    }
    frame.to = seq;
    frame.rows.push(messagesById.get(id) as Message);
  }
  return frames;
}

function toMessage(send: Send, { seq, createdAt }: StoredMessage): Message {
  const { actor, roomId, id, body, replyToId, threadId = null, alsoInRoom = false, mentions } = send;
  const place = { id, roomId, replyToId, threadId, alsoInRoom, seq };
  return newMessage({ ...place, authorId: actor.personId, body, mentions, createdAt: createdAt.toISOString() });
}
