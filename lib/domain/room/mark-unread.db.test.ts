import { expect, it } from "vitest";
import { as, joinAs, makeOrganization, makePeople, makeRoom, outcome, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

/** Mia and Ben are in a room. Ben has written five messages, which Mia has read. */
async function setting() {
  const organization = await makeOrganization();
  const [mia, ben] = (await makePeople(organization, [{}, { name: "Ben" }])) as [TestPerson, TestPerson];
  const room = await makeRoom(organization);
  const roomId = room.id;
  await joinAs("member", room, mia, ben);
  for (let n = 1; n <= 5; n++) await as(ben).do("message.send", { roomId, body: String(n) });
  await as(mia).do("room.read", { roomId, upToSeq: 5 });
  const entryOf = async (who: TestPerson) => (await as(who).do("home.show", {})).rooms[0];
  return { mia, ben, roomId, entryOf };
}

it("Everything from the message on is unread, for this person alone, until they read it again", async () => {
  const { mia, ben, roomId, entryOf } = await setting();
  const bens = await entryOf(ben);
  const { tick } = (await entryOf(mia))?.membership ?? { tick: 0 };
  const marked = await as(mia).do("room.markUnread", { roomId, fromSeq: 3 });
  expect(marked).toMatchObject({ unread: [3, 4, 5], membership: { lastReadSeq: 2, tick: tick + 1 } });
  expect(await entryOf(mia)).toEqual(marked);
  expect(await entryOf(ben)).toEqual(bens);
  await as(mia).do("room.read", { roomId, upToSeq: 4 });
  expect((await entryOf(mia))?.unread).toEqual([5]);
});

it("A message sent before does not undo it, and one sent afterwards reads the room", async () => {
  const { mia, roomId, entryOf } = await setting();
  await as(mia).do("message.send", { roomId, body: "Mine" });
  await as(mia).do("room.markUnread", { roomId, fromSeq: 4 });
  expect((await entryOf(mia))?.unread).toEqual([4, 5]);
  await as(mia).do("message.send", { roomId, body: "Mine again" });
  expect((await entryOf(mia))?.unread).toEqual([]);
});

it("A place beyond the newest message marks nothing, and 0 marks everything", async () => {
  const { mia, roomId, entryOf } = await setting();
  await as(mia).do("room.markUnread", { roomId, fromSeq: 2_147_483_647 });
  expect((await entryOf(mia))?.unread).toEqual([]);
  await as(mia).do("room.markUnread", { roomId, fromSeq: 0 });
  expect((await entryOf(mia))?.unread).toEqual([1, 2, 3, 4, 5]);
});

it("Whoever left the room cannot mark it", async () => {
  const { mia, roomId } = await setting();
  await as(mia).do("membership.leave", { roomId });
  expect(outcome(await as(mia).ask("room.markUnread", { roomId, fromSeq: 1 }))).toBe("not_found");
});
