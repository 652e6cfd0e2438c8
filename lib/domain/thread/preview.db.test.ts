import { expect, it } from "vitest";
import { as, joinAs, makeOrganization, makePeople, makeRoom, outcome, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting(history: "everything" | "fromJoining") {
  const organization = await makeOrganization();
  const [ann, eve] = (await makePeople(organization, [{ name: "Ann" }, { name: "Eve" }])) as [TestPerson, TestPerson];
  const room = await makeRoom(organization);
  const roomId = room.id;
  await joinAs("member", room, ann);
  const { id: threadId } = await as(ann).do("message.send", { roomId, body: "The lamp is out" });
  const reply = await as(ann).do("message.send", { roomId, threadId, body: "Which one?" });
  await as(ann).do("thread.setTitle", { threadId, title: "Lamp" });
  await as(organization.owner).do("room.update", { roomId, history });
  return { eve, room, roomId, threadId, reply };
}

it("Who previews a room reads its threads, and follows, changes and writes in none", async () => {
  const { eve, roomId, threadId, reply } = await setting("everything");
  const { threads } = await as(eve).do("message.list", { roomId });
  expect(threads).toMatchObject([{ threadId, count: 1, about: { title: "Lamp" } }]);
  const page = await as(eve).do("message.list", { roomId, threadId });
  expect(page).toMatchObject({ first: { id: threadId }, messages: [{ id: reply.id }], threads: [{ threadId }] });
  expect(page.people.map(({ id }) => id)).toEqual([reply.authorId]);
  const { messages } = await as(eve).do("message.lookUp", { messageIds: [reply.id] });
  expect(messages).toMatchObject([{ id: reply.id, threadId }]);
  for (const answer of [
    as(eve).ask("thread.setFollowed", { threadId, isFollowed: true }),
    as(eve).ask("thread.setTitle", { threadId, title: "Mine" }),
    as(eve).ask("message.send", { roomId, threadId, body: "Hello" }),
  ])
    expect(outcome(await answer)).toBe("forbidden");
});

it("Where newcomers see nothing from before, a preview has no threads", async () => {
  const { eve, roomId, threadId, reply } = await setting("fromJoining");
  expect(await as(eve).do("message.list", { roomId })).toMatchObject({ messages: [] });
  expect(outcome(await as(eve).ask("message.list", { roomId, threadId }))).toBe("not_found");
  expect((await as(eve).do("message.lookUp", { messageIds: [reply.id] })).messages).toEqual([]);
});
