import fc from "fast-check";
import { expect, it } from "vitest";
import type { Frame } from "@/lib/contract/events";
import type { MessagePage } from "@/lib/contract/message";
import type { RoomEntry } from "@/lib/contract/room";
import type { ThreadFollow } from "@/lib/contract/thread-summary";
import { createServer, me, threadId } from "@/tests/harness/thread-server";
import { newestMessages } from "./ranges";
import { applyEntry, applyFrame, applyMembership, applyRows, applySync } from "./room-log";
import { applyPage, failPage, markPagePending } from "./room-pages";
import { createRoom, type PageQuery, type RoomState } from "./room-state";
import { changeThread, roomAsThread } from "./thread-log";
import {
  applyFollow,
  applySummaries,
  forgetPendingThreadRead,
  markThreadReadOnThisDevice,
  threadOf,
  unreadOf,
} from "./threads";

const people = [me, "other"] as const;

type Server = ReturnType<typeof createServer>;

const place = fc.nat({ max: 60 });
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("send" as const),
      by: fc.constantFrom(...people),
      how: fc.nat({ max: 3 }),
      answered: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("delete" as const), at: place, answered: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("edit" as const), at: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("mention" as const), at: place, isMentioned: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("burst" as const) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("pull" as const) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("deliver" as const), at: place, again: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("drop" as const), at: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("sync" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("entry" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("land" as const), at: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("load" as const), older: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("page" as const), at: place, fails: fc.nat({ max: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("read thread" as const), at: place, here: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("unread thread" as const), at: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("choose" as const), isFollowed: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("move" as const), at: place, answered: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("mute" as const), isMuted: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("title" as const), at: place, answered: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("read room" as const), at: place }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("me" as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function createWorld(author: string) {
  const server: Server = createServer(author);
  let view: RoomState = createRoom(server.entry(), me);
  let told = server.clock();
  const frames: Frame[] = [];
  const answers: ReturnType<Server["sync"]>[] = [];
  /** Changes of my own log, which arrive in order. */
  const mine: (ThreadFollow | RoomEntry | RoomEntry["membership"] | { confirmedSeq: number })[] = [];
  const pages: { query: PageQuery; page: MessagePage }[] = [];
  const inThread = (change: (thread: RoomState) => RoomState) => void (view = changeThread(view, threadId, change));
  const thread = () => roomAsThread(view, threadId);

  function load(older: boolean): void {
    const from = thread().window?.from;
    if (older && !from) return;
    const query: PageQuery = older && from ? { before: from } : { newest: true };
    inThread((state) => markPagePending(state, query));
    pages.push({ query, page: server.page(query) });
  }
  function land(at: number, fails: boolean): void {
    const [asked] = pages.splice(at % Math.max(1, pages.length), 1);
    if (!asked) return;
    view = applySummaries(view, asked.page.threads);
    inThread((state) => (fails ? failPage(state, asked.query) : applyPage(state, asked.query, asked.page)));
  }
  function applyMine(): void {
    const change = mine.shift();
    if (!change) return;
    if ("confirmedSeq" in change) view = forgetPendingThreadRead(view, threadId, change.confirmedSeq);
    else if ("threadId" in change) view = applyFollow(view, change);
    else if ("room" in change) view = applyEntry(view, change);
    else view = applyMembership(view, change);
  }
  const pull = () => {
    if (server.clock() > told) frames.push(server.frame(told));
    told = server.clock();
  };
  const hear = (...changes: (ThreadFollow | RoomEntry | null)[]) =>
    mine.push(...changes.filter((change) => change !== null));

  function run(now: Step): void {
    if (now.do === "send") {
      const message = server.send(now.by, now.how === 0 ? null : { alsoInRoom: now.how === 1 });
      if (now.by === me && now.answered) view = applyRows(view, [message]);
    } else if (now.do === "delete") {
      const theirs = server.mention(now.at, false, { deletedAt: "later", body: "" });
      const message = theirs?.message ?? server.change(now.at, { deletedAt: "later", body: "", mentions: null });
      hear(theirs?.follow ?? null);
      if (message && now.answered) view = applyRows(view, [message]);
    } else if (now.do === "mention")
      hear(server.mention(now.at, now.isMentioned, { editedAt: "later" })?.follow ?? null);
    else if (now.do === "edit") server.change(now.at, { editedAt: "later" });
    else if (now.do === "burst")
      for (let n = 0; n < 20; n++) server.send("other", n % 2 ? { alsoInRoom: n % 3 === 0 } : null);
    else if (now.do === "pull") pull();
    else if (now.do === "deliver") {
      const at = now.at % Math.max(1, frames.length);
      const [frame] = now.again ? frames.slice(at, at + 1) : frames.splice(at, 1);
      if (frame) view = applyFrame(view, frame);
    } else if (now.do === "drop") frames.splice(now.at % Math.max(1, frames.length), 1);
    else if (now.do === "sync") answers.push(server.sync(view.clock));
    else if (now.do === "entry") hear(server.entry());
    else if (now.do === "land") {
      const [answer] = answers.splice(now.at % Math.max(1, answers.length), 1);
      if (answer) view = applySync(view, answer);
    } else if (now.do === "load") load(now.older);
    else if (now.do === "page") land(now.at, now.fails === 0);
    else if (now.do === "read thread") {
      const seq = now.here ? Math.min(now.at, view.clock) : now.at;
      if (now.here) view = markThreadReadOnThisDevice(view, threadId, seq);
      hear(server.readThread(seq));
      if (now.here) mine.push({ confirmedSeq: seq });
    } else if (now.do === "unread thread") {
      const follow = server.unreadThread(now.at);
      if (follow) hear(server.entry(), follow);
    } else if (now.do === "choose") {
      const follow = server.choose(now.isFollowed);
      // The answer that stops or begins following carries no room, but its home is asked for when something is missing.
      if (follow) hear(follow, server.entry());
    } else if (now.do === "move") {
      const message = server.move(now.at);
      if (message && now.answered) view = applyRows(view, [message]);
    } else if (now.do === "mute") hear(server.mute(now.isMuted));
    else if (now.do === "title") {
      const first = server.title(`Title ${now.at}`);
      if (first && now.answered) view = applyRows(view, [first]);
    } else if (now.do === "read room") mine.push(server.readRoom(now.at));
    else applyMine();
  }
  /** Everything arrives, and the page catches up. */
  function settle(): void {
    while (mine.length > 0) applyMine();
    pull();
    for (const frame of frames.splice(0)) view = applyFrame(view, frame);
    view = applySync(view, server.sync(view.clock));
    // The home is asked for if something may be missing.
    if (view.staleUpTo !== null) view = applyEntry(view, server.entry());
    while (pages.length > 0) land(0, false);
    if (thread().loadState !== "loaded") {
      load(false);
      land(0, false);
    }
  }
  return { server, run, settle, view: () => view, thread };
}

it("However frames, answers, pages and my own changes arrive, a thread ends as the server has it", () => {
  fc.assert(
    fc.property(fc.constantFrom(...people), fc.array(step, { maxLength: 60 }), (author, steps) => {
      const { server, run, settle, view, thread } = createWorld(author);
      for (const now of steps) run(now);
      settle();
      const state = threadOf(view(), threadId);
      const follow = server.follow();
      expect(view().clock).toBe(server.clock());
      // What is said of the thread may have changed since its summary was counted.
      expect(state.summary && { ...state.summary, ...server.about() }).toEqual(server.summary());
      expect(state.follow?.isFollowed ?? false).toBe(follow?.isFollowed ?? false);
      expect(state.follow?.isMuted ?? null).toBe(follow?.isMuted ?? null);
      if (state.summary || follow) expect(state.about).toEqual(server.about().about);
      const { lastReadSeq } = server.entry().membership;
      const unread = (follow?.unread ?? []).filter((seq) => seq > lastReadSeq || !follow?.unreadInRoom.includes(seq));
      expect([...unreadOf(state, view())].toSorted((a, b) => a - b)).toEqual(unread);
      expect([...view().unread.seqs].toSorted((a, b) => a - b)).toEqual(server.unreadInRoom());
      expect([...view().unread.mentions.seqs].toSorted((a, b) => a - b)).toEqual(server.mentionsInRoom());
      const reloaded = threadOf(createRoom(server.entry(), me), threadId);
      expect(reloaded.follow).toEqual(follow);
      expect(reloaded.about).toEqual(follow ? server.about().about : null);
      const loaded = newestMessages(thread().ranges);
      const first = loaded[0]?.seq ?? 0;
      // The client keeps the clock of a page with its messages, so it may have more than the server.
      expect(loaded).toMatchObject(server.replies().filter(({ seq }) => seq >= first));
      const rooms = newestMessages(view().ranges);
      expect(rooms.every((message) => message.threadId === null || message.alsoInRoom)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
