import type { Message } from "@/lib/contract/message";
import type { Frame } from "@/lib/contract/events";
import type { ReactionChange } from "@/lib/contract/reaction";
import type { Membership, Room, RoomEntry } from "@/lib/contract/room";
import type { ThreadAbout, ThreadFollow, ThreadSummary } from "@/lib/contract/thread-summary";
import { type Blocked, hasOtherBlocks, nobodyBlocked, unlessBlocked } from "./blocked";
import type { LogWindow, Range } from "./ranges";
import { type Unread, unreadFromEntry } from "./unread";

/** The client's state of one room that I am in. Immutable. */
export interface RoomState {
  roomId: string;
  /** My person id. My own messages are never unread. */
  meId: string;
  /** The people whom I block. Their messages are neither unread nor the last message. */
  blocked: Blocked;
  /** My clock at the last change of my groups, whose mentions mean me. */
  groupsTick: number;
  room: Room;
  membership: Membership;
  /** The room's clock, which numbers the changes of its log. All changes up to this number are in this state. */
  clock: number;
  /** The loaded parts of the log, in order. No two ranges overlap or touch, so that each message is kept once. */
  ranges: readonly Range[];
  /** The part of the log that the screen shows, or showed last. It lies in one range. Null while it is not loaded. */
  window: LogWindow | null;
  /** Whether the window is loaded. */
  loadState: "notLoaded" | "loading" | "loaded" | "failed";
  unread: Unread;
  /** All changes up to this clock are in `unread`. It can be ahead of `clock`, if `unread` came with an entry. */
  unreadClock: number;
  /**
   * Set if `unread` and `lastMessage` may be wrong: I blocked or unblocked somebody or my groups changed, or they are of other lists of
   * these or of another read position. An entry as of this clock or later corrects them. Until then, what is known of them is shown.
   */
  staleUpTo: number | null;
  /** The `seq` of my newest known message, from a row or a membership; 0 if there is none. */
  ownSeq: number;
  /** A read position that the server has not confirmed; 0 if there is none. */
  pendingReadSeq: number;
  /** The latest deleted and edited messages. An entry that the server read before may still list them as unread, or as mentions. */
  changes: readonly Message[];
  /** The number of pending requests to join, if I may decide about them; otherwise 0. */
  requestCount: number;
  lastMessage: Message | null;
  /** What is known of the threads of the room, by the id of their first message. */
  threads: Threads;
  /** The pages that were requested and have not arrived. */
  pendingPages: readonly PendingPage[];
  /** Frames that begin after the clock, kept until the gap before them is filled. */
  bufferedFrames: readonly Frame[];
}

/** Which page of a log: the newest, or the one before, after or around the message with this `seq`. */
export type PageQuery = { before: number } | { after: number } | { around: number } | { newest: true };

export interface PendingPage {
  /** Identifies the request: `applyPage` must get the same object. */
  query: PageQuery;
  /**
   * The page must have at least this clock: the room's clock at the request, or the clock of a later entry. An older page could
   * lack rows of frames that are already applied.
   */
  minClock: number;
  /** The window shows this page when it arrives. */
  showOnArrival: boolean;
  /** Rows and reactions that arrived since the request and may be newer than the page. */
  rows: readonly Message[];
  reactions: readonly ReactionChange[];
}

/** The loaded messages of a thread, like those of a room. */
export type ThreadLog = Pick<RoomState, "ranges" | "window" | "loadState" | "pendingPages">;

/** What is known of a thread. Immutable. */
export interface ThreadState {
  summary: ThreadSummary | null;
  /** What is said of the thread, as of this `changedSeq` of its first message. */
  about: ThreadAbout | null;
  aboutSeq: number;
  /** Null if I neither wrote in the thread nor chose anything. */
  follow: ThreadFollow | null;
  /** The `seq` of my newest known reply; 0 if there is none. */
  ownSeq: number;
  /** A read position that the server has not confirmed; 0 if there is none. */
  pendingReadSeq: number;
  /** The `seq` of each reply since the latest entry that mentions me by name, ascending. */
  mentionedAt: readonly number[];
  /** Null while no component shows the thread. */
  log: ThreadLog | null;
  /** The first message, if the thread is on the screen. Null if I can't see it. Undefined while it is not known. */
  first: Message | null | undefined;
}
export type Threads = ReadonlyMap<string, ThreadState>;

