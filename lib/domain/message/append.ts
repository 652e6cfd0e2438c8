import type { Frame } from "@/lib/contract/events";
import type { Message } from "@/lib/contract/message";
import { mayPost } from "@/lib/policy/room";
import { hasSameVersions, type ListenerVersions } from "@/lib/server/log-declaration";
import { announceChange } from "@/lib/server/logs";
import { type BatchResult, enqueue, type QueuedSend, type Send } from "./append-queue";
import { type LockedRooms, type MessageToStore, storeAll, type Stored, type StoredMessage } from "./append-statement";
import { newMessage } from "./to-message";
import { factsOf, forgetFacts, type RoomFacts } from "./room-facts";

/**
 * Stores a message and broadcasts it. Messages that arrive while a batch is being committed are stored in the next batch.
 * Resolves after the commit. Resolves to null if no batch stored the message, for instance because the login has ended, the
 * person may not post, or an id in the batch exists already. Then call `sendOne`, which sends it or throws the reason.
 */
export function append(send: Send): Promise<Message | null> {
  return new Promise((resolve, reject) => enqueue({ send, resolve, reject, tries: 0 }, storeBatch));
}

/** A send whose facts were stale is tried again with current facts, this many times in all. Then it resolves to null. */
const triesAtMost = 3;

/** Stores a batch, answers its senders and broadcasts it. */
async function storeBatch(batch: QueuedSend[], lockedRooms: LockedRooms): Promise<BatchResult> {
  const facts = await factsOf(batch.map(({ send }) => ({ roomId: send.roomId, sessionId: send.actor.sessionId })));
  // If several messages have the same id, only the first is stored here. The others get null and go to `sendOne`.
  const toStore = new Map<Send, MessageToStore>();
  const ids = new Set<string>();
  for (const { send } of batch) {
    const room = facts.get(send.roomId);
    if (!room || ids.has(send.id) || !mayAppend(send, room)) continue;
    ids.add(send.id);
    toStore.set(send, messageToStore(send, room.versions));
  }
  const startedAt = performance.now();
  const stored = await storeOrNone([...toStore.values()], lockedRooms);
  const rowsById = new Map(stored.messages.map((row) => [row.id, row]));
  const result: BatchResult = { again: [], locked: new Set(), broadcastMs: new Map() };
  const messages = new Map<string, Message>();
  for (const queued of batch) {
    const { send } = queued;
    const sent = toStore.get(send);
    const row = sent && rowsById.get(send.id);
    if (row) {
      const message = present(send, row);
      messages.set(send.id, message);
      queued.resolve(message);
      continue;
    }
    const versions = stored.rooms.get(send.roomId);
    const isLocked = lockedRooms === "skip" && sent !== undefined && stored.isDone && !versions;
    if (isLocked) result.locked.add(send.roomId);
    else forgetFacts(send.roomId); // stale facts may be the reason why it was not stored
    const isStale = sent && versions && !hasSameVersions(sent.versions, versions);
    if (isLocked || (isStale && ++queued.tries < triesAtMost)) result.again.push(queued);
    else queued.resolve(null);
  }
  for (const frame of framesOf(stored.messages, messages)) {
    const versions = stored.rooms.get(frame.roomId) as ListenerVersions;
    const broadcastAt = performance.now();
    announceChange("room", frame.roomId, { frame, versions, startedAt, isShared: false });
    result.broadcastMs.set(frame.roomId, performance.now() - broadcastAt);
  }
  return result;
}

function messageToStore({ actor, roomId, id, body }: Send, versions: ListenerVersions): MessageToStore {
  return { id, organizationId: actor.organizationId, roomId, versions, authorId: actor.personId, body };
}

function mayAppend({ actor }: Send, { organizationId, room, senders }: RoomFacts): boolean {
  const sender = senders.get(actor.sessionId);
  if (!sender || organizationId !== actor.organizationId || sender.endsAt <= Date.now()) return false;
  return mayPost({ ...actor, role: sender.role }, room, sender.membership).ok;
}

/** Stores nothing if another process stored one of the ids at the same time: the whole statement fails then. */
async function storeOrNone(
  messages: MessageToStore[],
  lockedRooms: LockedRooms,
): Promise<Stored & { isDone: boolean }> {
  const none = { messages: [], rooms: new Map(), isDone: false };
  if (messages.length === 0) return none;
  try {
    return { ...(await storeAll(messages, lockedRooms)), isDone: true };
  } catch (error) {
    const uniqueViolation = "23505";
    if ((error as { code?: string }).code === uniqueViolation) return none;
    throw error;
  }
}

/** One frame for each room. The rows are ordered by room and `seq`. */
function framesOf(rows: StoredMessage[], messages: Map<string, Message>): Frame[] {
  const frames: Frame[] = [];
  for (const { id, roomId, seq, clockBefore } of rows) {
    let last = frames.at(-1);
    if (last?.roomId !== roomId) {
      last = { roomId, from: clockBefore, to: seq, rows: [], room: null };
      frames.push(last);
    }
    last.to = seq;
    last.rows.push(messages.get(id) as Message);
  }
  return frames;
}

function present({ actor, roomId, id, body }: Send, { seq, createdAt }: StoredMessage): Message {
  return newMessage({ id, roomId, authorId: actor.personId, body, seq, createdAt: createdAt.toISOString() });
}
