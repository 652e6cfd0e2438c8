import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Frame } from "@/lib/contract/events";
import type { Message, MessagePage } from "@/lib/contract/message";
import type { ReactionChange, ReactionKind } from "@/lib/contract/reaction";
import type { Membership, Room, RoomEntry } from "@/lib/contract/room";
import type { Blocked } from "./blocked";
import { applyReactions, ownChange } from "./reactions";
import { allMessages, sliceRange, messagesIn, narrowWindow, rangeAt, widenWindow } from "./ranges";
import {
  applyEntry,
  applyFrame,
  applyMembership,
  applyRows,
  applySync,
  forgetPendingRead,
  markReadOnThisDevice,
  putBlocked,
  putGroupsTick,
} from "./room-log";
import { applyPage, markPagePending, dropLog, failPage, dropOutsideWindow, showWindow } from "./room-pages";
import { createRoom, isBehind, type PageQuery, type RoomState } from "./room-state";
import type { KeptMessage } from "./rows";
import { isCapped, isMention } from "./unread";

const me = "me";
const place = fc.nat({ max: 1_000_000 });

/** Limits below the server's, so that short runs reach them. */
const deltaAtMost = 30;
const pageSize = 10;

interface Sending {
  notice?: boolean;
  mentions?: Message["mentions"];
}

type ServerRoom = ReturnType<typeof createServerRoom>;

