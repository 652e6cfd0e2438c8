// A server with one room and one thread, for `lib/client/threads.model.test.ts`. It computes everything from its rows.
import type { PageQuery } from "@/lib/client/room-state";
import type { Frame } from "@/lib/contract/events";
import type { Message, MessagePage } from "@/lib/contract/message";
import type { RoomEntry } from "@/lib/contract/room";
import type { ThreadFollow, ThreadSummary } from "@/lib/contract/thread-summary";
import { roomWith } from "./viewers";

export const me = "me";
export const threadId = "m1";
/** More ticks than this are answered with `limited`. */
const deltaAtMost = 30;

/** A room with one message, which begins a thread. */
export function createServer(author: string) {
  const log: Message[] = [];
  let clock = 0;
  let meTick = 1;
  let read = { lastReadSeq: 0, readAtSeq: 0, tick: 1 };
  let follow: Omit<ThreadFollow, "clock" | "unread" | "unreadInRoom" | "about" | "aboutSeq"> | null = null;
  const newFollow = () => ({
    roomId: "room",
    threadId,
    isFollowed: true,
    isMuted: null,
    chosenAtSeq: 0,
    lastReadSeq: 0,
    fromSeq: 0,
    readAtSeq: 0,
    tick: 0,
  });
  /** A reply mentions me: I follow the thread from there on, unless I follow it already. */
  const beginAt = (seq: number) => {
    if (!follow?.isFollowed) follow = { ...(follow ?? newFollow()), isFollowed: true, fromSeq: seq - 1 };
  };
  const mention: Message["mentions"] = { me: { kind: "person", id: me } };
  const put = (message: Message): Message => {
    const at = log.findIndex(({ id }) => id === message.id);
    if (at >= 0) log[at] = message;
    else log.push(message);
    return message;
  };
  const send = (authorId: string, reply: { alsoInRoom: boolean } | null): Message => {
    const seq = ++clock;
    if (reply && (authorId === me || author === me)) {
      const isMine = authorId === me;
      const base = newFollow();
      follow ??= { ...base, lastReadSeq: 1 };
      if (isMine) follow = { ...follow, isFollowed: true, lastReadSeq: Math.max(follow.lastReadSeq, seq) };
    }
    // Every third message of others mentions me.
    const mentions = authorId !== me && seq % 3 === 0 ? mention : null;
    if (reply && mentions) beginAt(seq);
    return put({
      id: `m${seq}`,
      roomId: "room",
      authorId,
      kind: "person",
      body: `Said at ${seq}`,
      notice: null,
      replyToId: null,
      mentions,
      threadId: reply ? threadId : null,
      thread: null,
      alsoInRoom: reply?.alsoInRoom ?? false,
      movedAt: null,
      seq,
      changedSeq: seq,
      createdAt: new Date(seq).toISOString(),
      editedAt: null,
      deletedAt: null,
      pinnedAt: null,
      pinnedById: null,
    });
  };
  send(author, null);
  const replies = () => log.filter((message) => message.threadId !== null);
  const shown = () => log.filter((message) => message.threadId === null || message.alsoInRoom);
  const roomPlace = () =>
    Math.max(
      read.lastReadSeq,
      log.findLast((m) => m.authorId === me && (m.threadId === null || m.movedAt) && m.seq > read.readAtSeq)?.seq ?? 0,
    );
  const isTheirs = (m: Message) => m.authorId !== me && !m.deletedAt;
  const about = () => {
    const first = log.find(({ id }) => id === threadId);
    return { about: first?.thread ?? null, aboutSeq: first?.changedSeq ?? 0 };
  };
  const followNow = (): ThreadFollow | null => {
    if (!follow) return null;
    const { isFollowed, lastReadSeq, fromSeq } = follow;
    const unread = isFollowed
      ? replies().filter((m) => isTheirs(m) && !m.movedAt && m.seq > Math.max(lastReadSeq, fromSeq))
      : [];
    const inRoom = unread.filter(({ alsoInRoom }) => alsoInRoom);
    return {
      ...follow,
      ...about(),
      clock,
      unread: unread.map(({ seq }) => seq),
      unreadInRoom: inRoom.map(({ seq }) => seq),
    };
  };
  const unreadInRoom = () => {
    const inThread = follow?.lastReadSeq ?? 0;
    return shown().flatMap((m) =>
      isTheirs(m) && m.seq > roomPlace() && (m.threadId === null || m.movedAt || m.seq > inThread) ? [m.seq] : [],
    );
  };
  const mentionsInRoom = () => {
    const unread = unreadInRoom();
    return log.flatMap(({ seq, mentions }) => (mentions && unread.includes(seq) ? [seq] : []));
  };
  const summary = (): ThreadSummary | null => {
    const all = replies();
    if (all.length === 0) return null;
    const there = all.filter(({ deletedAt }) => !deletedAt);
    const tick = Math.max(...all.map(({ changedSeq }) => changedSeq));
    const lastAt = there.at(-1)?.createdAt ?? null;
    return { threadId, authorId: author, count: there.length, personIds: [], lastAt, tick, ...about() };
  };
  const entry = (): RoomEntry => {
    const known = followNow();
    return {
      room: roomWith(),
      membership: {
        roomId: "room",
        role: "member",
        joinedSeq: 0,
        floorSeq: 0,
        hiddenUpToSeq: null,
        isMuted: false,
        sectionId: null,
        ...read,
        lastReadSeq: roomPlace(),
      },
      clock,
      unread: unreadInRoom(),
      mentions: mentionsInRoom(),
      blocksTick: 0,
      groupsTick: 0,
      requestCount: 0,
      lastMessage: shown().findLast(({ deletedAt }) => !deletedAt) ?? null,
      ...(known && { follows: [known] }),
    };
  };
  const frame = (from: number): Frame => {
    const rows = log.filter(({ changedSeq }) => changedSeq > from).toSorted((a, b) => a.changedSeq - b.changedSeq);
    const threads = rows.some((row) => row.threadId) ? [summary() as ThreadSummary] : null;
    return { roomId: "room", from, to: clock, rows, room: null, ...(threads && { threads }) };
  };
  return {
    send,
    entry,
    frame,
    summary,
    unreadInRoom,
    mentionsInRoom,
    follow: followNow,
    replies,
    clock: () => clock,
    change(at: number, how: Partial<Message>): Message | null {
      const message = log.at(-1 - (at % Math.min(10, log.length)));
      return message && !message.deletedAt
        ? put({
            ...message,
            changedSeq: ++clock,
            ...how,
          })
        : null;
    },
    /** Edits or deletes a message so that it mentions me, or not. My own log tells what that does to the thread. */
    mention(
      at: number,
      isMentioned: boolean,
      how: Partial<Message>,
    ): { message: Message; follow: ThreadFollow | null } | null {
      const before = log.at(-1 - (at % Math.min(10, log.length)));
      if (!before || before.deletedAt || before.authorId === me) return null;
      const message = put({ ...before, ...how, mentions: isMentioned ? mention : null, changedSeq: ++clock });
      const isChanged = (before.mentions !== null) !== isMentioned;
      if (!isChanged || !message.threadId || message.movedAt) return { message, follow: null };
      if (isMentioned) beginAt(message.seq);
      if (follow) follow = { ...follow, tick: ++meTick };
      return { message, follow: followNow() };
    },
    about,
    /** Gives the thread a title, if it has replies. */
    title(title: string): Message | null {
      const first = log.find(({ id }) => id === threadId);
      if (!first || replies().length === 0) return null;
      return put({ ...first, changedSeq: ++clock, thread: { title, resolvedAt: null, resolvedById: null } });
    },
    /** Moves a later message of the room into the thread. */
    move(at: number): Message | null {
      const room = log.filter((message) => message.threadId === null && message.id !== threadId && !message.deletedAt);
      const message = room.at(-1 - (at % Math.max(1, Math.min(10, room.length))));
      if (!message) return null;
      if (author === me) follow ??= { ...newFollow(), lastReadSeq: 1 };
      return put({ ...message, threadId, alsoInRoom: true, movedAt: "later", changedSeq: ++clock });
    },
    mute(isMuted: boolean): ThreadFollow | null {
      if (!follow?.isFollowed || follow.isMuted === isMuted) return null;
      follow = { ...follow, isMuted, tick: ++meTick };
      return followNow();
    },
    page(query: PageQuery): MessagePage {
      const all = replies();
      const before = "before" in query ? query.before : Number.POSITIVE_INFINITY;
      const messages = all.filter(({ seq }) => seq < before).slice(-8);
      const more = all.some(({ seq }) => seq < (messages[0]?.seq ?? 0));
      const known = summary();
      return {
        messages,
        clock,
        floorSeq: 0,
        before: more,
        after: false,
        people: [],
        ...(known && { threads: [known] }),
      };
    },
    readThread(seq: number): ThreadFollow | null {
      if (!follow?.isFollowed || follow.lastReadSeq >= Math.min(seq, clock)) return null;
      follow = {
        ...follow,
        lastReadSeq: Math.min(seq, clock),
        readAtSeq: clock,
        tick: ++meTick,
      };
      return followNow();
    },
    unreadThread(seq: number): ThreadFollow | null {
      if (!follow?.isFollowed) return null;
      follow = {
        ...follow,
        lastReadSeq: Math.min(Math.max(seq - 1, 0), clock),
        fromSeq: Math.min(follow.fromSeq, Math.max(seq - 1, 0)),
        readAtSeq: clock,
        tick: ++meTick,
      };
      return followNow();
    },
    choose(isFollowed: boolean): ThreadFollow | null {
      if ((follow?.isFollowed ?? false) === isFollowed) return null;
      const base = follow ?? {
        roomId: "room",
        threadId,
        isMuted: null,
        lastReadSeq: 0,
        fromSeq: 0,
        readAtSeq: 0,
      };
      const place = isFollowed
        ? {
            lastReadSeq: clock,
            readAtSeq: clock,
          }
        : {};
      follow = {
        ...base,
        ...place,
        isFollowed,
        chosenAtSeq: clock,
        tick: ++meTick,
      };
      return followNow();
    },
    readRoom(seq: number): RoomEntry["membership"] {
      read = {
        lastReadSeq: Math.max(roomPlace(), Math.min(seq, clock)),
        readAtSeq: clock,
        tick: ++meTick,
      };
      return entry().membership;
    },
    sync: (from: number) =>
      clock - from > deltaAtMost
        ? ({
            kind: "limited",
            entry: entry(),
          } as const)
        : ({
            ...frame(from),
            kind: "delta",
          } as const),
  };
}
