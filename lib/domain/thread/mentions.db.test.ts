import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import {
  as,
  joinAs,
  makeGroup,
  makeOrganization,
  makePeople,
  makePerson,
  makeRoom,
  type TestPerson,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

/** Ann, Bo and Cy in a room, and a message of Ann. */
async function setting() {
  const organization = await makeOrganization();
  const people = await makePeople(organization, [{ name: "Ann" }, { name: "Bo" }, { name: "Cy" }]);
  const [ann, bo, cy] = people as [TestPerson, TestPerson, TestPerson];
  await db().person.update({ where: { id: bo.id }, data: { handle: "bo" } });
  const room = await makeRoom(organization);
  await joinAs("member", room, ann, bo, cy);
  const roomId = room.id;
  const send = (body: string, more: object = {}) => as(ann).do("message.send", { roomId, body, ...more });
  const { id: threadId } = await send("First");
  const entryOf = async (who: TestPerson) => {
    const [entry] = (await as(who).do("home.show", {})).rooms;
    if (!entry) throw new Error("They are in the room.");
    return entry;
  };
  return { organization, ann, bo, cy, room, roomId, threadId, send, entryOf };
}
const targetsOf = async (messageId: string) =>
  (await db().mention.findMany({ where: { messageId } })).map(({ kind, targetId, seq }) => ({ kind, targetId, seq }));

it("Messages, replies, and both with mentions are stored by one statement or by one each, each as what it is", async () => {
  const { ann, bo, threadId, send } = await setting();
  const reply = { threadId, alsoInRoom: true };
  const kinds = [
    ["Plain", {}],
    ["A reply", reply],
    ["Hello @bo", {}],
    ["A reply for @bo", reply],
  ] as const;
  const together = await Promise.all(kinds.map(([body, more]) => send(body, more)));
  const alone = [];
  for (const [body, more] of kinds) alone.push(await send(body, more));
  // Two kinds at a time, so that each of the four statements is used.
  const pairs = await Promise.all([send("Plain"), send("Hello @bo")]);
  const mentions = { bo: { kind: "person", id: bo.id } };
  for (const [plain, answered, mentioning, both] of [together, alone])
    expect([plain, answered, mentioning, both]).toMatchObject([
      { threadId: null, alsoInRoom: false, mentions: null },
      { ...reply, mentions: null },
      { threadId: null, alsoInRoom: false, mentions },
      { ...reply, mentions },
    ]);
  for (const message of [...together, ...alone, ...pairs]) {
    const stored = await db().message.findFirstOrThrow({ where: { id: message.id } });
    expect(stored).toMatchObject({
      body: message.body,
      threadId: message.threadId,
      alsoInRoom: message.alsoInRoom,
      mentions: message.mentions,
      authorId: ann.id,
    });
    const expected = message.mentions ? [{ kind: "person", targetId: bo.id, seq: message.seq }] : [];
    expect(await targetsOf(message.id)).toEqual(expected);
  }
});

it("A mention in a thread counts in the room only if the room shows it, and until it is read in either", async () => {
  const { bo, threadId, send, entryOf } = await setting();
  await as(bo).do("thread.setFollowed", { threadId, isFollowed: true });
  const hidden = await send("For @bo alone", { threadId });
  const shown = await send("For @bo and all", { threadId, alsoInRoom: true });
  const entry = await entryOf(bo);
  expect(entry.mentions).toEqual([shown.seq]);
  expect(entry.unread).toContain(shown.seq);
  expect(entry.unread).not.toContain(hidden.seq);
  expect(entry.follows).toMatchObject([{ unread: [hidden.seq, shown.seq], unreadInRoom: [shown.seq] }]);
  await as(bo).do("thread.read", { threadId });
  expect((await entryOf(bo)).mentions).toEqual([]);
  await as(bo).do("thread.markUnread", { threadId, fromSeq: shown.seq });
  expect((await entryOf(bo)).mentions).toEqual([shown.seq]);
});

it("A reply can mention a group: the thread's page says so to the people who are in it", async () => {
  const { organization, bo, cy, threadId, roomId, send } = await setting();
  const { handle } = await db().group.findUniqueOrThrow({ where: { id: await makeGroup(organization, [bo]) } });
  const { id } = await send(`For @${handle}`, { threadId });
  const seenBy = async (who: TestPerson) =>
    (await as(who).do("message.list", { roomId, threadId })).messages.find((message) => message.id === id);
  expect(await seenBy(bo)).toHaveProperty("isForMe", true);
  expect(await seenBy(cy)).not.toHaveProperty("isForMe");
});

it("Who gives a title to a thread whose first message means them, or moves such a message, is told that it does", async () => {
  const { organization, ann, roomId } = await setting();
  const { handle } = await db().group.findUniqueOrThrow({ where: { id: await makeGroup(organization, [ann]) } });
  const send = (more: object = {}) => as(ann).do("message.send", { roomId, body: `For @${handle}`, ...more });
  const { id: threadId } = await send();
  await send({ threadId });
  for (const title of ["Plan", "Plan"])
    expect(await as(ann).do("thread.setTitle", { threadId, title })).toHaveProperty("isForMe", true);
  expect(await as(ann).do("thread.setResolved", { threadId, isResolved: true })).toHaveProperty("isForMe", true);
  const { id } = await send();
  const move = () => as(ann).do("thread.move", { threadId, messageIds: [id] });
  for (const { messages } of [await move(), await move()]) expect(messages).toMatchObject([{ id, isForMe: true }]);
});

it("A moved message keeps its mentions", async () => {
  const { ann, bo, threadId, send, entryOf } = await setting();
  const { id, seq, mentions } = await send("Hello @bo");
  const { messages } = await as(ann).do("thread.move", { threadId, messageIds: [id] });
  expect(messages).toMatchObject([{ id, threadId, mentions }]);
  expect(await targetsOf(id)).toMatchObject([{ targetId: bo.id }]);
  expect((await entryOf(bo)).mentions).toEqual([seq]);
});

const followOf = async (who: TestPerson, threadId: string) =>
  (await as(who).do("home.show", {})).rooms[0]?.follows?.find((each) => each.threadId === threadId);

it("Who is mentioned by name in a reply follows the thread from the reply on, without a tick", async () => {
  const { ann, bo, cy, threadId, send, entryOf } = await setting();
  const shown = await send("Before", { threadId, alsoInRoom: true });
  const { clock } = await as(bo).do("home.show", {});
  // Two at once, in one batch, and one by itself.
  const [one, two] = await Promise.all([send("For @bo", { threadId }), send("Again @bo", { threadId })]);
  const three = await as(cy).do("message.send", { roomId: shown.roomId, threadId, body: "@bo" });
  const fromSeq = Math.min(one.seq, two.seq) - 1;
  expect(await followOf(bo, threadId)).toMatchObject({
    isFollowed: true,
    fromSeq,
    lastReadSeq: 0,
    unread: [fromSeq + 1, fromSeq + 2, three.seq],
  });
  // What the room shows of the thread is still unread there.
  expect((await entryOf(bo)).unread).toContain(shown.seq);
  expect((await as(bo).do("home.show", {})).clock).toBe(clock);
  // An author who mentions themselves has read their reply.
  expect((await followOf(ann, threadId))?.fromSeq).toBe(0);
});

it("A mention follows again after somebody stopped, and moves nothing for who follows", async () => {
  const { bo, threadId, send } = await setting();
  await as(bo).do("thread.setFollowed", { threadId, isFollowed: true });
  const [one, two] = [await send("One", { threadId }), await send("Two, @bo", { threadId })];
  expect(await followOf(bo, threadId)).toMatchObject({ fromSeq: 0, unread: [one.seq, two.seq] });
  const { tick } = await as(bo).do("thread.setFollowed", { threadId, isFollowed: false });
  await send("Three", { threadId });
  const four = await send("Four, @bo", { threadId });
  expect(await followOf(bo, threadId)).toMatchObject({
    isFollowed: true,
    fromSeq: four.seq - 1,
    unread: [four.seq],
    tick,
  });
  // Marked as unread from an earlier reply, that is unread, too.
  await as(bo).do("thread.markUnread", { threadId, fromSeq: two.seq });
  expect((await followOf(bo, threadId))?.unread).toContain(two.seq);
});

it("A mention in a transaction of its own follows, too; groups, @here, @room, moved messages and blocked authors do not", async () => {
  const { organization, ann, bo, cy, room, threadId, send } = await setting();
  await db().person.update({ where: { id: cy.id }, data: { handle: "cy" } });
  const { handle } = await db().group.findUniqueOrThrow({ where: { id: await makeGroup(organization, [bo]) } });
  await send(`For @${handle}, @here and @room`, { threadId });
  const { id } = await send("Hello @bo");
  await as(ann).do("thread.move", { threadId, messageIds: [id] });
  await as(cy).do("block.add", { personId: ann.id });
  await send("@cy", { threadId });
  expect([await followOf(bo, threadId), await followOf(cy, threadId)]).toEqual([undefined, undefined]);
  const { seq } = await send("For @bo and @room", { threadId });
  expect(await followOf(bo, threadId)).toMatchObject({ fromSeq: seq - 1, unread: [seq] });
  expect(await followOf(cy, threadId)).toBeUndefined();
  const outsider = await makePerson(organization);
  await db().person.update({ where: { id: outsider.id }, data: { handle: "dee" } });
  await send("For @dee", { threadId });
  expect(await db().threadFollow.count({ where: { threadId, personId: outsider.id } })).toBe(0);
  await joinAs("member", room, outsider);
  expect(await followOf(outsider, threadId)).toBeUndefined();
});

it("An edit that mentions somebody, or no longer, and a deletion tell them of the thread that they follow", async () => {
  const { ann, bo, threadId, send } = await setting();
  const { id: messageId, seq } = await send("For all", { threadId });
  await send("Later", { threadId });
  const missed = async (act: () => Promise<unknown>) => {
    const { clock: from, epoch } = await as(bo).do("home.show", {});
    await act();
    return (await as(bo).do("sync", { rooms: {}, me: from, epoch })).me?.changes;
  };
  const edit = (body: string) => missed(() => as(ann).do("message.edit", { messageId, body }));
  const told = [{ type: "thread", follow: { threadId, isFollowed: true, fromSeq: seq - 1, unread: [seq, seq + 1] } }];
  expect(await edit("For @bo")).toMatchObject(told);
  expect(await edit("For @bo alone")).toBeUndefined();
  expect(await edit("For nobody")).toMatchObject(told);
  await edit("For @bo");
  expect(await missed(() => as(ann).do("message.delete", { messageId }))).toMatchObject([
    { type: "thread", follow: { isFollowed: true, unread: [seq + 1] } },
  ]);
});

it("An edit that mentions somebody who joined after the reply, and does not see it, follows nothing for them", async () => {
  const { organization, ann, room, roomId, threadId, send } = await setting();
  await db().room.update({ where: { id: roomId }, data: { history: "fromJoining" } });
  const { id: messageId } = await send("For all", { threadId });
  const dee = await makePerson(organization);
  await db().person.update({ where: { id: dee.id }, data: { handle: "dee" } });
  await as(ann).do("membership.add", { roomId: room.id, personIds: [dee.id] });
  await as(ann).do("message.edit", { messageId, body: "For @dee" });
  expect(await db().threadFollow.count({ where: { threadId, personId: dee.id } })).toBe(0);
  await send("Later, for @dee", { threadId });
  expect(await db().threadFollow.count({ where: { threadId, personId: dee.id } })).toBe(1);
});