/** The room in the database: one log, one clock. */
function createServerRoom(meId: string) {
  const log: Message[] = [];
  /** Every state that a message had, by its id and tick, and every state of its reactions with one emoji. */
  const states = new Map<string, Message>();
  const kindStates = new Map<string, ReactionKind>();
  const reactions: {
    message: Message;
    emoji: string;
    by: string;
    seq: number;
    changedSeq: number;
    isGiven: boolean;
  }[] = [];
  let clock = 0;
  let changedSeq = 0;
  let pinsSeq = 0;
  /** The read position that was set last, the room's clock at that time, and the tick of the person's own log. */
  let set = { lastReadSeq: 0, readAtSeq: 0, tick: 0 };
  /** Whether I block `pest`, and the tick of the person's own log at which that last changed. */
  let block = { isBlocked: false, tick: 0 };
  /** Whether I am in the group `team`, since which tick of the room, and the tick of the person's own log at which that last changed. */
  let group = { isIn: false, since: 0, tick: 0 };
  /** My membership, as read by a transaction that mutes the room and has not committed. The transaction holds the row's lock. */
  let uncommitted: Membership | null = null;

  function put(message: Message): Message {
    const at = log.findIndex((known) => known.id === message.id);
    if (at >= 0) log[at] = message;
    else log.push(message);
    states.set(`${message.id} ${message.changedSeq}`, message);
    return message;
  }
  const reactionsTo = ({ id }: Message, emoji?: string) =>
    reactions.filter(({ message, ...row }) => message.id === id && (emoji === undefined || row.emoji === emoji));
  function kindOf(message: Message, emoji: string): ReactionKind {
    const rows = reactionsTo(message, emoji);
    const given = rows.filter(({ isGiven }) => isGiven).toSorted((a, b) => a.changedSeq - b.changedSeq);
    return {
      emoji,
      count: given.length,
      personIds: given.slice(0, 2).map(({ by }) => by),
      seq: Math.min(...rows.map(({ seq }) => seq)),
      changedSeq: Math.max(...rows.map((row) => row.changedSeq)),
      isMine: given.some(({ by }) => by === meId),
    };
  }
  /** A message as a page has it. */
  function withReactions(message: Message): Message {
    if (message.deletedAt) return message;
    const emojis = [...new Set(reactionsTo(message).map(({ emoji }) => emoji))];
    const kinds = emojis.map((emoji) => kindOf(message, emoji)).filter(({ count }) => count > 0);
    return kinds.length > 0 ? { ...message, reactions: kinds.toSorted((a, b) => a.seq - b.seq) } : message;
  }
  /** The reactions that changed in `(from, to]`, counted as of now. */
  function changesOf(from: number, to: number): ReactionChange[] {
    const changed = reactions.filter((row) => row.changedSeq > from && !current(row.message).deletedAt);
    const keys = new Set(changed.map(({ message, emoji }) => `${message.id} ${emoji}`));
    return [...keys].flatMap((key) => {
      const rows = changed.filter(({ message, emoji }) => `${message.id} ${emoji}` === key);
      const [first] = rows;
      if (!first || !rows.some((row) => row.changedSeq <= to)) return [];
      const { isMine: _, ...counted } = kindOf(first.message, first.emoji);
      const people = Object.fromEntries(rows.map(({ by, isGiven }) => [by, isGiven]));
      return [{ messageId: first.message.id, messageSeq: first.message.seq, ...counted, changed: people }];
    });
  }
  const current = ({ seq }: Message) => log.find((message) => message.seq === seq) as Message;
  const room = (): Room => ({
    id: "room",
    kind: "channel",
    access: "public",
    name: "Room",
    topic: "",
    description: "",
    emoji: null,
    picture: null,
    postingPolicy: "everyone",
    membersSetTopic: null,
    membersAddPeople: null,
    membersPin: null,
    membersMentionEveryone: null,
    joinsEveryone: false,
    isDefault: false,
    directIds: [],
    groupIds: [],
    forAdmins: false,
    history: "everything",
    floorSeq: 0,
    notices: true,
    memberCount: 2,
    changedSeq,
    pinsSeq,
    archivedAt: null,
    createdAt: new Date(0).toISOString(),
  });
  const isMine = ({ authorId, kind }: Message) => authorId === meId && kind === "person";
  function membership(): Membership {
    const own = log.findLast((message) => isMine(message) && message.seq > set.readAtSeq)?.seq ?? 0;
    return {
      roomId: "room",
      role: "member",
      joinedSeq: 0,
      floorSeq: 0,
      hiddenUpToSeq: null,
      isMuted: false,
      sectionId: null,
      ...set,
      lastReadSeq: Math.max(set.lastReadSeq, own),
    };
  }
  const isHeard = ({ authorId, kind, deletedAt }: Message) =>
    kind !== "notice" && !deletedAt && !(block.isBlocked && authorId === "pest");
  function unread(): number[] {
    const { lastReadSeq } = membership();
    return log.flatMap((m) => (isHeard(m) && m.authorId !== meId && m.seq > lastReadSeq ? [m.seq] : []));
  }
  const isForMe = ({ mentions: named, seq }: Message) =>
    Object.values(named ?? {}).some(({ kind }) => kind === "group") && group.isIn && seq > group.since;
  /** A message as I receive it now. */
  const received = (message: Message): Message => (isForMe(message) ? { ...message, isForMe: true } : message);
  function mentions(): number[] {
    const unreadSeqs = new Set(unread());
    return log.flatMap((m) => (unreadSeqs.has(m.seq) && isMention(received(m), meId) ? [m.seq] : []));
  }
  const since = (from: number, to: number) =>
    log
      .filter(({ changedSeq: tick }) => tick > from && tick <= to)
      .toSorted((a, b) => a.changedSeq - b.changedSeq)
      .map(received);
  const entry = (): RoomEntry => ({
    room: room(),
    membership: membership(),
    clock,
    unread: unread().slice(-100),
    mentions: mentions().slice(-100),
    blocksTick: block.tick,
    groupsTick: group.tick,
    requestCount: 0,
    lastMessage: log.findLast(isHeard) ?? null,
  });
  function page(asked: PageQuery): MessagePage {
    let [from, to] = [log.length - pageSize, log.length];
    const firstFrom = (seq: number) => log.findIndex((message) => message.seq >= seq);
    const at = (seq: number) => (firstFrom(seq) < 0 ? log.length : firstFrom(seq));
    if ("before" in asked) [from, to] = [at(asked.before) - pageSize, at(asked.before)];
    else if ("after" in asked) [from, to] = [at(asked.after + 1), at(asked.after + 1) + pageSize];
    else if ("around" in asked) [from, to] = [at(asked.around) - pageSize / 2, at(asked.around) + pageSize / 2];
    const messages = log.slice(Math.max(0, from), Math.max(0, to)).map(withReactions).map(received);
    return { messages, clock, floorSeq: 0, before: from > 0, after: to < log.length, people: [] };
  }
  const frame = (from: number, to = clock): Frame => ({
    roomId: "room",
    from,
    to,
    rows: since(from, to),
    room: room(),
    reactions: changesOf(from, to),
  });
  // Picks one of the newest messages, so that several changes hit the same message.
  const pick = (at: number) => log.at(-1 - (at % Math.min(12, Math.max(1, log.length))));

  function send(authorId: string, { notice = false, mentions: targets = null }: Sending = {}): Message {
    const seq = ++clock;
    return put({
      id: `m${seq}`,
      roomId: "room",
      authorId,
      kind: notice ? "notice" : "person",
      body: `Said at ${seq}`,
      notice: notice ? { type: "left", personIds: [authorId] } : null,
      mentions: notice ? null : targets,
      threadId: null,
      thread: null,
      alsoInRoom: false,
      movedAt: null,
      seq,
      changedSeq: seq,
      createdAt: new Date(seq).toISOString(),
      editedAt: null,
      deletedAt: null,
      replyToId: null,
      pinnedAt: null,
      pinnedById: null,
    });
  }
  function change(at: number, how: Partial<Message>): Message | null {
    const message = pick(at);
    if (!message || message.deletedAt || message.kind === "notice") return null;
    const changed = put({ ...message, changedSeq: ++clock, body: `Changed at ${clock}`, ...how });
    // A change of what is pinned is a change of the room, too.
    if (message.pinnedAt || changed.pinnedAt) pinsSeq = changedSeq = clock;
    return changed;
  }
  /** Returns null if nothing changed. */
  function toggleReaction(at: number, by: string, emoji: string) {
    const message = pick(at);
    if (!message || message.deletedAt || message.kind === "notice") return null;
    const tick = ++clock;
    const row = reactionsTo(message, emoji).find((reaction) => reaction.by === by);
    if (row) Object.assign(row, { isGiven: !row.isGiven, changedSeq: tick });
    else reactions.push({ message, emoji, by, seq: tick, changedSeq: tick, isGiven: true });
    const kind = kindOf(message, emoji);
    kindStates.set(`${message.id} ${emoji} ${tick}`, kind);
    return { roomId: "room", messageId: message.id, messageSeq: message.seq, kind };
  }
  return {
    clock: () => clock,
    toggleReaction,
    received,
    entry,
    unread,
    mentions,
    page,
    frame,
    send,
    edit: (at: number, targets: Message["mentions"]) => change(at, { editedAt: "later", mentions: targets }),
    remove: (at: number) =>
      change(at, { deletedAt: "later", body: "", mentions: null, pinnedAt: null, pinnedById: null }),
    /** Pins a message, or unpins it. */
    pin: (at: number) =>
      change(
        at,
        pick(at)?.pinnedAt ? { pinnedAt: null, pinnedById: null } : { pinnedAt: "later", pinnedById: "other" },
      ),
    pinsSeq: () => pinsSeq,
    /** Somebody joined or left. */
    tick: () => void (changedSeq = ++clock),
    /** Returns null if nothing changed. */
    read(seq: number): Membership | null {
      if (seq <= membership().lastReadSeq) return null;
      set = { lastReadSeq: seq, readAtSeq: clock, tick: set.tick + 1 };
      return membership();
    },
    markUnread(seq: number): RoomEntry {
      set = { lastReadSeq: Math.max(0, seq - 1), readAtSeq: clock, tick: set.tick + 1 };
      return entry();
    },
    /** Blocks `pest`, or unblocks them. */
    toggleBlock(): Blocked {
      block = { isBlocked: !block.isBlocked, tick: ++set.tick };
      return { ids: new Set(block.isBlocked ? ["pest"] : []), tick: block.tick };
    },
    /** I enter the group `team`, or leave it. Returns the tick. */
    toggleGroup(): number {
      group = { isIn: !group.isIn, since: clock, tick: ++set.tick };
      return group.tick;
    },
    beginMute: () => void (uncommitted ??= membership()),
    /** Returns null if nobody is muting the room. */
    commitMute(): Membership | null {
      const read = uncommitted;
      if (read) set = { ...set, tick: set.tick + 1 };
      uncommitted = null;
      return read && { ...read, tick: set.tick };
    },
    sync: (from: number) =>
      clock - from > deltaAtMost
        ? ({ kind: "limited", entry: entry() } as const)
        : ({ ...frame(from), kind: "delta" } as const),
    wasTrue(message: Message): boolean {
      const { reactions: kinds = [], ...bare } = message;
      const known = states.get(`${message.id} ${message.changedSeq}`);
      const wasShown = kinds.every((kind) => {
        const state = kindStates.get(`${message.id} ${kind.emoji} ${kind.changedSeq}`);
        return JSON.stringify(state) === JSON.stringify({ ...state, ...kind });
      });
      return wasShown && known?.body === bare.body && known.deletedAt === bare.deletedAt;
    },
    /**
     * The tick at which a frame ends that should end at `tick` or later. A message that was sent in a frame and changed after it would be
     * in the next frame alone.
     */
    endOfFrame(from: number, tick: number): number {
      const later = log.filter((message) => message.seq > from && message.seq <= tick && message.changedSeq > tick);
      if (tick >= clock) return clock;
      return later.length === 0 ? tick : this.endOfFrame(from, Math.max(...later.map((message) => message.changedSeq)));
    },
    placesUpTo: (tick: number) => log.flatMap(({ seq }) => (seq <= tick ? [seq] : [])),
    messagesBetween: (from: number, to: number) =>
      log.filter(({ seq }) => seq >= from && seq <= to).map((message) => shown(withReactions(message))),
  };
}

