import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import type { Answer } from "@/lib/contract/errors";
import type { Input } from "@/lib/contract/index";
import { roomLog } from "@/lib/domain/room/log";
import { db } from "@/lib/server/db";
import {
  as,
  joinAs,
  makeOrganization,
  makePeople,
  makePerson,
  makeRoom,
  type TestPerson,
} from "@/tests/harness/people";
import type { SummaryForFloors } from "./summary";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const failure = async (asked: Promise<Answer<unknown>>) => {
  const answer = await asked;
  return answer.ok ? null : answer.error.code;
};
type Sending = Partial<Input<"message.send">> & { roomId: string };
const sendAs = (who: TestPerson, sending: Sending) => as(who).do("message.send", { body: "Hello", ...sending });

/** Ann, Pat and Cy in a private room, and a message of Ann. */
async function setting() {
  const organization = await makeOrganization();
  const people = await makePeople(organization, [{ name: "Ann" }, { name: "Pat" }, { name: "Cy" }]);
  const [ann, pat, cy] = people as [TestPerson, TestPerson, TestPerson];
  const room = await makeRoom(organization, { access: "private" });
  await joinAs("member", room, ann, pat, cy);
  const roomId = room.id;
  const first = await sendAs(ann, { roomId });
  const threadId = first.id;
  const reply = (who: TestPerson, more: object = {}) => sendAs(who, { roomId, threadId, ...more });
  const pageOf = (who: TestPerson, more: object = {}) => as(who).do("message.list", { roomId, ...more });
  const entryOf = async (who: TestPerson) => {
    const [entry] = (await as(who).do("home.show", {})).rooms;
    if (!entry) throw new Error("They are not in the room.");
    return entry;
  };
  const followOf = async (who: TestPerson) => (await entryOf(who)).follows?.find((each) => each.threadId === threadId);
  return { organization, ann, pat, cy, room, roomId, first, threadId, reply, pageOf, entryOf, followOf };
}
const idsOf = ({ messages }: { messages: { id: string; kind: string }[] }) =>
  messages.filter(({ kind }) => kind !== "notice").map(({ id }) => id);

it("A reply stands in its thread alone, unless the room shows it, too, and the room has a summary", async () => {
  const { ann, pat, cy, first, threadId, reply, pageOf } = await setting();
  const one = await reply(pat);
  const both = await reply(cy, { alsoInRoom: true });
  expect([one, both]).toMatchObject([
    { threadId, alsoInRoom: false },
    { threadId, alsoInRoom: true },
  ]);
  const page = await pageOf(ann);
  expect(idsOf(page)).toEqual([first.id, both.id]);
  expect(page.first).toBeUndefined();
  expect(page.threads).toEqual([
    {
      threadId,
      authorId: ann.id,
      count: 2,
      personIds: [cy.id, pat.id],
      lastAt: both.createdAt,
      tick: both.changedSeq,
      about: null,
      aboutSeq: first.changedSeq,
    },
  ]);
  const thread = await pageOf(ann, { threadId });
  expect(idsOf(thread)).toEqual([one.id, both.id]);
  expect(thread).toMatchObject({ first: { id: first.id }, before: false, after: false, threads: page.threads });
  expect(await pageOf(ann, { threadId, after: one.seq })).toMatchObject({ messages: [{ id: both.id }], before: true });
  expect(await pageOf(ann, { threadId, before: both.seq })).toMatchObject({ messages: [{ id: one.id }], after: true });
  expect(idsOf(await pageOf(ann, { threadId, around: both.seq, limit: 1 }))).toEqual([both.id]);
});

it("The summary leaves out deleted replies, and has a greater tick after each change", async () => {
  const { ann, pat, cy, reply, pageOf } = await setting();
  const [one, two] = [await reply(pat), await reply(cy)];
  const summary = async () => (await pageOf(ann)).threads?.[0];
  const edited = await as(pat).do("message.edit", { messageId: one.id, body: "Changed" });
  expect(await summary()).toMatchObject({ count: 2, tick: edited.changedSeq });
  const deleted = await as(cy).do("message.delete", { messageId: two.id });
  expect(await summary()).toMatchObject({
    count: 1,
    personIds: [pat.id],
    lastAt: one.createdAt,
    tick: deleted.changedSeq,
  });
  await as(pat).do("message.delete", { messageId: one.id });
  expect(await summary()).toMatchObject({ count: 0, personIds: [], lastAt: null });
});

