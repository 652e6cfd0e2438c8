import type { Message } from "@/lib/contract/message";
import type { ThreadAbout, ThreadFollow, ThreadSummary } from "@/lib/contract/thread-summary";
import { limits } from "@/lib/contract/limits";
import { isBlocked } from "./blocked";
import { putRows, rangeAt } from "./ranges";
import { type RoomState, type Threads, type ThreadState, unknownThread } from "./room-state";
import { mergeRows, messageAt } from "./rows";
import { changeUnread, isMention, mentionsMe } from "./unread";

// What the client knows of the threads of a room: their summaries, the ones that I follow, and the messages of the one on the screen.

export const threadOf = ({ threads }: Pick<RoomState, "threads">, threadId: string): ThreadState =>
  threads.get(threadId) ?? unknownThread;

/** Changes what is known of a thread. */
export function putThread(state: RoomState, threadId: string, change: Partial<ThreadState>): RoomState {
  return { ...state, threads: new Map(state.threads).set(threadId, { ...threadOf(state, threadId), ...change }) };
}

/** The unread replies of a thread. A reply that the room shows, too, is also read by reading the room. */
export function unreadOf({ follow }: ThreadState, { membership }: Pick<RoomState, "membership">): readonly number[] {
  if (!follow?.isFollowed) return [];
  return follow.unread.filter((seq) => seq > membership.lastReadSeq || !follow.unreadInRoom.includes(seq));
}

/** Whether I do not want to be told of a thread. */
export const isMuted = ({ follow }: ThreadState, { membership }: Pick<RoomState, "membership">): boolean =>
  follow?.isMuted ?? membership.isMuted;

/** The `seq` of the first unread reply of a thread; the place after the last read one if not all unread ones are known. */
export function firstUnreadOf(room: RoomState | undefined, threadId: string): number {
  if (!room) return 0;
  const thread = threadOf(room, threadId);
  if (!thread.follow) return 0;
  const unread = unreadOf(thread, room);
  return thread.follow.unread.length < limits.unread ? Math.min(...unread) : unreadAfter(thread.follow) + 1;
}

/** Applies summaries, from a frame, a `sync` or a page. I follow a thread that somebody begins under a message of mine. */
export function applySummaries(state: RoomState, summaries: readonly ThreadSummary[] = []): RoomState {
  let next = state;
  for (const summary of summaries) {
    next = putAbout(next, summary.threadId, summary.about, summary.aboutSeq);
    const known = threadOf(next, summary.threadId);
    if (known.summary && known.summary.tick > summary.tick) continue;
    const begins = !known.follow && summary.authorId === state.meId;
    const follow = begins ? newFollow(state, summary.threadId) : known.follow;
    next = putThread(next, summary.threadId, { summary, follow });
  }
  return next;
}

const newFollow = ({ roomId, clock }: RoomState, threadId: string): ThreadFollow => ({
  roomId,
  threadId,
  isFollowed: true,
  isMuted: null,
  about: null,
  aboutSeq: 0,
  chosenAtSeq: 0,
  lastReadSeq: 0,
  fromSeq: 0,
  readAtSeq: 0,
  tick: 0,
  clock,
  unread: [],
  unreadInRoom: [],
});

/** The replies of a thread after this `seq` can be unread. A server of the previous version sends no `fromSeq`. */
export const unreadAfter = ({
  lastReadSeq,
  fromSeq = 0,
}: Pick<ThreadFollow, "lastReadSeq"> & Partial<ThreadFollow>): number => Math.max(lastReadSeq, fromSeq);

/** Applies new states of messages to the threads that they are in, from a frame or from the answer to a request. */
export function applyReplies(state: RoomState, rows: readonly Message[]): RoomState {
  let next = state;
  // In the order of their places, because what follows a thread decides whether later replies are unread.
  for (const row of rows.toSorted((a, b) => a.seq - b.seq)) {
    if (row.threadId) next = applyReply(next, row, row.threadId);
    else next = putAbout(next, row.id, row.thread, row.changedSeq);
    if (next.threads.get(row.id)?.log) next = putFirst(next, row.id, row);
  }
  return next;
}

/** Sets what is said of a thread, unless a newer state is known. A server of the previous version says nothing. */
function putAbout(
  state: RoomState,
  threadId: string,
  about: ThreadAbout | null | undefined,
  aboutSeq: number,
): RoomState {
  const known = state.threads.get(threadId);
  if (known ? aboutSeq <= known.aboutSeq : !about) return state;
  return putThread(state, threadId, { about: about ?? null, aboutSeq });
}

/** Sets the first message of a thread on the screen, unless a newer state is known. Null if I can't see it. */
export function putFirst(state: RoomState, threadId: string, first: Message | null): RoomState {
  const known = threadOf(state, threadId).first;
  return known && first && known.changedSeq >= first.changedSeq ? state : putThread(state, threadId, { first });
}