const people = [me, "other", "pest"] as const;

/**
 * A message without the emoji that nobody reacts with any more, without what depends on my groups now, and without what only the client
 * keeps.
 */
function shown({ reactions = [], isForMe: _, reactionsClock: __, ...message }: KeptMessage): Message {
  return { ...message, reactions: reactions.filter(({ count }) => count > 0) };
}

/** Whom a message mentions: mostly nobody. */
const targets = fc.constantFrom<Message["mentions"]>(
  null,
  null,
  { me: { kind: "person", id: me } },
  { other: { kind: "person", id: "other" } },
  { room: { kind: "room" } },
  { team: { kind: "group", id: "team" } },
);

/** One step: a change of the room, or a delivery by the network. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("send" as const),
      by: fc.constantFrom(...people),
      notice: fc.nat({ max: 5 }),
      mentions: targets,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("edit" as const), at: place, byMe: fc.boolean(), mentions: targets }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("delete" as const), at: place, byMe: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("react" as const),
      at: place,
      by: fc.constantFrom(...people),
      emoji: fc.constantFrom("🎉", "👍"),
      isHeard: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("pin" as const), at: place, byMe: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("tick" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("burst" as const) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("pull" as const), part: fc.nat({ max: 8 }) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("deliver" as const), at: place, again: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("drop" as const), at: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("ask" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("answer" as const), at: place }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("load" as const),
      at: place,
      kind: fc.constantFrom("newest", "around", "before", "after"),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("page" as const), at: place, fails: fc.nat({ max: 9 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("window" as const),
      at: place,
      how: fc.constantFrom("show", "up", "down", "narrow"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("forget" as const),
      how: fc.constantFrom("all", "beyond", "part"),
      at: place,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("home" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("entry" as const), at: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("read" as const), at: place, here: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("mark unread" as const), at: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("block" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("group" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("begin mute" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("commit mute" as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("me" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("hear" as const), at: place }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A browser and its network. The steps decide when, and how often, a packet is delivered. */
