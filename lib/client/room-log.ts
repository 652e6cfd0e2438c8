import type { Frame } from "@/lib/contract/events";
import type { Message } from "@/lib/contract/message";
import type { RoomSync } from "@/lib/contract/home";
import type { Membership, RoomEntry } from "@/lib/contract/room";
import { type Blocked, isBlocked, unlessBlocked } from "./blocked";
import { corrects, movesReadBack, staleAfter, unreadWith } from "./entry-counts";
import { allMessages, newestMessages, putRows, type Range, rangeAt } from "./ranges";
import { applyReactions } from "./reactions";
import { createRoom, mergeMembership, newerRoom, rememberOwnSeq, type RoomState } from "./room-state";
import { isInRoom } from "./replies";
import { mergeRows, messageAt } from "./rows";
import { applyFollows, applyReplies, applySummaries, withoutLogs } from "./threads";
import { applyToUnread, removeRead } from "./unread";

// A log is all messages of a room. The server numbers the changes of the log; the latest number is the room's clock. A frame is
// an event with the changes between two clocks.

/** At most this many frames after a gap are buffered in a room. If one is dropped, `sync` fetches its rows. */
const maxBufferedFrames = 64;

/** A room remembers at most this many changed messages. */
const maxChanges = 100;

/** The fields that a frame and a `sync` answer have in common. */
type Changes = Pick<Frame, "from" | "to" | "rows" | "room" | "reactions" | "threads">;

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
  if (hasOtherFloor(current, entry.membership)) return createAgain(current, entry);
  const state = rememberOwnSeq(current, entry.membership);
  // If frames filled the gap while the answer was on its way, the state is newer.
  if (entry.clock <= state.clock) return applyBufferedFrames(state);
  const membership = mergeMembership(state, entry.membership);
  // Messages from the answers to our own requests may be newer than the entry.
  const newerMessages = allMessages(state.ranges).filter((message) => message.changedSeq > entry.clock);
  const unread = unreadWith(entry, state, membership);
  const next: RoomState = {
    ...createRoom(entry, state.meId, state),
    threads: withoutLogs(state.threads),
    room: newerRoom(entry.room, state.room),
    membership,
    unread: applyToUnread(unread, newerMessages, state, membership.lastReadSeq),
    unreadClock: Math.max(state.unreadClock, entry.clock),
    staleUpTo: staleAfter(entry, state, membership),
    lastMessage: lastMessageWith(entry, state),
    pendingPages: state.pendingPages.map((page) => ({ ...page, minClock: entry.clock })),
    bufferedFrames: state.bufferedFrames,
    ownSeq: state.ownSeq,
    pendingReadSeq: state.pendingReadSeq,
    changes: state.changes,
  };
  return applyBufferedFrames(applyFollows(next, entry.follows));
}