it("Nobody replies to a reply, a notice, a message of another room, or one that they can't see", async () => {
  const { organization, ann, pat, roomId, threadId, reply } = await setting();
  const { id: replyId } = await reply(pat);
  const refusal = (who: TestPerson, input: Sending) =>
    failure(as(who).ask("message.send", { body: "Hello", ...input }));
  expect(await refusal(ann, { roomId, threadId: replyId })).toBe("not_found");
  expect(await refusal(ann, { roomId, threadId: uuidv7() })).toBe("not_found");
  const other = await makeRoom(organization);
  await joinAs("member", other, ann);
  expect(await refusal(ann, { roomId: other.id, threadId })).toBe("not_found");
  await as(ann).do("membership.add", { roomId: other.id, personIds: [pat.id] });
  const notice = await db().message.findFirstOrThrow({ where: { roomId: other.id, kind: "notice" } });
  expect(await refusal(ann, { roomId: other.id, threadId: notice.id })).toBe("not_found");
  for (const id of [replyId, notice.id, uuidv7()])
    expect(await failure(as(ann).ask("message.list", { roomId, threadId: id }))).toBe("not_found");
  const stranger = await makePerson(organization);
  expect(await failure(as(stranger).ask("thread.read", { threadId }))).toBe("not_found");
  expect(await failure(as(stranger).ask("thread.setFollowed", { threadId, isFollowed: true }))).toBe("not_found");
});

it("Whoever may not post may not reply, and a deleted first message keeps its thread", async () => {
  const { ann, pat, roomId, threadId, reply, pageOf } = await setting();
  await reply(pat);
  await as(ann).do("message.delete", { messageId: threadId });
  await reply(pat);
  const page = await pageOf(pat, { threadId });
  expect(page).toMatchObject({ first: { id: threadId, body: "", deletedAt: expect.any(String) } });
  expect(page.messages).toHaveLength(2);
  const input = { roomId, threadId, body: "Hello" };
  await db().room.update({ where: { id: roomId }, data: { postingPolicy: "moderators", changedSeq: 100, clock: 100 } });
  expect(await failure(as(pat).ask("message.send", input))).toBe("forbidden");
  await db().room.update({ where: { id: roomId }, data: { archivedAt: new Date(), changedSeq: 101, clock: 101 } });
  expect(await failure(as(pat).ask("message.send", input))).toBe("room_archived");
  expect(await failure(as(pat).ask("thread.setFollowed", { threadId, isFollowed: false }))).toBe(null);
});

it("Sending a reply again stores it once, and a reply to another message under the same id is the stored one", async () => {
  const { pat, roomId, threadId, reply, pageOf } = await setting();
  const id = uuidv7();
  const sent = await Promise.all([1, 2, 3].map(() => reply(pat, { id })));
  expect(new Set(sent.map(({ seq }) => seq)).size).toBe(1);
  expect(await sendAs(pat, { roomId, id })).toEqual(sent[0]);
  expect((await pageOf(pat, { threadId })).messages).toHaveLength(1);
});

it("Thirty replies at once are all stored, counted and followed", async () => {
  const { organization, ann, room, threadId, reply, pageOf, followOf } = await setting();
  const people = await makePeople(
    organization,
    Array.from({ length: 30 }, () => ({})),
  );
  await joinAs("member", room, ...people);
  await Promise.all(people.map((person) => reply(person)));
  const { threads, messages } = await pageOf(ann, { threadId });
  expect(messages).toHaveLength(30);
  expect(threads).toMatchObject([{ count: 30 }]);
  expect(await db().threadFollow.count({ where: { threadId, isFollowed: true } })).toBe(31);
  expect((await followOf(ann))?.unread).toHaveLength(30);
});

it("Replies are neither unread nor last in the room, and its read position is not that of a reply", async () => {
  const { ann, pat, first, reply, entryOf } = await setting();
  const one = await reply(ann);
  expect(await entryOf(pat)).toMatchObject({ unread: [first.seq], lastMessage: { id: first.id }, clock: one.seq });
  await reply(pat);
  expect((await entryOf(pat)).unread).toEqual([first.seq]);
  const both = await reply(ann, { alsoInRoom: true });
  expect(await entryOf(pat)).toMatchObject({ unread: [first.seq, both.seq], lastMessage: { id: both.id } });
});