function createWorld(history: number) {
  const server = createServerRoom(me);
  for (let n = 0; n < history; n++) server.send(people[n % 3] ?? me);
  let view: RoomState = createRoom(server.entry(), me);
  let told = server.clock();
  const frames: ReturnType<ServerRoom["frame"]>[] = [];
  const answers: ReturnType<ServerRoom["sync"]>[] = [];
  const homes: RoomEntry[] = [];
  /** Changes of the person's own log. They arrive in order. */
  const mine: (Membership | RoomEntry | Blocked | { groupsTick: number })[] = [];
  /** The answers to my reactions that I have not received. Those that never arrive are for another device of mine. */
  const ownAnswers: ReactionChange[] = [];
  const pages: { answer: ReturnType<ServerRoom["page"]>; asked: PageQuery }[] = [];
  const pick = <T>(list: T[], at: number): T | undefined => list[at % Math.max(1, list.length)];

  const windowRange = () => (view.window ? rangeAt(view.ranges, view.window.from) : undefined);

  function placeFor(kind: string, at: number): PageQuery | null {
    const range = windowRange();
    if (kind === "newest") return { newest: true };
    if (kind === "around") return { around: at % (server.clock() + 2) };
    if (kind === "before") return range && range.from > 0 ? { before: range.from } : null;
    return range && Number.isFinite(range.to) ? { after: range.to } : null;
  }
  function load(kind: string, at: number): void {
    const asked = placeFor(kind, at);
    if (!asked) return;
    view = markPagePending(view, asked);
    pages.push({ answer: server.page(asked), asked });
  }
  function land(at: number, fails: boolean): void {
    const [page] = pages.splice(at % Math.max(1, pages.length), 1);
    if (page) view = fails ? failPage(view, page.asked) : applyPage(view, page.asked, page.answer);
  }
  function moveWindow(how: string, at: number): void {
    const range = how === "show" ? rangeAt(view.ranges, at % (server.clock() + 2)) : windowRange();
    const { window } = view;
    if (!range) return;
    if (how === "show") view = showWindow(view, narrowWindow(range, { from: range.from, to: range.to }, at, 25));
    else if (window && how === "narrow")
      view = showWindow(view, narrowWindow(range, window, at % (server.clock() + 2), 8));
    else if (window) view = showWindow(view, widenWindow(range, window, how === "up" ? "older" : "newer", 5));
  }
  /** Drops all messages, or those outside the window, or a part of the ranges outside the window. */
  function forget(how: string, at: number): void {
    const ofWindow = windowRange();
    if (how === "all") view = dropLog(view);
    else if (how === "beyond") view = dropOutsideWindow(view);
    else {
      const ranges = view.ranges.map((range) => {
        const from = Math.max(range.from, at % (server.clock() + 2));
        return range === ofWindow || from > range.to ? range : sliceRange(range, { from, to: range.to });
      });
      view = { ...view, ranges };
    }
  }
  function commitMute(): void {
    const membership = server.commitMute();
    if (membership) mine.push(membership);
  }
  /** Reads on this device, or on another one. */
  function read(seq: number, here: boolean): void {
    commitMute();
    if (here) view = markReadOnThisDevice(view, seq);
    const membership = server.read(seq);
    if (membership) mine.push(membership);
    if (here) view = forgetPendingRead(view, seq);
  }
  function applyMine(): void {
    const change = mine.shift();
    if (!change) return;
    if ("ids" in change) view = putBlocked(view, change);
    else if (!("roomId" in change) && !("room" in change)) view = putGroupsTick(view, change.groupsTick);
    else view = "room" in change ? applyEntry(view, change) : applyMembership(view, change);
  }

  /** I receive the answer to a reaction of mine, perhaps long after it. */
  function hear(at: number): void {
    const [answer] = ownAnswers.splice(at % Math.max(1, ownAnswers.length), 1);
    if (answer) view = applyReactions(view, [answer]);
  }

  /** The author of a change receives the answer, perhaps before earlier frames. */
  function hearOf(message: Message | null, byMe: boolean): void {
    if (message && byMe) view = applyRows(view, [server.received(message)]);
  }

  function run(now: Step): void {
    if (now.do === "send") server.send(now.by, { notice: now.notice === 0, mentions: now.mentions });
    else if (now.do === "edit") hearOf(server.edit(now.at, now.mentions), now.byMe);
    else if (now.do === "delete") hearOf(server.remove(now.at), now.byMe);
    else if (now.do === "react") {
      const answer = server.toggleReaction(now.at, now.by, now.emoji);
      if (answer && now.by === me) ownAnswers.push(ownChange(answer, me));
      if (answer && now.by === me && now.isHeard) hear(ownAnswers.length - 1);
    } else if (now.do === "hear") hear(now.at);
    else if (now.do === "pin") hearOf(server.pin(now.at), now.byMe);
    else if (now.do === "tick") server.tick();
    else if (now.do === "burst") for (let n = 0; n < 45; n++) server.send(n % 4 === 0 ? "pest" : "other");
    else if (now.do === "pull" && server.clock() > told) {
      // A frame can end before the clock. Its reactions are counted as of now.
      const to = server.endOfFrame(told, now.part > 0 ? told + now.part : server.clock());
      frames.push(server.frame(told, to));
      told = to;
    } else if (now.do === "deliver") {
      const frame = pick(frames, now.at);
      if (frame) view = applyFrame(view, frame);
      if (frame && !now.again) frames.splice(frames.indexOf(frame), 1);
    } else if (now.do === "drop") frames.splice(now.at % Math.max(1, frames.length), 1);
    else if (now.do === "ask") answers.push(server.sync(view.clock));
    else if (now.do === "answer") {
      const answer = pick(answers, now.at);
      if (answer) view = applySync(view, answer);
    } else if (now.do === "load") load(now.kind, now.at);
    else if (now.do === "page") land(now.at, now.fails === 0);
    else if (now.do === "window") moveWindow(now.how, now.at);
    else if (now.do === "forget") forget(now.how, now.at);
    else if (now.do === "home") homes.push(server.entry());
    else if (now.do === "entry") {
      const entry = pick(homes, now.at);
      if (entry) view = applyEntry(view, entry);
    } else if (now.do === "read") read(now.at % (view.clock + 1), now.here);
    else if (now.do === "mark unread") {
      commitMute();
      mine.push(server.markUnread(now.at % (server.clock() + 2)));
    } else if (now.do === "block") {
      commitMute();
      mine.push(server.toggleBlock());
    } else if (now.do === "group") {
      commitMute();
      mine.push({ groupsTick: server.toggleGroup() });
    } else if (now.do === "begin mute") server.beginMute();
    else if (now.do === "commit mute") commitMute();
    else if (now.do === "me") applyMine();
  }
  /** The network works again. There is one `sync` after connecting, and more while there is a gap. Then all pages arrive. */
  function settle(): void {
    commitMute();
    do view = applySync(view, server.sync(view.clock));
    while (isBehind(view));
    while (mine.length > 0) applyMine();
    // One home corrects what is wrong after a block.
    if (view.staleUpTo !== null) view = applyEntry(view, server.entry());
    expect(view.staleUpTo).toBeNull();
    expect(view.room.pinsSeq).toBe(server.pinsSeq());
    // Check this before a page arrives, because it also holds for a room that is not on the screen.
    expect(view.membership.lastReadSeq).toBe(server.entry().membership.lastReadSeq);
    while (pages.length > 0) land(0, false);
    load("newest", 0);
    land(0, false);
  }
  return { server, run, settle, view: () => view };
}

