import type { Frame } from "@/lib/contract/events";
import type { Message } from "@/lib/contract/message";
import type { Membership, RoomEntry, RoomSync } from "@/lib/contract/room";
import { allMessages, newestMessages, putRows, rangeAt } from "./ranges";
import { createRoom, mergeMembership, newerRoom, rememberOwnSeq, type RoomState } from "./room-state";
import { mergeRows, messageAt } from "./rows";
import { addUnread, applyToUnread, removeRead, type Unread, unreadFromEntry, withoutDeleted } from "./unread";

// A log is all messages of a room. The server numbers the changes of the log; the latest number is the room's clock. A frame is
// an event with the changes between two clocks.

/** At most this many frames after a gap are buffered in a room. If one is dropped, `sync` fetches its rows. */
const maxBufferedFrames = 64;

/** A room remembers at most this many deleted messages. */
const maxDeletions = 100;

/** The fields that a frame and a `sync` answer have in common. */
type Changes = Pick<Frame, "from" | "to" | "rows" | "room">;

/**
 * Applies a frame, unless it is already applied. A frame that begins after the state's clock is kept until the gap before it is
 * filled.
 */
export function applyFrame(state: RoomState, frame: Frame): RoomState {
  if (frame.to <= state.clock) return state;
  if (frame.from <= state.clock) return applyBufferedFrames(applyChanges(state, frame));
  return { ...state, bufferedFrames: [...state.bufferedFrames, frame].slice(-maxBufferedFrames) };
}

/** Applies the answer to a `sync` about one room that still exists. */
export function applySync(state: RoomState, answer: Exclude<RoomSync, { kind: "gone" }>): RoomState {
  if (answer.kind === "limited") return resetToEntry(state, answer.entry);
  const applies = answer.from <= state.clock && state.clock < answer.to;
  return applyBufferedFrames(applies ? applyChanges(state, answer) : state);
}

/**
 * Replaces the state with an entry, because too many changes were missed. Drops all loaded messages, and the screen requests its
 * part of the log again. If the state is already as new as the entry, nothing is dropped.
 */
function resetToEntry(current: RoomState, entry: RoomEntry): RoomState {
  if (hasOtherFloor(current, entry)) return createRoom(entry, current.meId);
  const state = rememberOwnSeq(current, entry.membership);
  // If frames filled the gap while the answer was on its way, the state is newer.
  if (entry.clock <= state.clock) return applyBufferedFrames(state);
  const membership = mergeMembership(state, entry.membership);
  // Messages from the answers to our own requests may be newer than the entry.
  const newerMessages = allMessages(state.ranges).filter((message) => message.changedSeq > entry.clock);
  const unread = unreadWith(entry, state, membership);
  return applyBufferedFrames({
    ...createRoom(entry, state.meId),
    room: newerRoom(entry.room, state.room),
    membership,
    unread: applyToUnread(unread, newerMessages, state.meId, membership.lastReadSeq),
    unreadClock: Math.max(state.unreadClock, entry.clock),
    lastMessage: newerLastMessage(state, entry),
    pendingPages: state.pendingPages.map((page) => ({ ...page, minClock: entry.clock })),
    bufferedFrames: state.bufferedFrames,
    ownSeq: state.ownSeq,
    pendingReadSeq: state.pendingReadSeq,
    deletions: state.deletions,
  });
}

function applyChanges(state: RoomState, changes: Changes): RoomState {
  return {
    ...applyRows(state, changes.rows),
    room: newerRoom(state.room, changes.room),
    clock: changes.to,
    unreadClock: Math.max(state.unreadClock, changes.to),
  };
}

/** Applies the buffered frames that no longer have a gap before them. Drops the frames that the state already contains. */
function applyBufferedFrames(state: RoomState): RoomState {
  let current = state;
  for (const frame of state.bufferedFrames.toSorted((a, b) => a.from - b.from)) {
    if (frame.from <= current.clock && current.clock < frame.to) current = applyChanges(current, frame);
  }
  const bufferedFrames = state.bufferedFrames.filter((frame) => frame.to > current.clock);
  return bufferedFrames.length === state.bufferedFrames.length ? current : { ...current, bufferedFrames };
}

/** Applies new states of messages, from a frame or from the answer to a request. */
export function applyRows(state: RoomState, rows: readonly Message[]): RoomState {
  if (rows.length === 0) return state;
  const { membership, unread, ownSeq } = markReadUpToOwnMessage(state, rows);
  const ranges = putRows(state.ranges, rows);
  const deletions = rows.filter(({ deletedAt }) => deletedAt);
  return {
    ...state,
    ranges,
    deletions: deletions.length > 0 ? [...state.deletions, ...deletions].slice(-maxDeletions) : state.deletions,
    lastMessage: lastMessageAfter(state.lastMessage, rows, newestMessages(ranges)),
    membership,
    ownSeq,
    unread: applyToUnread(unread, rowsNotInUnread(state, rows), state.meId, membership.lastReadSeq),
    pendingPages: state.pendingPages.map((page) => ({ ...page, rows: mergeRows(page.rows, rows) })),
  };
}

/** Moves my read position to my newest message in `rows`, because sending a message marks the room as read. */
export function markReadUpToOwnMessage(state: RoomState, rows: readonly Message[]): RoomState {
  const mine = rows.filter((row) => row.authorId === state.meId && row.kind === "person");
  const ownSeq = Math.max(state.ownSeq, ...mine.map((row) => row.seq));
  return ownSeq === state.ownSeq ? state : putMembership({ ...state, ownSeq }, state.membership);
}

/**
 * The rows whose changes are not in `unread` yet, and all deleted rows. A row that is older than the loaded version of its
 * message is left out, because that message may have been deleted since.
 */
