import type { Frame } from "@/lib/contract/events";
import type { Message, MessagePage } from "@/lib/contract/message";
import type { Membership, RoomEntry, RoomSync } from "@/lib/contract/room";
import { createRoom, mergeMembership, newerRoom, type RoomState, usualCapacity } from "./room-state";
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
  if (answer.kind === "limited") return startOver(state, answer.entry, answer.page);
  const applies = answer.from <= state.clock && state.clock < answer.to;
  return applyEarly(applies ? applySpan(state, answer) : state);
}

/** Replaces the room's messages by its newest page, because too much was missed for a delta. */
function startOver(state: RoomState, entry: RoomEntry, page: MessagePage): RoomState {
  // The page and the entry may have been read at different clocks. The lower one is safe: rows after it may arrive twice.
  const clock = Math.min(page.clock, entry.clock);
  // The state is newer than the answer, because frames filled the gap meanwhile.
  if (clock <= state.clock) return applyEarly(state);
  const membership = mergeMembership(state.membership, entry.membership);
  const fresh: RoomState = {
    ...createRoom({ ...entry, clock }, state.meId),
    room: newerRoom(entry.room, state.room),
    membership,
    unread: readUpTo(unreadOf(entry), membership.lastReadSeq),
    early: state.early,
  };
  if (state.loaded === "no") return applyEarly(fresh);
  // Keep messages that are newer than the page. They came in replies to calls.
  const rows = state.messages.filter((message) => message.changedSeq > page.clock);
  return applyEarly(withPage({ ...fresh, awaiting: { before: null, since: clock, rows } }, page));
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
  const { awaiting } = state;
  const { membership, unread } = readByOwnMessages(state, rows);
  const messages = mergeRows(
    state.messages,
    rows.filter((row) => row.seq >= state.floor),
  );
  return trimmed({
    ...state,
    messages,
    lastMessage: lastAfter(state.lastMessage, rows, messages),
    membership,
    unread: applyToUnread(unread, withoutStale(state, rows), state.meId, membership.lastReadSeq),
    awaiting: awaiting && { ...awaiting, rows: mergeRows(awaiting.rows, rows) },
  });
}

/** Moves my read position to my newest message in `rows`: sending a message marks the room as read. */
function readByOwnMessages(state: RoomState, rows: readonly Message[]): RoomState {
  const mine = rows.filter((row) => row.authorId === state.meId && row.kind === "person");
  const lastReadSeq = Math.max(0, ...mine.map((row) => row.seq));
  return applyRead(state, { ...state.membership, lastReadSeq });
}

/** Leaves out rows that are older than the loaded messages. They could make a deleted message unread again. */
function withoutStale({ messages }: RoomState, rows: readonly Message[]): readonly Message[] {
  return rows.filter((row) => row.changedSeq >= (messageAt(messages, row.seq)?.changedSeq ?? 0));
}

/** The last message for the sidebar after `rows` were applied: the newest that is neither a notice nor deleted. */
function lastAfter(last: Message | null, rows: readonly Message[], messages: readonly Message[]): Message | null {
  const next = rows.reduce(laterOf, last);
  // If it was deleted, take the one before it, if that is loaded.
  return next?.deletedAt ? (messages.findLast(hasText) ?? null) : next;
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

/** Call before requesting a page: the newest page if nothing is loaded, otherwise the page before the loaded messages. */
export function awaitPage(state: RoomState): RoomState {
  const before = state.loaded === "yes" ? state.floor : null;
  return {
    ...state,
    loaded: state.loaded === "yes" ? "yes" : "loading",
    awaiting: { before, since: state.clock, rows: [] },
  };
}

export function failPage(state: RoomState): RoomState {
  return { ...state, awaiting: null, loaded: state.loaded === "yes" ? "yes" : "error" };
}

/** Applies the requested page, unless the loaded messages have changed so that there would be a gap between them and the page. */
export function applyPage(state: RoomState, page: MessagePage, before: number | null): RoomState {
  const { awaiting } = state;
  if (!awaiting || awaiting.before !== before) return state;
  // A page that the server read before the clock of the request could lack changes that count as applied here.
  const fits = page.clock >= awaiting.since && (before === null || before === state.floor);
  return fits ? withPage(state, page) : { ...state, awaiting: null, loaded: before === null ? "error" : state.loaded };
}

function withPage(state: RoomState, page: MessagePage): RoomState {
  const floor = page.before ? (page.messages[0]?.seq ?? state.floor) : 0;
  const newerRows = (state.awaiting?.rows ?? []).filter((row) => row.seq >= floor);
  const messages = mergeRows(mergeRows(page.messages, state.messages), newerRows);
  return {
    ...state,
    messages,
    floor,
    hasBefore: page.before,
    loaded: "yes",
    awaiting: null,
    lastMessage: lastAfter(state.lastMessage, messages, messages),
    unread: applyToUnread(state.unread, messages, state.meId, state.membership.lastReadSeq),
    // Keep all that was loaded by scrolling back, with space for new messages.
    capacity: Math.max(usualCapacity, messages.length + 200),
  };
}

/** Drops the oldest messages beyond `capacity`. */
function trimmed(state: RoomState): RoomState {
  return state.messages.length > state.capacity ? trimTo(state, state.capacity) : state;
}

/** Keeps only the newest `count` messages. */
export function trimTo(state: RoomState, count: number): RoomState {
  if (state.messages.length <= count) return { ...state, capacity: usualCapacity };
  const messages = state.messages.slice(-count);
  const floor = messages[0]?.seq ?? state.floor;
  return { ...state, messages, floor, hasBefore: true, capacity: Math.max(usualCapacity, count) };
}

/** Applies a newer membership of mine, for instance because I have read further on another device. */
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
    unread: withoutDeleted(readUpTo(unreadOf(entry), read.membership.lastReadSeq), state.messages),
    lastMessage: lastOrOurs(state, entry),
  };
}
