import type { Frame } from "@/lib/contract/events";
import type { Message } from "@/lib/contract/message";
import type { Membership, RoomEntry, RoomSync } from "@/lib/contract/room";
import { allMessages, newestMessages, putRows, rangeAt } from "./ranges";
import { createRoom, mergeMembership, newerRoom, type RoomState } from "./room-state";
import { mergeRows, messageAt } from "./rows";
import { applyToUnread, readUpTo, unreadOf, withoutDeleted } from "./unread";

/** How many frames with a gap before them a room keeps. If there are more, the oldest are dropped; `sync` fetches their rows. */
const earlyAtMost = 64;

/** The fields that a frame and a `sync` answer have in common. */
type Span = Pick<Frame, "from" | "to" | "rows" | "room">;

/**
 * Applies a frame, unless it was applied already. A frame that begins after the state's clock is kept until the gap before it
 * is filled.
 */
export function applyFrame(state: RoomState, frame: Frame): RoomState {
  if (frame.to <= state.clock) return state;
  if (frame.from <= state.clock) return applyEarly(applySpan(state, frame));
  return { ...state, early: [...state.early, frame].slice(-earlyAtMost) };
}

/** Applies the answer to a `sync` about one room that still exists. */
export function applySync(state: RoomState, answer: Exclude<RoomSync, { kind: "gone" }>): RoomState {
  if (answer.kind === "limited") return startOver(state, answer.entry);
  const applies = answer.from <= state.clock && state.clock < answer.to;
  return applyEarly(applies ? applySpan(state, answer) : state);
}

/** Drops everything that is loaded of the log, because too much was missed. What somebody looks at is loaded again. */
function startOver(state: RoomState, entry: RoomEntry): RoomState {
  // Frames filled the gap while the answer was on its way, so the state is newer.
  if (entry.clock <= state.clock) return applyEarly(state);
  const membership = mergeMembership(state.membership, entry.membership);
  // Rows from replies may be newer than the entry.
  const newer = allMessages(state.ranges).filter((message) => message.changedSeq > entry.clock);
  const unread = readUpTo(unreadOf(entry), membership.lastReadSeq);
  return applyEarly({
    ...createRoom(entry, state.meId),
    room: newerRoom(entry.room, state.room),
    membership,
    unread: applyToUnread(unread, newer, state.meId, membership.lastReadSeq),
    lastMessage: lastOrOurs(state, entry),
    awaiting: state.awaiting.map((page) => ({ ...page, since: entry.clock })),
    early: state.early,
  });
}

function applySpan(state: RoomState, span: Span): RoomState {
  return { ...withRows(state, span.rows), room: newerRoom(state.room, span.room), clock: span.to };
}

/** Applies the kept frames that now follow the clock, and drops those that are not needed any more. */
function applyEarly(state: RoomState): RoomState {
  let now = state;
  for (const frame of state.early.toSorted((a, b) => a.from - b.from)) {
    if (frame.from <= now.clock && now.clock < frame.to) now = applySpan(now, frame);
  }
  const early = state.early.filter((frame) => frame.to > now.clock);
  return early.length === state.early.length ? now : { ...now, early };
}

/** Applies new states of messages, from a frame or from the reply to a call. */
export function withRows(state: RoomState, rows: readonly Message[]): RoomState {
  if (rows.length === 0) return state;
  const { membership, unread } = readByOwnMessages(state, rows);
  const ranges = putRows(state.ranges, rows);
  return {
    ...state,
    ranges,
    lastMessage: lastAfter(state.lastMessage, rows, newestMessages(ranges)),
    membership,
    unread: applyToUnread(unread, withoutStale(state, rows), state.meId, membership.lastReadSeq),
    awaiting: state.awaiting.map((page) => ({ ...page, rows: mergeRows(page.rows, rows) })),
  };
}

/** Moves my read position to my newest message in `rows`: sending a message marks the room as read. */
function readByOwnMessages(state: RoomState, rows: readonly Message[]): RoomState {
  const mine = rows.filter((row) => row.authorId === state.meId && row.kind === "person");
  const lastReadSeq = Math.max(0, ...mine.map((row) => row.seq));
  return applyRead(state, { ...state.membership, lastReadSeq });
}

/** Leaves out rows that are older than the loaded state: they must not make a deleted message unread again. */
function withoutStale({ ranges }: RoomState, rows: readonly Message[]): readonly Message[] {
  return rows.filter((row) => {
    const range = rangeAt(ranges, row.seq);
    return row.changedSeq >= ((range && messageAt(range.messages, row.seq)?.changedSeq) ?? 0);
  });
}

/** The room's last message for the sidebar: the newest that is neither a notice nor deleted. */
export function lastAfter(last: Message | null, rows: readonly Message[], newest: readonly Message[]): Message | null {
  const next = rows.reduce(laterOf, last);
  // It was deleted: take the one before it, if that is loaded.
  return next?.deletedAt ? (newest.findLast(hasText) ?? null) : next;
}

/** The entry's last message, or ours if it was sent or changed after the server read the entry. */
function lastOrOurs({ lastMessage }: RoomState, entry: RoomEntry): Message | null {
  if (lastMessage && lastMessage.changedSeq > entry.clock) return lastMessage;
  return entry.lastMessage;
}

function laterOf(last: Message | null, row: Message): Message | null {
  if (row.id === last?.id) return row.changedSeq > last.changedSeq ? row : last;
  return hasText(row) && (!last || row.seq > last.seq) ? row : last;
}

function hasText(message: Message): boolean {
  return message.kind !== "notice" && !message.deletedAt;
}

/** I have read up to here, on this device or another. */
export function applyRead(state: RoomState, membership: Membership): RoomState {
  const merged = mergeMembership(state.membership, membership);
  if (merged === state.membership) return state;
  return { ...state, membership: merged, unread: readUpTo(state.unread, merged.lastReadSeq) };
}

/** Applies the room's entry from a home or a reply. The loaded messages stay; frames and `sync` bring them up to date. */
export function applyEntry(state: RoomState, entry: RoomEntry): RoomState {
  const read = applyRead(state, entry.membership);
  const room = newerRoom(state.room, entry.room);
  if (entry.clock <= state.clock) return room === state.room ? read : { ...read, room };
  // The entry is newer than the loaded messages, so its unread messages and last message replace ours.
  return {
    ...read,
    room,
    unread: withoutDeleted(readUpTo(unreadOf(entry), read.membership.lastReadSeq), allMessages(state.ranges)),
    lastMessage: lastOrOurs(state, entry),
  };
}