it("Who writes follows the thread and has read it, and so does the author of the first message, without a tick", async () => {
  const { ann, pat, cy, roomId, threadId, first, reply, followOf } = await setting();
  const clockOf = async ({ id: personId }: TestPerson) =>
    (await db().personLog.findUnique({ where: { personId } }))?.clock ?? 1;
  const one = await reply(pat);
  const ofFirst = { isMuted: null, about: null, aboutSeq: first.changedSeq };
  const base = {
    roomId,
    threadId,
    ...ofFirst,
    isFollowed: true,
    chosenAtSeq: 0,
    fromSeq: 0,
    readAtSeq: 0,
    tick: 0,
    unreadInRoom: [],
  };
  expect(await followOf(pat)).toEqual({ ...base, lastReadSeq: one.seq, clock: one.seq, unread: [] });
  expect(await followOf(ann)).toEqual({ ...base, lastReadSeq: first.seq, clock: one.seq, unread: [one.seq] });
  expect(await followOf(cy)).toBeUndefined();
  const two = await reply(ann);
  expect(await followOf(ann)).toMatchObject({ lastReadSeq: two.seq, unread: [] });
  expect(await followOf(pat)).toMatchObject({ lastReadSeq: one.seq, unread: [two.seq] });
  expect(await Promise.all([ann, pat].map(clockOf))).toEqual([1, 1]);
});

it("Reading moves forward only, marking as unread moves back, and another device catches up on both", async () => {
  const { ann, pat, threadId, reply, followOf } = await setting();
  const [one, two, three] = [await reply(pat), await reply(pat), await reply(pat)];
  const { clock, epoch } = await as(ann).do("home.show", {});
  const read = await as(ann).do("thread.read", { threadId, upToSeq: two.seq });
  expect(read).toMatchObject({ lastReadSeq: two.seq, unread: [three.seq], tick: clock + 1 });
  expect(await as(ann).do("thread.read", { threadId, upToSeq: one.seq })).toEqual(read);
  const catchUp = async (from: number) => (await as(ann).do("sync", { rooms: {}, me: from, epoch })).me?.changes;
  expect(await catchUp(clock)).toEqual([{ type: "thread", follow: read }]);
  const back = await as(ann).do("thread.markUnread", { threadId, fromSeq: one.seq });
  expect(back).toMatchObject({ unread: [one.seq, two.seq, three.seq], readAtSeq: three.seq, tick: clock + 2 });
  expect(await followOf(ann)).toEqual(back);
  expect(await catchUp(clock + 1)).toMatchObject([{ type: "entry" }, { type: "thread", follow: back }]);
  const own = await reply(ann);
  expect(await followOf(ann)).toMatchObject({ lastReadSeq: own.seq, unread: [] });
});

it("A reply that the room shows, too, is read where it is read first", async () => {
  const { ann, pat, roomId, threadId, reply, entryOf, followOf } = await setting();
  const both = await reply(pat, { alsoInRoom: true });
  expect(await entryOf(ann)).toMatchObject({ unread: [both.seq] });
  expect(await followOf(ann)).toMatchObject({ unread: [both.seq], unreadInRoom: [both.seq] });
  await as(ann).do("thread.read", { threadId });
  expect(await entryOf(ann)).toMatchObject({ unread: [] });
  const listed = async (filter: "unread" | "read") =>
    (await as(ann).do("thread.list", { filter })).threads.map(({ id }) => id);
  expect([await listed("unread"), await listed("read")]).toEqual([[], [threadId]]);
  const again = await reply(pat, { alsoInRoom: true });
  expect([await listed("unread"), await listed("read")]).toEqual([[threadId], []]);
  await as(ann).do("room.read", { roomId, upToSeq: again.seq });
  expect([await listed("unread"), await listed("read")]).toEqual([[], [threadId]]);
});

it("Who stops following has no unread replies, even of their own thread, until they write or follow again", async () => {
  const { ann, pat, threadId, reply, followOf } = await setting();
  await reply(pat);
  const stopped = await as(ann).do("thread.setFollowed", { threadId, isFollowed: false });
  expect(stopped).toMatchObject({ isFollowed: false, unread: [] });
  expect(await as(ann).do("thread.setFollowed", { threadId, isFollowed: false })).toEqual(stopped);
  await reply(pat);
  expect(await followOf(ann)).toMatchObject({ isFollowed: false, unread: [] });
  expect((await as(ann).do("thread.list", { filter: "started" })).threads).toEqual([]);
  const own = await reply(ann);
  expect(await followOf(ann)).toMatchObject({ isFollowed: true, lastReadSeq: own.seq, tick: stopped.tick });
});