export function rowsNotInUnread({ ranges, unreadClock }: RoomState, rows: readonly Message[]): readonly Message[] {
  return rows.filter((row) => {
    if (row.deletedAt) return true;
    const range = rangeAt(ranges, row.seq);
    const loaded = range && messageAt(range.messages, row.seq);
    return row.changedSeq > unreadClock && row.changedSeq >= (loaded?.changedSeq ?? 0);
  });
}

/** The room's last message for the sidebar: the newest message that is neither a notice nor deleted. */
export function lastMessageAfter(
  lastMessage: Message | null,
  rows: readonly Message[],
  newest: readonly Message[],
): Message | null {
  const next = rows.reduce(laterMessage, lastMessage);
  // If the last message was deleted, take the one before it, if it is loaded.
  return next?.deletedAt ? (newest.findLast(isShownInSidebar) ?? null) : next;
}

/** The entry's last message, or the state's last message if it was sent or changed after the entry was read. */
function newerLastMessage({ lastMessage }: RoomState, entry: RoomEntry): Message | null {
  if (lastMessage && lastMessage.changedSeq > entry.clock) return lastMessage;
  return entry.lastMessage;
}

function laterMessage(lastMessage: Message | null, row: Message): Message | null {
  if (row.id === lastMessage?.id) return row.changedSeq > lastMessage.changedSeq ? row : lastMessage;
  return isShownInSidebar(row) && (!lastMessage || row.seq > lastMessage.seq) ? row : lastMessage;
}

function isShownInSidebar(message: Message): boolean {
  return message.kind !== "notice" && !message.deletedAt;
}

/**
 * Applies a newer state of my membership. An earlier read position means that I marked the room as unread. This state is then
 * ignored, because the server also sends an entry, which lists the unread messages.
 */
export function applyMembership(state: RoomState, received: Membership): RoomState {
  return putMembership(rememberOwnSeq(state, received), received);
}

function putMembership(state: RoomState, received: Membership): RoomState {
  const membership = mergeMembership(state, received);
  if (membership === state.membership || movesReadBack(membership, state)) return state;
  return { ...state, membership, unread: removeRead(state.unread, membership.lastReadSeq) };
}

const movesReadBack = ({ lastReadSeq }: Membership, { membership }: RoomState) => lastReadSeq < membership.lastReadSeq;

/** Call when I have read up to `seq` on this device and the server has not confirmed this yet. */
export function markReadOnThisDevice(state: RoomState, seq: number): RoomState {
  return putMembership({ ...state, pendingReadSeq: seq }, state.membership);
}

/** Call when the server has received this read position, or when it must no longer be sent. */
export function forgetPendingRead(state: RoomState, seq = state.pendingReadSeq): RoomState {
  return state.pendingReadSeq === seq && seq > 0 ? { ...state, pendingReadSeq: 0 } : state;
}

/** Whether I joined again and now see the log from another message on. All messages that were loaded before are then dropped. */
const hasOtherFloor = ({ membership }: RoomState, { membership: received }: RoomEntry): boolean =>
  received.joinedSeq > membership.joinedSeq && received.floorSeq !== membership.floorSeq;

/**
 * Applies the room's entry from the list of my rooms. The loaded messages stay, and frames and `sync` bring them up to date. They
 * are dropped only if I now see the log from another message on.
 */
export function applyEntry(current: RoomState, entry: RoomEntry): RoomState {
  if (hasOtherFloor(current, entry)) return createRoom(entry, current.meId);
  const isLatest = entry.membership.tick >= current.membership.tick;
  const changesRequestCount = isLatest && entry.requestCount !== current.requestCount;
  const state = rememberOwnSeq(
    changesRequestCount ? { ...current, requestCount: entry.requestCount } : current,
    entry.membership,
  );
  const membership = mergeMembership(state, entry.membership);
  const room = newerRoom(state.room, entry.room);
  const isNewer = entry.clock > state.clock;
  if (!isNewer && !movesReadBack(membership, state))
    return applyMembership(room === state.room ? state : { ...state, room }, entry.membership);
  return {
    ...state,
    room,
    membership,
    unread: unreadWith(entry, state, membership),
    unreadClock: Math.max(state.unreadClock, entry.clock),
    lastMessage: isNewer ? newerLastMessage(state, entry) : state.lastMessage,
  };
}

/**
 * The unread messages after an entry. If the entry is newer, they are the entry's, otherwise the state's. If I marked the room as
 * unread, messages of an older entry are added to the state's. `membership` may be newer than both.
 */
function unreadWith(entry: RoomEntry, state: RoomState, membership: Membership): Unread {
  const { unread, unreadClock } = state;
  const known = [...allMessages(state.ranges), ...state.deletions];
  const listed = removeRead(unreadFromEntry(entry), membership.lastReadSeq);
  if (entry.clock > unreadClock) return withoutDeleted(listed, known);
  const ours = removeRead(unread, membership.lastReadSeq);
  if (!movesReadBack(membership, state)) return ours;
  // The room was marked as unread. `ours` is complete only from `oursFrom` upwards. The entry is complete from the lowest `seq`
  // that it lists up to its clock. If its clock reaches `oursFrom`, add the entry's messages below `oursFrom`. If there is a gap
  // between the two, keep only `ours`.
  const oursFrom = Math.max(unread.floor, state.membership.lastReadSeq + 1);
  const floor = oursFrom > entry.clock + 1 ? oursFrom : Math.min(listed.floor, oursFrom);
  const missing = [...listed.seqs].filter((seq) => seq >= floor && seq < oursFrom);
  return withoutDeleted(addUnread(ours, missing, floor), known);
}
