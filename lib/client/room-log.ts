import type { Frame } from "@/lib/contract/events";
import type { Message, MessagePage } from "@/lib/contract/message";
import type { Membership, RoomEntry, RoomSync } from "@/lib/contract/room";
import { createRoom, mergeMembership, newerRoom, type RoomState, usualCapacity } from "./room-state";
import { mergeRows, messageAt } from "./rows";
import { applyToUnread, readUpTo, unreadOf, withoutDeleted } from "./unread";

/** How many early frames a room keeps. The oldest beyond that are dropped; `sync` brings their rows. */
const earlyAtMost = 64;

/** The fields that a frame and a `sync` answer have in common. */
type Span = Pick<Frame, "from" | "to" | "rows" | "room">;

/** Applies a frame. A frame that was applied before changes nothing; one that begins after the clock waits for the gap to be filled. */
export function applyFrame(state: RoomState, frame: Frame): RoomState {
  if (frame.to <= state.clock) return state;
  if (frame.from <= state.clock) return applyEarly(applySpan(state, frame));
  return { ...state, early: [...state.early, frame].slice(-earlyAtMost) };
}

/** Applies the answer of a `sync` about one room. (`gone` removes the room, so there is no state to apply it to.) */
export function applySync(state: RoomState, answer: Exclude<RoomSync, { kind: "gone" }>): RoomState {
  if (answer.kind === "limited") return startOver(state, answer.entry, answer.page);
  const applies = answer.from <= state.clock && state.clock < answer.to;
  return applyEarly(applies ? applySpan(state, answer) : state);
}

/** Restarts the room from its newest page, because too much was missed. */
function startOver(state: RoomState, entry: RoomEntry, page: MessagePage): RoomState {
  // The page and the entry may have different clocks. Rows between the two clocks then arrive twice, which does no harm.
  const clock = Math.min(page.clock, entry.clock);
  // Frames filled the gap while the answer was on its way, so the state is newer.
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
  // Keep the rows from replies that are newer than this answer.
  const rows = state.messages.filter((message) => message.changedSeq > page.clock);
  return applyEarly(withPage({ ...fresh, awaiting: { before: null, since: clock, rows } }, page));
}

function applySpan(state: RoomState, span: Span): RoomState {
  return { ...withRows(state, span.rows), room: newerRoom(state.room, span.room), clock: span.to };
}

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
  const { membership, unread } = readBy(state, rows);
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

/** Sending a message means having read the room up to it, on all my devices. */
function readBy(state: RoomState, rows: readonly Message[]): RoomState {
  const mine = rows.filter((row) => row.authorId === state.meId && row.kind === "person");
  const lastReadSeq = Math.max(0, ...mine.map((row) => row.seq));
  return applyRead(state, { ...state.membership, lastReadSeq });
}

/** Leaves out rows that are older than the loaded state: they must not make a deleted message unread again. */
function withoutStale({ messages }: RoomState, rows: readonly Message[]): readonly Message[] {
  return rows.filter((row) => row.changedSeq >= (messageAt(messages, row.seq)?.changedSeq ?? 0));
}

/** The room's last message for the sidebar: the newest that is neither a notice nor deleted. */
function lastAfter(last: Message | null, rows: readonly Message[], messages: readonly Message[]): Message | null {
  const next = rows.reduce(later, last);
  // It was deleted: take the one before it, if that is loaded.
  return next?.deletedAt ? (messages.findLast(hasText) ?? null) : next;
}

/** The entry's last message, or the one in the store if it was sent or changed after the server read the entry. */
function lastOf({ lastMessage }: RoomState, entry: RoomEntry): Message | null {
  if (lastMessage && lastMessage.changedSeq > entry.clock) return lastMessage;
  return entry.lastMessage;
}

function later(last: Message | null, row: Message): Message | null {
  if (row.id === last?.id) return row.changedSeq > last.changedSeq ? row : last;
  return hasText(row) && (!last || row.seq > last.seq) ? row : last;
}

function hasText(message: Message): boolean {
  return message.kind !== "notice" && !message.deletedAt;
}

/** Call before requesting a page: the newest, or the one before the loaded messages. */
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

/** Applies the requested page, unless the loaded messages changed meanwhile so that it no longer lies next to them. */
export function applyPage(state: RoomState, page: MessagePage, before: number | null): RoomState {
  const { awaiting } = state;
  if (!awaiting || awaiting.before !== before) return state;
  // Frames up to the request's clock are applied already. A page that the server read at an earlier clock could lack their rows.
  const fits = page.clock >= awaiting.since && (before === null || before === state.floor);
  return fits ? withPage(state, page) : { ...state, awaiting: null, loaded: before === null ? "error" : state.loaded };
}

function withPage(state: RoomState, page: MessagePage): RoomState {
  const floor = page.before ? (page.messages[0]?.seq ?? state.floor) : 0;
  const held = (state.awaiting?.rows ?? []).filter((row) => row.seq >= floor);
  const messages = mergeRows(mergeRows(page.messages, state.messages), held);
  return {
    ...state,
    messages,
    floor,
    hasBefore: page.before,
    loaded: "yes",
    awaiting: null,
    lastMessage: lastAfter(state.lastMessage, messages, messages),
    unread: applyToUnread(state.unread, messages, state.meId, state.membership.lastReadSeq),
    // Someone who scrolled back keeps what they loaded, with space for new messages.
    capacity: Math.max(usualCapacity, messages.length + 200),
  };
}

/** Drops the oldest messages beyond `capacity`. */
function trimmed(state: RoomState): RoomState {
  return state.messages.length > state.capacity ? trimTo(state, state.capacity) : state;
}

/** Keeps only the newest messages of a room that is no longer open. */
export function trimTo(state: RoomState, count: number): RoomState {
  if (state.messages.length <= count) return { ...state, capacity: usualCapacity };
  const messages = state.messages.slice(-count);
  const floor = messages[0]?.seq ?? state.floor;
  return { ...state, messages, floor, hasBefore: true, capacity: Math.max(usualCapacity, count) };
}

/** I have read up to here, on this device or another. */
export function applyRead(state: RoomState, membership: Membership): RoomState {
  const merged = mergeMembership(state.membership, membership);
  if (merged === state.membership) return state;
  return { ...state, membership: merged, unread: readUpTo(state.unread, merged.lastReadSeq) };
}

/** Applies a newer entry of the same room, from a home or a reply. The loaded log stays; frames and `sync` continue it. */
export function applyEntry(state: RoomState, entry: RoomEntry): RoomState {
  const read = applyRead(state, entry.membership);
  const room = newerRoom(state.room, entry.room);
  if (entry.clock <= state.clock) return room === state.room ? read : { ...read, room };
  // The entry's unread set is newer than our log, which a `sync` still has to bring up to date.
  return {
    ...read,
    room,
    unread: withoutDeleted(readUpTo(unreadOf(entry), read.membership.lastReadSeq), state.messages),
    lastMessage: lastOf(state, entry),
  };
}