it("Somebody who asks follows a thread, with what is there read", async () => {
  const { pat, cy, threadId, reply, followOf } = await setting();
  await reply(pat);
  expect(await as(cy).do("thread.read", { threadId })).toMatchObject({ isFollowed: false, tick: 0 });
  expect(await failure(as(cy).ask("thread.markUnread", { threadId, fromSeq: 1 }))).toBe("not_found");
  expect(await as(cy).do("thread.setFollowed", { threadId, isFollowed: true })).toMatchObject({ unread: [] });
  const { seq } = await reply(pat);
  expect(await followOf(cy)).toMatchObject({ isFollowed: true, unread: [seq] });
});

it("The list has my threads, the one with the newest reply first, with its first and its last message", async () => {
  const { ann, pat, cy, roomId, threadId, first, reply } = await setting();
  const other = await sendAs(pat, { roomId, body: "Another" });
  await sendAs(ann, { roomId, threadId: other.id });
  const last = await reply(pat, { body: "x".repeat(400) });
  const list = async (who: TestPerson, filter: "unread" | "read" | "started") =>
    (await as(who).do("thread.list", { filter })).threads;
  expect(await list(ann, "unread")).toMatchObject([
    {
      id: threadId,
      roomId,
      first: { id: first.id },
      last: { id: last.id, body: "x".repeat(300) },
      summary: { count: 1 },
    },
  ]);
  expect(await list(ann, "read")).toMatchObject([{ id: other.id }]);
  expect(await list(ann, "started")).toMatchObject([{ id: threadId }]);
  expect(await list(cy, "read")).toEqual([]);
  await sendAs(cy, { roomId, threadId: other.id });
  await as(ann).do("thread.read", { threadId });
  expect((await list(ann, "unread")).map(({ id }) => id)).toEqual([other.id]);
});

it("The list begins with the oldest reply if asked to, page by page", async () => {
  const { ann, pat, roomId, threadId, reply } = await setting();
  const other = await sendAs(pat, { roomId, body: "Another" });
  await reply(ann);
  await sendAs(ann, { roomId, threadId: other.id });
  const ids = async (sort: "newest" | "oldest") => {
    const one = await as(ann).do("thread.list", { filter: "read", sort, limit: 1 });
    const two = await as(ann).do("thread.list", { filter: "read", sort, limit: 1, after: one.next ?? "" });
    expect(two.next).toBeNull();
    return [...one.threads, ...two.threads].map(({ id }) => id);
  };
  expect(await ids("oldest")).toEqual([threadId, other.id]);
  expect(await ids("newest")).toEqual([other.id, threadId]);
});

it("Replies of blocked people are not unread, and not the last of the list", async () => {
  const { ann, pat, cy, threadId, reply, followOf } = await setting();
  const pats = await reply(pat);
  await reply(cy);
  await as(ann).do("block.add", { personId: cy.id });
  expect(await followOf(ann)).toMatchObject({ unread: [pats.seq] });
  const { threads } = await as(ann).do("thread.list", { filter: "unread" });
  expect(threads).toMatchObject([{ id: threadId, last: { id: pats.id } }]);
});