/** Compares all messages of a view with one `expect`, because a run has many views. */
function expectTrue(view: RoomState, server: ServerRoom): void {
  const { ranges, window, unread, lastMessage } = view;
  const messages = allMessages(ranges);
  const untrue = messages.filter((message) => !server.wasTrue(message));
  const unordered = messages.filter(({ seq }, at) => seq <= (messages[at - 1]?.seq ?? 0));
  const deletedButUnread = messages.filter(({ deletedAt, seq }) => deletedAt && unread.seqs.has(seq));
  const held = new Set(messages.map(({ seq }) => seq));
  const missing = server.placesUpTo(view.clock).filter((seq) => rangeAt(ranges, seq) && !held.has(seq));
  const outOfRange = messages.filter(({ seq }) => !rangeAt(ranges, seq));
  // Ranges are in order, and there is at least one place between two of them.
  const touching = ranges.filter(({ from, to }, at) => from > to || from <= (ranges[at - 1]?.to ?? -2) + 1);
  const inWindow = window ? rangeAt(ranges, window.from) : undefined;
  const windowIsTrue = !window || (inWindow !== undefined && window.to <= inWindow.to && window.from <= window.to);
  const lastIsTrue = lastMessage === null || server.wasTrue(lastMessage);
  expect({ untrue, unordered, deletedButUnread, missing, outOfRange, touching, windowIsTrue, lastIsTrue }).toEqual({
    untrue: [],
    unordered: [],
    deletedButUnread: [],
    missing: [],
    outOfRange: [],
    touching: [],
    windowIsTrue: true,
    lastIsTrue: true,
  });
  expect(view.loadState === "loaded").toBe(window !== null);
  expect(view.clock).toBeLessThanOrEqual(server.clock());
}

