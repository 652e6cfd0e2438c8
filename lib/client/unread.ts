import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import type { RoomEntry } from "@/lib/contract/room";
import { type Blocked, isBlocked } from "./blocked";
import { type FollowedThreads, isInRoom, readInThread } from "./replies";

/**
 * The `seq` of each message that counts, from `floor` on. Older ones are not in the set, because more than 99 are shown as "99+".
 * Unlike a count, a set stays right when an event arrives twice or late.
 */
interface Counted {
  seqs: ReadonlySet<number>;
  floor: number;
}

/** The unread messages, and those of them that mention me, which can be older. */
export interface Unread extends Counted {
  mentions: Counted;
}

/** Whose unread messages they are, and whose messages do not count. */
interface Reader {
  meId: string;
  blocked: Blocked;
  threads?: FollowedThreads;
}

export function unreadFromEntry({ unread, mentions = [] }: Pick<RoomEntry, "unread"> & Partial<RoomEntry>): Unread {
  return { ...countedFrom(unread), mentions: countedFrom(mentions) };
}

const countedFrom = (seqs: readonly number[]): Counted => ({
  seqs: new Set(seqs),
  floor: seqs.length < limits.unread ? 0 : Math.min(...seqs),
});

/** Whether a message is unread in its room for `reader`, who has read up to `lastReadSeq`. */
export function isUnread(message: Message, { meId, blocked, threads }: Reader, lastReadSeq: number): boolean {
  const { kind, deletedAt, authorId, seq } = message;
  if (!isInRoom(message) || seq <= readInThread(threads, message)) return false;
  return kind !== "notice" && !deletedAt && authorId !== meId && seq > lastReadSeq && !isBlocked(blocked, authorId);
}

/** Whether a message mentions me. A message of the previous version has no mentions. */
export const isMention = ({ mentions, isForMe }: Pick<Message, "mentions" | "isForMe">, meId: string): boolean =>
  isForMe === true ||
  Object.values(mentions ?? {}).some(
    ({ kind, ...target }) => kind === "room" || ("id" in target && target.id === meId),
  );

/** Whether a message mentions me by name, and not only a group or a room that I am in. */
export const mentionsMe = ({ mentions }: Pick<Message, "mentions">, meId: string): boolean =>
  Object.values(mentions ?? {}).some((target) => target.kind === "person" && target.id === meId);

/** Changes both sets. Returns `unread` itself if neither changed. */
function changeBoth(unread: Unread, change: (counted: Counted, isOfMentions: boolean) => Counted): Unread {
  const [all, mentions] = [change(unread, false), change(unread.mentions, true)];
  if (all === unread && mentions === unread.mentions) return unread;
  return { seqs: all.seqs, floor: all.floor, mentions };
}

/** Combines the sets of two states: the unread messages, and the mentions. */
export const mergeUnread = (a: Unread, b: Unread, merge: (a: Counted, b: Counted) => Counted): Unread => ({
  ...merge(a, b),
  mentions: merge(a.mentions, b.mentions),
});

/** Adds the unread messages among `rows`, and removes those that are no longer unread, or no longer mention me. */
export function applyToUnread(unread: Unread, rows: readonly Message[], reader: Reader, lastReadSeq: number): Unread {
  return changeBoth(unread, (counted, isOfMentions) => {
    const seqs = new Set(counted.seqs);
    let changed = false;
    for (const row of rows) {
      if (isUnread(row, reader, lastReadSeq) && (!isOfMentions || isMention(row, reader.meId))) {
        if (row.seq < counted.floor || seqs.has(row.seq)) continue;
        seqs.add(row.seq);
        changed = true;
      } else if (seqs.delete(row.seq)) changed = true;
    }
    return changed ? keepNewest(seqs, counted.floor) : counted;
  });
}

/** A message that is unread again, and whether it mentions me. */
export interface UnreadAgain {
  seq: number;
  isMention: boolean;
}

/** Removes messages from both sets, and adds others to those in which they belong. */
export function changeUnread(unread: Unread, read: readonly number[], again: readonly UnreadAgain[] = []): Unread {
  return changeBoth(unread, (counted, isOfMentions) => {
    const added = again.filter((each) => each.seq >= counted.floor && (!isOfMentions || each.isMention));
    const seqs = new Set([...counted.seqs, ...added.map(({ seq }) => seq)]);
    for (const seq of read) seqs.delete(seq);
    const isSame = seqs.size === counted.seqs.size && read.every((seq) => !counted.seqs.has(seq));
    return isSame ? counted : keepNewest(seqs, counted.floor);
  });
}

/** Adds messages. The new set has all that count from `floor` on. */
export function addCounted(counted: Counted, seqs: readonly number[], floor: number): Counted {
  return keepNewest(new Set([...counted.seqs, ...seqs]), floor);
}

/** Keeps the newest `limits.unread` messages of a set. */
function keepNewest(seqs: ReadonlySet<number>, floor: number): Counted {
  if (seqs.size <= limits.unread) return { seqs, floor };
  const newest = [...seqs].toSorted((a, b) => a - b).slice(-limits.unread);
  return { seqs: new Set(newest), floor: newest[0] as number };
}

export function removeRead(unread: Unread, lastReadSeq: number): Unread {
  return changeBoth(unread, (counted) => {
    const remaining = [...counted.seqs].filter((seq) => seq > lastReadSeq);
    return remaining.length === counted.seqs.size ? counted : { seqs: new Set(remaining), floor: counted.floor };
  });
}

/** The `seq` of the first unread message of a room; the place after the last read one if the set does not hold it. */
export function firstUnread(room: { unread: Unread; membership: { lastReadSeq: number } } | undefined): number {
  if (!room) return 0;
  const next = room.membership.lastReadSeq + 1;
  return room.unread.floor > next ? next : Math.min(...room.unread.seqs);
}

/** Whether there may be more messages than the set holds. If so, show "99+". */
export function isCapped(counted: Counted, lastReadSeq: number): boolean {
  return counted.seqs.size >= limits.unread || counted.floor > lastReadSeq + 1;
}