function applyChanges(state: RoomState, changes: Changes): RoomState {
  return {
    ...applyReactions(applyRows(applySummaries(state, changes.threads), changes.rows), changes.reactions),
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
  return applyReplies(applyRoomRows(state, rows, rows.filter(isInRoom)), rows);
}

/** `shown` are those of `rows` that the log of the room shows. */
function applyRoomRows(state: RoomState, rows: readonly Message[], shown: readonly Message[]): RoomState {
  const { membership, unread, ownSeq } = markReadUpToOwnMessage(state, shown);
  const ranges = putRows(state.ranges, shown);
  const changes = rows.filter(({ deletedAt, editedAt }) => deletedAt || editedAt);
  return {
    ...state,
    ranges,
    changes: changes.length > 0 ? [...state.changes, ...changes].slice(-maxChanges) : state.changes,
    lastMessage: lastMessageAfter(state, shown, ranges),
    membership,
    ownSeq,
    unread: applyToUnread(unread, rowsNotInUnread(state, shown), state, membership.lastReadSeq),
    pendingPages: state.pendingPages.map((page) => ({ ...page, rows: mergeRows(page.rows, shown) })),
  };
}

/** Moves my read position to my newest message in `rows`, because sending a message marks the room as read. */
export function markReadUpToOwnMessage(state: RoomState, rows: readonly Message[]): RoomState {
  const mine = rows.filter(
    (row) => row.authorId === state.meId && row.kind === "person" && (!row.threadId || row.movedAt),
  );
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

/**
 * The room's last message for the sidebar: the newest that is neither a notice nor deleted, by nobody whom I block. A deleted one means
 * that it is not known.
 */
export function lastMessageAfter(
  { lastMessage, blocked }: Pick<RoomState, "lastMessage" | "blocked">,
  rows: readonly Message[],
  ranges: readonly Range[],
): Message | null {
  const heard = rows.filter(({ authorId }) => !isBlocked(blocked, authorId));
  const next = heard.reduce(laterMessage, unlessBlocked(blocked, lastMessage));
  if (next && isShownInSidebar(next)) return next;
  const newest = rangeAt(ranges, Number.POSITIVE_INFINITY);
  // If the last message was deleted, take the one before it. If that is not loaded, keep the deleted one: its place is the last known.
  return newest?.messages.findLast((row) => isShown(row, blocked)) ?? (newest?.from === 0 ? null : next);
}

/**
 * The last message after an entry: the entry's, or the state's if that is later. A change of either that is newer than the entry
 * is in the state.
 */
function lastMessageWith(entry: RoomEntry, { lastMessage, changes, blocked }: RoomState): Message | null {
  const listed = unlessBlocked(blocked, entry.lastMessage);
  const isChanged = lastMessage !== null && lastMessage.changedSeq > entry.clock;
  if (entry.lastMessage && (!listed || changes.some(({ id, deletedAt }) => deletedAt && id === listed.id)))
    return lastMessage;
  return isChanged && lastMessage.seq >= (listed?.seq ?? 0) ? lastMessage : listed;
}

function laterMessage(lastMessage: Message | null, row: Message): Message | null {
  if (row.id === lastMessage?.id) return row.changedSeq > lastMessage.changedSeq ? row : lastMessage;
  return isShownInSidebar(row) && (!lastMessage || row.seq > lastMessage.seq) ? row : lastMessage;
}

const isShownInSidebar = ({ kind, deletedAt }: Message): boolean => kind !== "notice" && !deletedAt;
const isShown = (message: Message, blocked: Blocked): boolean =>
  isShownInSidebar(message) && !isBlocked(blocked, message.authorId);

/**
 * Applies a newer state of my membership. An earlier read position means that I marked the room as unread. This state is then
 * ignored, because the server also sends an entry, which lists the unread messages. So is a membership that sees the log from
 * another message on: its entry drops the loaded messages.
 */
export function applyMembership(state: RoomState, received: Membership): RoomState {
  if (hasOtherFloor(state, received)) return state;
  return putMembership(rememberOwnSeq(state, received), received);
}

function putMembership(state: RoomState, received: Membership): RoomState {
  const membership = mergeMembership(state, received);
  if (membership === state.membership || movesReadBack(membership, state)) return state;
  return { ...state, membership, unread: removeRead(state.unread, membership.lastReadSeq) };
}

/** Call when I have read up to `seq` on this device and the server has not confirmed this yet. */
export function markReadOnThisDevice(state: RoomState, seq: number): RoomState {
  return putMembership({ ...state, pendingReadSeq: seq }, state.membership);
}

/** Call when the server has received this read position, or when it must no longer be sent. */
export function forgetPendingRead(state: RoomState, seq: number): RoomState {
  return state.pendingReadSeq === seq && seq > 0 ? { ...state, pendingReadSeq: 0 } : state;
}

/** Whether I joined again and now see the log from another message on. All messages that were loaded before are then dropped. */
const hasOtherFloor = ({ membership }: RoomState, received: Membership): boolean =>
  received.joinedSeq > membership.joinedSeq && received.floorSeq !== membership.floorSeq;

/**
 * The room after I joined it again, without the messages that were loaded before. Changes that are newer than the entry may have
 * arrived before it: buffered frames stay, and if the clock was ahead of the entry, the room counts as behind.
 */
function createAgain({ meId, blocked, groupsTick, clock, bufferedFrames }: RoomState, entry: RoomEntry): RoomState {
  const ahead: Frame = { roomId: entry.room.id, from: clock, to: clock, rows: [], room: null };
  return applyBufferedFrames({
    ...createRoom(entry, meId, { blocked, groupsTick }),
    bufferedFrames: [...bufferedFrames, ahead],
  });
}

/**
 * Applies the room's entry from the list of my rooms. The loaded messages stay, and frames and `sync` bring them up to date. They
 * are dropped only if I now see the log from another message on.
 */
export function applyEntry(current: RoomState, entry: RoomEntry): RoomState {
  return applyFollows(applyRoomEntry(current, entry), entry.follows);
}

function applyRoomEntry(current: RoomState, entry: RoomEntry): RoomState {
  if (hasOtherFloor(current, entry.membership)) return createAgain(current, entry);
  const isLatest = entry.membership.tick >= current.membership.tick;
  const changesRequestCount = isLatest && entry.requestCount !== current.requestCount;
  const state = rememberOwnSeq(
    changesRequestCount ? { ...current, requestCount: entry.requestCount } : current,
    entry.membership,
  );
  const membership = mergeMembership(state, entry.membership);
  const room = newerRoom(state.room, entry.room);
  const isNewer = entry.clock > state.clock;
  const isCorrection = corrects(entry, state, membership);
  if (!isNewer && !isCorrection && !movesReadBack(membership, state))
    return putMembership(room === state.room ? state : { ...state, room }, entry.membership);
  return {
    ...state,
    room,
    membership,
    unread: unreadWith(entry, state, membership),
    unreadClock: Math.max(state.unreadClock, entry.clock),
    staleUpTo: staleAfter(entry, state, membership),
    lastMessage: isNewer || isCorrection ? lastMessageWith(entry, state) : state.lastMessage,
  };
}

/** Applies a change of the groups that I am in. The mentions are counted again when the home arrives. */
export const putGroupsTick = (state: RoomState, groupsTick: number): RoomState => ({
  ...state,
  groupsTick,
  staleUpTo: Math.max(state.unreadClock, newestMessages(state.ranges).at(-1)?.seq ?? 0),
});

/** Applies a change of the people whom I block. Loaded messages are counted again at once, the others when the home arrives. */
export function putBlocked(state: RoomState, blocked: Blocked): RoomState {
  const { ranges, membership, unreadClock } = state;
  const newestSeq = newestMessages(ranges).at(-1)?.seq ?? 0;
  const next = { ...state, blocked, staleUpTo: Math.max(unreadClock, newestSeq) };
  return {
    ...next,
    unread: applyToUnread(state.unread, allMessages(ranges), next, membership.lastReadSeq),
    lastMessage: lastMessageAfter(next, newestMessages(ranges), ranges),
  };
}