/** No message goes back to an older state. */
function expectNotOlder(view: RoomState, before: RoomState): void {
  expect(view.clock).toBeGreaterThanOrEqual(before.clock);
  const known = new Map(allMessages(before.ranges).map((message) => [message.id, message.changedSeq]));
  expect(allMessages(view.ranges).filter(({ id, changedSeq }) => changedSeq < (known.get(id) ?? 0))).toEqual([]);
}

/** Runs that once failed. */
const examples: [number, Step[]][] = [
  // A page that is older than the entry made a deleted message unread again.
  [
    0,
    [
      { do: "burst" },
      { do: "load", at: 0, kind: "newest" },
      { do: "delete", at: 976_556, byMe: false },
      { do: "send", by: "other", notice: 0, mentions: null },
      { do: "ask" },
      { do: "mark unread", at: 0 },
      { do: "me" },
      { do: "page", at: 0, fails: 1 },
      { do: "send", by: "other", notice: 0, mentions: null },
      { do: "answer", at: 0 },
      { do: "forget", how: "all", at: 0 },
    ],
  ],
  // After a mark as unread, the entry listed fewer messages than were known.
  [
    0,
    [
      { do: "burst" },
      { do: "burst" },
      { do: "tick" },
      { do: "burst" },
      { do: "mark unread", at: 0 },
      { do: "delete", at: 0, byMe: false },
      { do: "pull", part: 0 },
      { do: "deliver", at: 0, again: false },
      { do: "read", at: 1, here: true },
      { do: "pull", part: 0 },
    ],
  ],
  // After a mark as unread, the entry listed more messages than were known, after a message had been deleted.
  [
    1,
    [
      { do: "burst" },
      { do: "burst" },
      { do: "burst" },
      { do: "ask" },
      { do: "delete", at: 0, byMe: false },
      { do: "answer", at: 0 },
      { do: "mark unread", at: 0 },
    ],
  ],
  // An entry that is older than the unread messages replaced them.
  [
    0,
    [
      { do: "burst" },
      { do: "ask" },
      { do: "burst" },
      { do: "home" },
      { do: "pull", part: 0 },
      { do: "entry", at: 0 },
      { do: "answer", at: 0 },
      { do: "deliver", at: 0, again: false },
    ],
  ],
  // An entry that was read before I blocked somebody arrives after that, and one from before I unblocked them.
  ...[0, 1].map((blocks): [number, Step[]] => {
    const toggle: Step[] = [{ do: "block" }, { do: "me" }];
    const before: Step[] = blocks === 0 ? [] : toggle;
    const steps: Step[] = [
      { do: "send", by: "pest", notice: 1, mentions: null },
      { do: "home" },
      ...toggle,
      { do: "entry", at: 0 },
    ];
    return [0, [...before, ...steps]];
  }),
  // A membership was read before I sent a message, and committed after it. It moved my read position back, because my message was
  // not loaded.
  ...[0, 1].map((answerAt): [number, Step[]] => {
    const steps: Step[] = [{ do: "send", by: me, notice: 1, mentions: null }, { do: "burst" }, { do: "ask" }];
    const delivered: Step[] = [{ do: "commit mute" }, { do: "me" }];
    delivered.splice(2 * answerAt, 0, { do: "answer", at: 0 });
    return [0, [{ do: "begin mute" }, ...steps, ...delivered]];
  }),
  // An entry was older than a message that a page had as deleted. An edit from before the deletion made the message unread again.
  [
    0,
    [
      { do: "burst" },
      { do: "mark unread", at: 0 },
      { do: "edit", at: 0, byMe: true, mentions: null },
      { do: "delete", at: 0, byMe: false },
      { do: "load", at: 0, kind: "newest" },
      { do: "page", at: 0, fails: 1 },
      { do: "me" },
    ],
  ],
  // A page no longer had an emoji. A reaction with it that arrived late brought it back, for ever if an entry followed.
  [
    1,
    [
      { do: "react", at: 0, by: "other", emoji: "🎉", isHeard: false },
      { do: "pull", part: 0 },
      { do: "react", at: 0, by: "other", emoji: "🎉", isHeard: false },
      { do: "burst" },
      { do: "load", at: 1, kind: "around" },
      { do: "deliver", at: 0, again: false },
      { do: "ask" },
      { do: "answer", at: 0 },
      { do: "page", at: 0, fails: 1 },
    ],
  ],
  // The same, when the page had arrived before. It was not known either that the reaction was mine.
  [
    1,
    [
      { do: "react", at: 0, by: "other", emoji: "🎉", isHeard: false },
      { do: "react", at: 0, by: me, emoji: "🎉", isHeard: false },
      { do: "pull", part: 0 },
      { do: "deliver", at: 0, again: false },
      { do: "react", at: 0, by: "pest", emoji: "🎉", isHeard: false },
      { do: "pull", part: 0 },
      ...([me, "pest", "other"] as const).map((by): Step => ({ do: "react", at: 0, by, emoji: "🎉", isHeard: false })),
      { do: "load", at: 0, kind: "newest" },
      { do: "page", at: 0, fails: 1 },
      { do: "deliver", at: 0, again: false },
    ],
  ],
  // The answer to a reaction of mine that was taken back on another device arrived after the log had been loaded again.
  [
    1,
    [
      { do: "react", at: 0, by: me, emoji: "🎉", isHeard: false },
      { do: "react", at: 0, by: me, emoji: "🎉", isHeard: false },
      { do: "pull", part: 0 },
      { do: "deliver", at: 0, again: false },
      { do: "load", at: 0, kind: "newest" },
      { do: "page", at: 0, fails: 1 },
      { do: "hear", at: 0 },
    ],
  ],
];

