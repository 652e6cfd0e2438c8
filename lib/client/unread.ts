import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import type { RoomEntry } from "@/lib/contract/room";
import { type Blocked, isBlocked } from "./blocked";
import { type FollowedThreads, isInRoom, readInThread } from "./replies";

/**
 * The `seq` of each unread message from `floor` on. Older unread messages are not in the set, because more than 99 are shown as
 * "99+". Unlike a count, a set stays right when an event arrives twice or late.
 */
export interface Unread {
  seqs: ReadonlySet<number>;
  floor: number;
}

/** Whose unread messages they are, and whose messages do not count. */
interface Reader {
  meId: string;
  blocked: Blocked;
  threads?: FollowedThreads;
}

export function unreadFromEntry(entry: RoomEntry): Unread {
  return { seqs: new Set(entry.unread), floor: entry.unread.length < limits.unread ? 0 : Math.min(...entry.unread) };
}

/** Whether a message is unread in its room for `reader`, who has read up to `lastReadSeq`. */
export function isUnread(message: Message, { meId, blocked, threads }: Reader, lastReadSeq: number): boolean {
  const { kind, deletedAt, authorId, seq } = message;
  if (!isInRoom(message) || seq <= readInThread(threads, message)) return false;
  return kind !== "notice" && !deletedAt && authorId !== meId && seq > lastReadSeq && !isBlocked(blocked, authorId);
}

/** Adds the unread messages among `rows`, and removes those that are no longer unread. */
export function applyToUnread(unread: Unread, rows: readonly Message[], reader: Reader, lastReadSeq: number): Unread {
  const { floor } = unread;
  const seqs = new Set(unread.seqs);
  let changed = false;
  for (const row of rows) {
    if (isUnread(row, reader, lastReadSeq)) {
      if (row.seq < floor || seqs.has(row.seq)) continue;
      seqs.add(row.seq);
      changed = true;
    } else if (seqs.delete(row.seq)) changed = true;
  }
  return changed ? keepNewest(seqs, floor) : unread;
}

/** Adds messages. The new set has all unread messages from `floor` on. */
export function addUnread(unread: Unread, seqs: readonly number[], floor: number): Unread {
  return keepNewest(new Set([...unread.seqs, ...seqs]), floor);
}

/** Keeps the newest `limits.unread` messages of a set. */
function keepNewest(seqs: ReadonlySet<number>, floor: number): Unread {
  if (seqs.size <= limits.unread) return { seqs, floor };
  const newest = [...seqs].toSorted((a, b) => a - b).slice(-limits.unread);
  return { seqs: new Set(newest), floor: newest[0] as number };
}

export function removeRead(unread: Unread, lastReadSeq: number): Unread {
  const remaining = [...unread.seqs].filter((seq) => seq > lastReadSeq);
  return remaining.length === unread.seqs.size ? unread : { seqs: new Set(remaining), floor: unread.floor };
}

/** Removes messages that were deleted after the set was computed. */
export function withoutDeleted(unread: Unread, messages: readonly Message[]): Unread {
  const deleted = messages.filter(({ deletedAt, seq }) => deletedAt && unread.seqs.has(seq));
  if (deleted.length === 0) return unread;
  const seqs = new Set(unread.seqs);
  for (const { seq } of deleted) seqs.delete(seq);
  return { seqs, floor: unread.floor };
}

/** The `seq` of the first unread message of a room; the place after the last read one if the set does not hold it. */
export function firstUnread(room: { unread: Unread; membership: { lastReadSeq: number } } | undefined): number {
  if (!room) return 0;
  const next = room.membership.lastReadSeq + 1;
  return room.unread.floor > next ? next : Math.min(...room.unread.seqs);
}

/** Whether there may be more unread messages than the set holds. If so, show "99+". */
export function isCapped(unread: Unread, lastReadSeq: number): boolean {
  return unread.seqs.size >= limits.unread || unread.floor > lastReadSeq + 1;
}
