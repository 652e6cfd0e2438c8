import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { as, joinAs, makeGroup, makeOrganization, makePeople, makeRoom, type TestPerson } from "@/tests/harness/people";

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
  return { organization, ann, bo, cy, roomId, threadId, send, entryOf };
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