it("A newcomer sees and counts only the replies after they joined, and not the first message", async () => {
  const { organization, ann, pat, room, roomId, threadId, reply, pageOf, entryOf } = await setting();
  await reply(pat);
  const nia = await makePerson(organization);
  await db().room.update({ where: { id: roomId }, data: { history: "fromJoining" } });
  await as(ann).do("membership.add", { roomId, personIds: [nia.id] });
  expect(room.id).toBe(roomId);
  expect(await failure(as(nia).ask("message.list", { roomId, threadId }))).toBe("not_found");
  expect(await failure(as(nia).ask("message.send", { roomId, threadId, body: "Hello" }))).toBe("not_found");
  const { clock } = await entryOf(nia);
  const after = await reply(pat);
  const page = await pageOf(nia, { threadId });
  expect(page).toMatchObject({ messages: [{ id: after.id }], before: false, first: null });
  expect(page.threads).toMatchObject([{ authorId: null, count: 1, personIds: [pat.id] }]);
  const { epoch } = await as(nia).do("home.show", {});
  const delta = async (who: TestPerson, from: number) =>
    (await as(who).do("sync", { rooms: { [roomId]: from }, me: 1, epoch })).rooms[roomId];
  expect(await delta(nia, clock)).toMatchObject({ kind: "delta", rows: [{ id: after.id }], threads: [{ count: 1 }] });
  expect(await delta(ann, clock)).toMatchObject({ threads: [{ count: 2, authorId: ann.id }] });
  const pull = async (from: number, sessionIds: string[], floors: number[] = []) => {
    const knownListeners = () => floors.map((floor) => ({ until: Number.POSITIVE_INFINITY, floor }));
    const pulled = await roomLog.pull({ id: roomId, from, sessionIds, knownListeners });
    return (pulled?.frame as { summaries?: SummaryForFloors[] } | undefined)?.summaries?.map((each) => ({
      floors: each.floors.toSorted((a, b) => a - b),
      count: each.summary.count,
      author: each.summary.authorId,
    }));
  };
  const floor = (await entryOf(nia)).membership.floorSeq;
  const [all, hers] = [
    { floors: [0], count: 2, author: ann.id },
    { floors: [floor], count: 1, author: null },
  ];
  const byFloor = async (...asked: Parameters<typeof pull>) =>
    (await pull(...asked))?.toSorted((a, b) => b.count - a.count);
  expect(await byFloor(clock, [ann.sessionId, nia.sessionId])).toEqual([all, hers]);
  // A floor before the first message is like none.
  expect(await byFloor(clock, [ann.sessionId], [floor, 0])).toEqual([all, hers]);
  expect(await byFloor(clock, [nia.sessionId])).toEqual([hers]);
  expect(await byFloor(after.seq, [ann.sessionId])).toBeUndefined();
  const own = await reply(nia);
  expect((await entryOf(nia)).follows).toMatchObject([{ threadId, lastReadSeq: own.seq }]);
});

it("A summary counts 1,000 replies and not more, and a long thread is read by its index", async () => {
  const { organization, ann, pat, roomId, threadId, pageOf } = await setting();
  const common = { organizationId: organization.id, roomId, authorId: pat.id, body: "A reply", threadId };
  const rows = Array.from({ length: 1_100 }, (_, at) => ({
    ...common,
    id: uuidv7(),
    seq: at + 10,
    changedSeq: at + 10,
  }));
  await db().message.createMany({ data: rows });
  await db().room.update({ where: { id: roomId }, data: { clock: 1_110 } });
  expect((await pageOf(ann)).threads).toMatchObject([{ count: 1_000, personIds: [pat.id], tick: 1_109 }]);
  const page = await pageOf(ann, { threadId, limit: 10 });
  expect(page.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 10 }, (_, at) => at + 1_100));
});

it("A muted thread is muted for its follower alone, and a device that was away learns of it", async () => {
  const { ann, pat, cy, threadId, reply, followOf } = await setting();
  await reply(pat);
  const home = await as(ann).do("home.show", {});
  expect(await followOf(ann)).toMatchObject({ isMuted: null });
  const muted = await as(ann).do("thread.setMuted", { threadId, isMuted: true });
  expect(muted).toMatchObject({ isMuted: true, isFollowed: true });
  expect(await as(ann).do("thread.setMuted", { threadId, isMuted: true })).toEqual(muted);
  const { me } = await as(ann).do("sync", { rooms: {}, me: home.clock, epoch: home.epoch });
  expect(me?.changes).toMatchObject([{ type: "thread", follow: { threadId, isMuted: true } }]);
  expect(await followOf(pat)).toMatchObject({ isMuted: null });
  expect(await as(ann).do("thread.setMuted", { threadId, isMuted: null })).toMatchObject({ isMuted: null });
  expect(await failure(as(cy).ask("thread.setMuted", { threadId, isMuted: true }))).toBe("not_found");
});