export const unknownThread: ThreadState = {
  summary: null,
  about: null,
  aboutSeq: 0,
  follow: null,
  ownSeq: 0,
  pendingReadSeq: 0,
  mentionedAt: [],
  log: null,
  first: undefined,
};

const followedThread = (follow: ThreadFollow): ThreadState => ({
  ...unknownThread,
  follow,
  about: follow.about,
  aboutSeq: follow.aboutSeq,
});

/** What decides which messages count for me. */
type Lists = Pick<RoomState, "blocked" | "groupsTick">;

/**
 * Whether an entry was read with other blocked people or other groups. One of the previous version does not say: asking again might get
 * another one that does not.
 */
export const isOfOtherLists = (entry: RoomEntry, { blocked, groupsTick }: Lists): boolean =>
  hasOtherBlocks(entry, blocked) || (entry.groupsTick ?? groupsTick) !== groupsTick;

export function createRoom(entry: RoomEntry, meId: string, lists?: Lists): RoomState {
  const { blocked, groupsTick } = lists ?? { blocked: nobodyBlocked, groupsTick: entry.groupsTick ?? 0 };
  return {
    roomId: entry.room.id,
    meId,
    blocked,
    groupsTick,
    room: entry.room,
    membership: entry.membership,
    clock: entry.clock,
    ranges: [],
    window: null,
    loadState: "notLoaded",
    unread: unreadFromEntry(entry),
    unreadClock: entry.clock,
    staleUpTo: isOfOtherLists(entry, { blocked, groupsTick }) ? entry.clock : null,
    ownSeq: ownSeqIn(entry.membership),
    pendingReadSeq: 0,
    changes: [],
    requestCount: entry.requestCount,
    lastMessage: unlessBlocked(blocked, entry.lastMessage),
    threads: new Map((entry.follows ?? []).map((follow) => [follow.threadId, followedThread(follow)])),
    pendingPages: [],
    bufferedFrames: [],
  };
}

/**
 * Whether this room needs a `sync`, because frames may be missing: a frame began after the clock, or an entry was newer.
 * After an entry, the server sends only frames that follow the entry's clock.
 */
export function isBehind(state: RoomState): boolean {
  return state.bufferedFrames.length > 0 || state.unreadClock > state.clock;
}

/** The newer of two states of the room itself. */
export function newerRoom(current: Room, received: Room | null): Room {
  return received && received.changedSeq > current.changedSeq ? received : current;
}

/**
 * The `seq` of my newest message if the membership shows it; otherwise 0. `readAtSeq` is the room's clock when I last set my read
 * position. After that, only a message that I send can move `lastReadSeq` beyond it.
 */
const ownSeqIn = ({ lastReadSeq, readAtSeq }: Membership): number => (lastReadSeq > readAtSeq ? lastReadSeq : 0);

/**
 * Remembers the `seq` of my newest message, if the membership shows it. A membership with a later tick can lack this message,
 * because the server may have read that membership before it stored the message.
 */
export function rememberOwnSeq(state: RoomState, received: Membership): RoomState {
  const ownSeq = Math.max(state.ownSeq, ownSeqIn(received));
  return ownSeq === state.ownSeq ? state : { ...state, ownSeq };
}

/**
 * Merges the state's membership with a received one: the newer one wins. `tick` grows with each change of a membership, and
 * `joinedSeq` each time I join. My own messages and an unconfirmed read position can move the read position forward. Only a later
 * tick can move it back.
 */
export function mergeMembership(
  { membership: current, ownSeq, pendingReadSeq }: RoomState,
  received: Membership,
): Membership {
  if (received.joinedSeq !== current.joinedSeq) return received.joinedSeq > current.joinedSeq ? received : current;
  const newer = received.tick < current.tick ? current : received;
  const lastReadSeq = Math.max(
    newer.lastReadSeq,
    pendingReadSeq,
    ownSeq > newer.readAtSeq ? ownSeq : 0,
    received.tick > current.tick ? 0 : current.lastReadSeq,
  );
  const isSame = newer.tick === current.tick && newer.role === current.role && lastReadSeq === current.lastReadSeq;
  return isSame ? current : { ...newer, lastReadSeq };
}
