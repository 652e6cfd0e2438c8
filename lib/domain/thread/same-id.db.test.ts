import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { as, joinAs, makeOrganization, makePeople, makeRoom, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

/** Ann and Pat in a room of an organization of their own, and a message of Ann with this id. */
async function begin(id: string) {
  const organization = await makeOrganization();
  const [ann, pat] = (await makePeople(organization, [{ name: "Ann" }, { name: "Pat" }])) as [TestPerson, TestPerson];
  const room = await makeRoom(organization);
  await joinAs("member", room, ann, pat);
  await as(ann).do("message.send", { roomId: room.id, id, body: "Hello" });
  return {
    ann,
    pat,
    send: (messageId: string) => as(ann).do("message.send", { roomId: room.id, id: messageId, body: "Hello" }),
    reply: (who: TestPerson) => as(who).do("message.send", { roomId: room.id, threadId: id, body: "Hello" }),
    summary: async () => (await as(ann).do("message.list", { roomId: room.id })).threads?.[0],
    follow: async () => (await as(ann).do("home.show", {})).rooms[0]?.follows?.[0],
    list: async () => (await as(ann).do("thread.list", { filter: "unread" })).threads,
  };
}

// A client chooses the ids of messages, and may know one of another organization.
it("Threads whose first messages have the same id in two organizations have nothing in common", async () => {
  const id = uuidv7();
  const [one, other, none] = [await begin(id), await begin(id), await begin(id)];
  await one.reply(one.pat);
  const last = await one.reply(one.pat);
  const reply = await other.reply(other.pat);
  expect(await one.summary()).toMatchObject({ count: 2, personIds: [one.pat.id], tick: last.changedSeq });
  expect(await other.summary()).toMatchObject({ count: 1, personIds: [other.pat.id], tick: reply.changedSeq });
  expect(await none.summary()).toBeUndefined();
  expect(await other.follow()).toMatchObject({ unread: [reply.seq] });
  expect(await other.list()).toMatchObject([{ id, last: { id: reply.id }, summary: { count: 1 } }]);
  expect(await none.list()).toEqual([]);
  const title = await as(none.ann).ask("thread.setTitle", { threadId: id, title: "Not a thread" });
  expect(title).toMatchObject({ ok: false, error: { code: "not_found" } });
});

it("A message that is moved takes its own followers along, and none of the message with its id in another organization", async () => {
  const [threadId, messageId] = [uuidv7(), uuidv7()];
  const [one, other] = [await begin(threadId), await begin(threadId)];
  for (const { send } of [one, other]) await send(messageId);
  await as(one.pat).do("thread.setFollowed", { threadId: messageId, isFollowed: true });
  await as(other.ann).do("thread.move", { threadId, messageIds: [messageId] });
  expect(await db().threadFollow.findMany({ where: { personId: one.pat.id } })).toMatchObject([
    { threadId: messageId, isFollowed: true },
  ]);
  await as(one.ann).do("thread.move", { threadId, messageIds: [messageId] });
  const follows = await db().threadFollow.findMany({ where: { personId: one.pat.id, isFollowed: true } });
  expect(follows).toMatchObject([{ threadId }]);
});