it("A title and a resolution are part of the first message, and travel with it", async () => {
  const { ann, pat, roomId, threadId, reply, followOf, pageOf } = await setting();
  await reply(pat);
  const home = await as(pat).do("home.show", {});
  const clock = home.rooms[0]?.clock ?? 0;
  const titled = await as(ann).do("thread.setTitle", { threadId, title: "  The   plan " });
  expect(titled).toMatchObject({
    id: threadId,
    changedSeq: clock + 1,
    thread: { title: "The plan", resolvedAt: null },
  });
  expect(await as(ann).do("thread.setTitle", { threadId, title: "The plan" })).toEqual(titled);
  const resolved = await as(ann).do("thread.setResolved", { threadId, isResolved: true });
  expect(resolved).toMatchObject({ thread: { title: "The plan", resolvedById: ann.id } });
  expect(await as(ann).do("thread.setResolved", { threadId, isResolved: true })).toEqual(resolved);
  const { rooms } = await as(pat).do("sync", { rooms: { [roomId]: clock }, me: home.clock, epoch: home.epoch });
  expect(rooms[roomId]).toMatchObject({ kind: "delta", to: clock + 2, rows: [resolved] });
  expect(await followOf(pat)).toMatchObject({ about: resolved.thread, aboutSeq: clock + 2 });
  expect((await pageOf(pat)).threads).toMatchObject([{ about: resolved.thread, aboutSeq: clock + 2 }]);
  // It takes replies as before.
  await reply(pat);
  await as(ann).do("thread.setResolved", { threadId, isResolved: false });
  const bare = await as(ann).do("thread.setTitle", { threadId, title: "" });
  expect(bare).toMatchObject({ thread: null });
});

it("Only the author of the first message, moderators and admins change a thread, and only one with replies", async () => {
  const { organization, ann, pat, room, threadId, reply } = await setting();
  const change = (who: TestPerson) => failure(as(who).ask("thread.setTitle", { threadId, title: `By ${who.id}` }));
  expect(await change(ann)).toBe("not_found");
  await reply(pat);
  expect(await change(ann)).toBeNull();
  expect(await change(pat)).toBe("forbidden");
  const moderator = await makePerson(organization);
  await joinAs("moderator", room, moderator);
  expect(await change(moderator)).toBeNull();
  await db().room.update({ where: { id: room.id }, data: { archivedAt: new Date() } });
  expect(await change(ann)).toBe("room_archived");
});

it("Twenty people who title and resolve a thread at once leave it with one title, and with one tick each", async () => {
  const { ann, pat, threadId, reply } = await setting();
  const { seq } = await reply(pat);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      at % 2
        ? as(ann).do("thread.setTitle", { threadId, title: `Title ${at}` })
        : as(ann).do("thread.setResolved", { threadId, isResolved: at % 4 === 0 }),
    ),
  );
  const last = answers.toSorted((a, b) => a.changedSeq - b.changedSeq).at(-1);
  const stored = await db().message.findFirstOrThrow({ where: { id: threadId } });
  expect([stored.changedSeq, stored.thread]).toEqual([last?.changedSeq, last?.thread]);
  expect(new Set(answers.filter(({ changedSeq }) => changedSeq > seq).map(({ changedSeq }) => changedSeq)).size).toBe(
    stored.changedSeq - seq,
  );
});

it("A newcomer who does not see the first message does not see its title either", async () => {
  const { organization, ann, pat, roomId, threadId, reply } = await setting();
  await reply(pat);
  await as(ann).do("thread.setTitle", { threadId, title: "A secret" });
  const nia = await makePerson(organization);
  await db().room.update({ where: { id: roomId }, data: { history: "fromJoining" } });
  await as(ann).do("membership.add", { roomId, personIds: [nia.id] });
  await reply(pat);
  await as(nia).do("thread.setFollowed", { threadId, isFollowed: true });
  const page = await as(nia).do("message.list", { roomId, threadId });
  expect(page).toMatchObject({ first: null, threads: [{ about: null, aboutSeq: 0, count: 1 }] });
  expect((await as(nia).do("home.show", {})).rooms[0]?.follows).toMatchObject([{ about: null, aboutSeq: 0 }]);
  expect(await failure(as(nia).ask("thread.setTitle", { threadId, title: "Mine" }))).toBe("not_found");
});

it("The list has threads with a title, and resolved ones, apart", async () => {
  const { ann, pat, roomId, threadId, reply } = await setting();
  const other = await sendAs(ann, { roomId, body: "Another" });
  await sendAs(ann, { roomId, threadId: other.id });
  await reply(ann);
  await reply(pat);
  await as(ann).do("thread.read", { threadId });
  await as(ann).do("thread.setTitle", { threadId, title: "The plan" });
  await as(ann).do("thread.setResolved", { threadId: other.id, isResolved: true });
  const ids = async (filter: Input<"thread.list">["filter"]) =>
    (await as(ann).do("thread.list", { filter })).threads.map(({ id }) => id);
  expect(await ids("titled")).toEqual([threadId]);
  expect(await ids("resolved")).toEqual([other.id]);
  expect(await ids("read")).toEqual([threadId]);
});