describe("a room's log, whatever the network does", () => {
  it("never shows an older state, and equals the server's log in the end", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 80 }),
        fc.array(step, { minLength: 1, maxLength: 120, size: "max" }),
        (history, steps) => {
          const { server, run, settle, view } = createWorld(history);
          for (const now of steps) {
            const before = view();
            run(now);
            expectTrue(view(), server);
            expectNotOlder(view(), before);
          }
          settle();
          const end = view();
          expectTrue(end, server);
          expect(end.clock).toBe(server.clock());
          for (const { from, to, messages } of end.ranges)
            expect(messages.map(shown)).toEqual(server.messagesBetween(from, to));
          const newest = rangeAt(end.ranges, Number.POSITIVE_INFINITY);
          const from = end.window?.from ?? 0;
          const inWindow = newest && messagesIn(newest, { from, to: Infinity });
          expect(inWindow?.map(shown)).toEqual(server.messagesBetween(from, Infinity));
          const last = server.entry().lastMessage;
          if (newest && last && last.seq >= newest.from) expect(end.lastMessage).toMatchObject(last);
          // If it was deleted, the one before it may not be known.
          else if (!end.lastMessage?.deletedAt) expect(end.lastMessage).toEqual(last && expect.objectContaining(last));
          expect(end.membership.lastReadSeq).toBe(server.entry().membership.lastReadSeq);
          const counted = server.unread().filter((seq) => seq >= end.unread.floor);
          expect([...end.unread.seqs].toSorted((a, b) => a - b)).toEqual(counted);
          if (!isCapped(end.unread, end.membership.lastReadSeq)) expect(counted).toEqual(server.unread());
          const mentioned = server.mentions().filter((seq) => seq >= end.unread.mentions.floor);
          expect([...end.unread.mentions.seqs].toSorted((a, b) => a - b)).toEqual(mentioned);
          if (!isCapped(end.unread.mentions, end.membership.lastReadSeq)) expect(mentioned).toEqual(server.mentions());
        },
      ),
      { numRuns: 300, examples },
    );
  }, 30_000);
});