function applyReply(state: RoomState, row: Message, threadId: string): RoomState {
  const thread = threadOf(state, threadId);
  const isMine = row.authorId === state.meId;
  // Whose message is moved into a thread has not written in it.
  const isWritten = isMine && !row.movedAt;
  const log = thread.log && {
    ...thread.log,
    ranges: putRows(thread.log.ranges, [row]),
    pendingPages: thread.log.pendingPages.map((page) => ({ ...page, rows: mergeRows(page.rows, [row]) })),
  };
  if (isWritten) {
    const ownSeq = Math.max(thread.ownSeq, row.seq);
    const follow = withReplies(thread.follow ?? newFollow(state, threadId), { ...thread, ownSeq });
    return reconcileRoom(putThread(state, threadId, { log, ownSeq, follow }), follow, thread.follow);
  }
  const { follow, mentionedAt } = withMention(state, thread, row, threadId);
  if (!follow?.isFollowed) return log ? putThread(state, threadId, { log }) : state;
  const isUnread =
    !isMine &&
    !row.movedAt &&
    !row.deletedAt &&
    row.seq > unreadAfter(follow) &&
    !isBlocked(state.blocked, row.authorId);
  // What the follow was read with, or an older state than the deletion, must not come back.
  const isOld = row.changedSeq <= follow.clock || isDeleted(state, row);
  if (isUnread && isOld) return putThread(state, threadId, { log, follow, mentionedAt });
  const put = (seqs: readonly number[], isIn: boolean) =>
    isIn ? added(seqs, row.seq) : seqs.filter((each) => each !== row.seq);
  const unread = put(follow.unread, isUnread);
  const unreadInRoom = put(follow.unreadInRoom, isUnread && row.alsoInRoom);
  return putThread(state, threadId, { log, mentionedAt, follow: { ...follow, unread, unreadInRoom } });
}

const isDeleted = ({ changes }: RoomState, { seq }: Pick<Message, "seq">) =>
  changes.some((row) => row.seq === seq && row.deletedAt);
const added = (seqs: readonly number[], seq: number) =>
  seqs.includes(seq) ? [...seqs] : [...seqs, seq].toSorted((a, b) => a - b).slice(-limits.unread);

/** Applies a reply by someone else. If it mentions me, I follow the thread. The room's entry already says so of replies up to `unreadClock`. */
function withMention(
  state: RoomState,
  thread: ThreadState,
  row: Message,
  threadId: string,
): Pick<ThreadState, "follow" | "mentionedAt"> {
  const isNew = row.seq > Math.max(state.unreadClock, state.membership.joinedSeq);
  if (!isNew || row.movedAt || isBlocked(state.blocked, row.authorId) || !mentionsMe(row, state.meId)) return thread;
  const mentionedAt = added(thread.mentionedAt, row.seq);
  const known = thread.follow ?? { ...newFollow(state, threadId), isFollowed: false };
  return { mentionedAt, follow: withReplies(known, { ...thread, mentionedAt }) };
}

/**
 * My own reply follows the thread, unless I stopped following after it, and reads it, unless I marked it as unread after it. A reply that
 * mentions me follows it, too: then what was there before is not unread. `readSeq` is a place up to which it is read besides.
 */
function withReplies(
  follow: ThreadFollow,
  { ownSeq, mentionedAt }: Pick<ThreadState, "ownSeq" | "mentionedAt">,
  readSeq = 0,
): ThreadFollow {
  const isChosen = follow.isFollowed || ownSeq > follow.chosenAtSeq;
  const mention = mentionedAt.find((seq) => seq > follow.chosenAtSeq);
  const begun =
    isChosen || mention === undefined ? { isFollowed: isChosen } : { isFollowed: true, fromSeq: mention - 1 };
  return readUpTo({ ...follow, ...begun }, Math.max(readSeq, ownSeq > follow.readAtSeq ? ownSeq : 0));
}

/** Moves the place up to which a thread is read, but never back. */
function readUpTo(follow: ThreadFollow, seq: number): ThreadFollow {
  const lastReadSeq = Math.max(follow.lastReadSeq, seq);
  const place = unreadAfter({ ...follow, lastReadSeq });
  const remaining = (seqs: readonly number[]) => (follow.isFollowed ? seqs.filter((each) => each > place) : []);
  return {
    ...follow,
    lastReadSeq,
    unread: remaining(follow.unread),
    unreadInRoom: remaining(follow.unreadInRoom),
  };
}

/**
 * Replies that the room shows, too, are unread in the room only while they are above the place read in the thread. Only loaded messages
 * tell whether they are in a thread that I did not follow before, and whether they mention me: if there may be others, the home must be
 * requested (`staleUpTo`).
 */