it("A moved message keeps its place and time, stands in the thread, and leaves a pointer in the room", async () => {
  const { ann, pat, roomId, first, threadId, pageOf, followOf, entryOf } = await setting();
  const one = await sendAs(pat, { roomId, body: "One" });
  const two = await sendAs(pat, { roomId, body: "Two" });
  const { epoch, rooms, clock } = await as(ann).do("home.show", {});
  const since = rooms[0]?.clock ?? 0;
  const { messages } = await as(pat).do("thread.move", { threadId, messageIds: [two.id, one.id] });
  expect(messages).toMatchObject([
    { id: one.id, seq: one.seq, createdAt: one.createdAt, threadId, alsoInRoom: true, changedSeq: since + 1 },
    { id: two.id, seq: two.seq, threadId, alsoInRoom: true, changedSeq: since + 2 },
  ]);
  expect(messages.every(({ movedAt }) => movedAt !== null)).toBe(true);
  expect((await as(pat).do("thread.move", { threadId, messageIds: [one.id] })).messages).toEqual([messages[0]]);
  expect(idsOf(await pageOf(ann))).toEqual([first.id, one.id, two.id]);
  expect(idsOf(await pageOf(ann, { threadId }))).toEqual([one.id, two.id]);
  const synced = await as(ann).do("sync", { rooms: { [roomId]: since }, me: clock, epoch });
  expect(synced.rooms[roomId]).toMatchObject({ rows: messages, threads: [{ threadId, count: 2 }] });
  // The author of the first message follows the thread that begins; whose messages were moved has not written in it.
  expect(await followOf(ann)).toMatchObject({ lastReadSeq: first.seq, unread: [] });
  expect(await followOf(pat)).toBeUndefined();
  // Sending them has read the room.
  expect(await entryOf(pat)).toMatchObject({ unread: [], membership: { lastReadSeq: two.seq } });
});

it("Only later messages of the room that are no replies and have no thread are moved", async () => {
  const { ann, pat, organization, roomId, threadId, reply } = await setting();
  const earlier = await sendAs(ann, { roomId });
  const later = await sendAs(ann, { roomId });
  const inThread = await reply(pat);
  const withThread = await sendAs(ann, { roomId });
  await sendAs(pat, { roomId, threadId: withThread.id });
  const other = await makeRoom(organization, { access: "private" });
  await joinAs("member", other, ann);
  const elsewhere = await sendAs(ann, { roomId: other.id });
  const move = (who: TestPerson, to: string, ...messageIds: string[]) =>
    failure(as(who).ask("thread.move", { threadId: to, messageIds }));
  expect(await move(ann, later.id, earlier.id)).toBe("conflict");
  expect(await move(ann, threadId, threadId)).toBe("conflict");
  expect(await move(ann, threadId, withThread.id)).toBe("conflict");
  expect(await move(ann, threadId, elsewhere.id)).toBe("not_found");
  expect(await move(ann, inThread.id, later.id)).toBe("not_found");
  expect(await move(ann, withThread.id, inThread.id)).toBe("forbidden");
  expect(await move(pat, threadId, later.id)).toBe("forbidden");
  expect(await move(ann, threadId, later.id)).toBeNull();
  expect(await move(ann, earlier.id, later.id)).toBe("conflict");
  // Who replies to it meanwhile does not nest a thread.
  expect(await failure(as(pat).ask("message.send", { roomId, threadId: later.id, body: "Late" }))).toBe("not_found");
  const deleted = await sendAs(ann, { roomId });
  await as(ann).do("message.delete", { messageId: deleted.id });
  expect(await move(ann, threadId, deleted.id)).toBe("gone");
  await db().room.update({ where: { id: roomId }, data: { archivedAt: new Date() } });
  expect(await move(ann, threadId, earlier.id)).toBe("room_archived");
});

it("Of twenty who move a message into two threads at once, the first one decides, and each tick is used once", async () => {
  const { ann, roomId, threadId } = await setting();
  const other = await sendAs(ann, { roomId });
  const { id, seq } = await sendAs(ann, { roomId });
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      as(ann).ask("thread.move", { threadId: at % 2 ? threadId : other.id, messageIds: [id] }),
    ),
  );
  const stored = await db().message.findFirstOrThrow({ where: { id } });
  expect(answers.filter(({ ok }) => ok)).toHaveLength(10);
  expect(stored.changedSeq).toBe(seq + 1);
});

it("A moved message is unread until it is read in the room, however far somebody has read the thread", async () => {
  const { ann, pat, cy, roomId, threadId, reply, entryOf, followOf } = await setting();
  await reply(cy);
  const asked = await sendAs(ann, { roomId, body: "For later" });
  await as(cy).do("thread.setFollowed", { threadId, isFollowed: true });
  const last = await reply(pat);
  await as(cy).do("thread.read", { threadId });
  expect((await entryOf(cy)).unread).toContain(asked.seq);
  await as(ann).do("thread.move", { threadId, messageIds: [asked.id] });
  expect((await followOf(cy))?.lastReadSeq).toBeGreaterThan(asked.seq);
  expect((await entryOf(cy)).unread).toContain(asked.seq);
  // It is unread in one place: the thread counts what was written in it.
  await as(cy).do("thread.markUnread", { threadId, fromSeq: 1 });
  expect((await followOf(cy))?.unread).toEqual([last.seq]);
  await as(cy).do("room.read", { roomId, upToSeq: asked.seq });
  expect((await entryOf(cy)).unread).toEqual([]);
});

it("Who follows a message without replies follows the thread into which it is moved, unless they have stopped following that", async () => {
  const { ann, pat, cy, roomId, threadId, reply, followOf } = await setting();
  await reply(pat);
  const { id } = await sendAs(ann, { roomId });
  for (const who of [pat, cy]) await as(who).do("thread.setFollowed", { threadId: id, isFollowed: true });
  await as(pat).do("thread.setFollowed", { threadId, isFollowed: false });
  const { clock, epoch } = await as(cy).do("home.show", {});
  await as(ann).do("thread.move", { threadId, messageIds: [id] });
  const { me } = await as(cy).do("sync", { rooms: {}, me: clock, epoch });
  expect(me?.changes).toHaveLength(2);
  expect(me?.changes).toEqual(
    expect.arrayContaining([
      { type: "thread", follow: expect.objectContaining({ threadId: id, isFollowed: false }) },
      { type: "thread", follow: expect.objectContaining({ threadId, isFollowed: true, unread: [] }) },
    ]),
  );
  const { seq } = await reply(ann);
  expect(await followOf(cy)).toMatchObject({ isFollowed: true, unread: [seq] });
  expect(await followOf(pat)).toMatchObject({ isFollowed: false });
});

it("Who came back and no longer sees a message that they follow does not follow the thread into which it is moved", async () => {
  const { ann, cy, roomId, threadId, followOf } = await setting();
  const { id } = await sendAs(ann, { roomId });
  await as(cy).do("thread.setFollowed", { threadId: id, isFollowed: true });
  await as(cy).do("membership.leave", { roomId });
  await db().room.update({ where: { id: roomId }, data: { history: "fromJoining" } });
  await as(ann).do("membership.add", { roomId, personIds: [cy.id] });
  await as(ann).do("thread.move", { threadId, messageIds: [id] });
  expect(await followOf(cy)).toBeUndefined();
});

it("The author of a first message who came back and no longer sees it does not follow its thread, and one who sees it does", async () => {
  const { ann, pat, roomId, threadId, reply, followOf, pageOf } = await setting();
  const comeBack = async (history: "everything" | "fromJoining") => {
    await as(ann).do("membership.leave", { roomId });
    await db().room.update({ where: { id: roomId }, data: { history } });
    await as(pat).do("membership.add", { roomId, personIds: [ann.id] });
  };
  await comeBack("fromJoining");
  // Their browser concludes a follow from the author in the summary, which it does not get.
  await reply(pat);
  expect((await pageOf(ann, { threadId })).threads).toMatchObject([{ authorId: null, count: 1 }]);
  expect(await followOf(ann)).toBeUndefined();
  await comeBack("everything");
  const { seq } = await reply(pat);
  expect(await followOf(ann)).toMatchObject({ isFollowed: true, unread: [seq] });
});