function reconcileRoom(state: RoomState, follow: ThreadFollow, before: ThreadFollow | null): RoomState {
  const { unread, membership, meId } = state;
  const isUpTo = (seq: number) => seq <= follow.lastReadSeq;
  const read = (before?.unreadInRoom ?? []).filter(isUpTo);
  let isUnknown = false;
  const counted = new Set([...unread.seqs, ...unread.mentions.seqs]);
  const knownFrom = before?.isFollowed ? (before.fromSeq ?? 0) : Number.POSITIVE_INFINITY;
  for (const seq of [...counted].filter((each) => isUpTo(each) && each <= knownFrom)) {
    const message = loadedAt(state, follow.threadId, seq);
    if (message?.threadId === follow.threadId && !message.movedAt) read.push(seq);
    isUnknown ||= !message;
  }
  const isAgain = (seq: number) =>
    seq > membership.lastReadSeq &&
    !unread.seqs.has(seq) &&
    (seq >= unread.floor || !before?.unreadInRoom.includes(seq));
  const again = follow.unreadInRoom.filter(isAgain).map((seq) => {
    const message = loadedAt(state, follow.threadId, seq);
    isUnknown ||= !message;
    return { seq, isMention: message !== undefined && isMention(message, meId) };
  });
  const staleUpTo = isUnknown ? Math.max(state.unreadClock, follow.lastReadSeq) : state.staleUpTo;
  return putUnread({ ...state, staleUpTo }, changeUnread(unread, read, again));
}

const putUnread = (state: RoomState, unread: RoomState["unread"]): RoomState =>
  unread === state.unread ? state : { ...state, unread };

/** A message that the log of the room or of a thread has loaded. */
function loadedAt(state: RoomState, threadId: string, seq: number): Message | undefined {
  const logs = [state.ranges, threadOf(state, threadId).log?.ranges ?? []];
  for (const ranges of logs) {
    const message = messageAt(rangeAt(ranges, seq)?.messages ?? [], seq);
    if (message) return message;
  }
  return undefined;
}

/**
 * Applies what the server says of a thread that I follow, unless a later state is known. Of the same tick, both can have a reply of mine
 * that the other lacks. What arrived after its clock is still right.
 */
export function applyFollow(state: RoomState, received: ThreadFollow): RoomState {
  const { threadId } = received;
  const thread = threadOf(state, threadId);
  const { follow: current } = thread;
  if (current && current.tick > received.tick) return putAbout(state, threadId, received.about, received.aboutSeq);
  const isSame = current?.tick === received.tick;
  const later = (seqs: readonly number[] = []) => seqs.filter((seq) => seq > received.clock);
  const both = (name: "unread" | "unreadInRoom") =>
    [...received[name], ...later(current?.[name])].filter(
      (seq, at, all) => all.indexOf(seq) === at && !isDeleted(state, { seq }),
    );
  const merged: ThreadFollow = {
    ...received,
    isFollowed: received.isFollowed || (isSame && current.isFollowed),
    ...(isSame && { fromSeq: Math.max(received.fromSeq ?? 0, current.fromSeq ?? 0) }),
    unread: both("unread"),
    unreadInRoom: both("unreadInRoom"),
  };
  const readSeq = Math.max(thread.pendingReadSeq, isSame ? current.lastReadSeq : 0);
  const follow = withReplies(merged, thread, readSeq);
  const told = putAbout(putThread(state, threadId, { follow }), threadId, received.about, received.aboutSeq);
  // Replies that arrived since `received`, while I did not follow, were not counted. Nor is it known which replies that I have read here are
  // unread in the room, because I had stopped following on another device.
  const isUnknown = follow.isFollowed
    ? !current?.isFollowed && state.unreadClock > received.clock
    : follow.lastReadSeq < (current?.lastReadSeq ?? 0);
  return reconcileRoom(isUnknown ? { ...told, staleUpTo: state.unreadClock } : told, follow, current);
}

/** Applies the follows of an entry, whose unread messages the state may have taken over. I may have read more of a thread since. */
export function applyFollows(state: RoomState, follows: readonly ThreadFollow[] = []): RoomState {
  let next = follows.reduce(applyFollow, state);
  for (const [threadId, { follow }] of next.threads) {
    const listed = follows.find((each) => each.threadId === threadId) ?? null;
    if (follow && follow.lastReadSeq > (listed?.lastReadSeq ?? 0)) next = reconcileRoom(next, follow, listed);
  }
  return next;
}

/** Call when I have read a thread up to `upToSeq` on this device and the server has not confirmed this yet. */
export function markThreadReadOnThisDevice(state: RoomState, threadId: string, upToSeq: number): RoomState {
  const { follow } = threadOf(state, threadId);
  if (!follow?.isFollowed || upToSeq <= follow.lastReadSeq) return state;
  const next = readUpTo(follow, upToSeq);
  return reconcileRoom(putThread(state, threadId, { follow: next, pendingReadSeq: upToSeq }), next, follow);
}

/** Call when the server has received this read position of a thread, or when it must no longer be sent. */
export function forgetPendingThreadRead(state: RoomState, threadId: string, seq: number): RoomState {
  const isPending = seq > 0 && state.threads.get(threadId)?.pendingReadSeq === seq;
  return isPending ? putThread(state, threadId, { pendingReadSeq: 0 }) : state;
}

/** What stays of the threads when the log of the room is loaded again. The one on the screen keeps its first message until then. */
export function withoutLogs(threads: Threads): Threads {
  const kept = (thread: ThreadState): ThreadState => {
    return { ...thread, summary: null, log: null, first: thread.log ? thread.first : undefined };
  };
  return new Map([...threads].map(([id, thread]) => [id, kept(thread)]));
}
