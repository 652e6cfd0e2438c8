import { randomUUID } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { as, joinAs, makeOrganization, makePerson, makeRoom, outcome } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const [mia, ben] = [await makePerson(organization), await makePerson(organization, { name: "Ben" })];
  const room = await makeRoom(organization);
  await joinAs("member", room, mia, ben);
  return { organization, mia, ben, room, roomId: room.id };
}
const stored = (roomId: string) => db().message.findMany({ where: { roomId }, orderBy: { seq: "asc" } });
const clockOf = async (id: string) => (await db().room.findUniqueOrThrow({ where: { id } })).clock;

it("A message is stored as it was answered, at the next tick of its room", async () => {
  const { mia, roomId } = await setting();
  const id = uuidv7();
  const first = await as(mia).do("message.send", { roomId, id, body: "Good morning" });
  expect(first).toMatchObject({
    id,
    roomId,
    authorId: mia.id,
    kind: "person",
    body: "Good morning",
    seq: 1,
    changedSeq: 1,
  });
  const second = await as(mia).do("message.send", { roomId, body: "Anybody here?" });
  expect(second.seq).toBe(2);
  expect((await stored(roomId)).map((row) => row.id)).toEqual([id, second.id]);
});

it("The same message sent twenty times at once makes one row and one tick, and all answers are equal", async () => {
  const { mia, roomId } = await setting();
  const id = uuidv7();
  const told = await Promise.all(
    Array.from({ length: 20 }, () => as(mia).do("message.send", { roomId, id, body: "Once" })),
  );
  expect(new Set(told.map((message) => JSON.stringify(message))).size).toBe(1);
  expect(await stored(roomId)).toHaveLength(1);
  expect(await clockOf(roomId)).toBe(1);
});

it("A message sent again after an edit is answered with its latest state", async () => {
  const { mia, roomId } = await setting();
  const { id } = await as(mia).do("message.send", { roomId, body: "Helo" });
  const edited = await as(mia).do("message.edit", { messageId: id, body: "Hello" });
  expect(await as(mia).do("message.send", { roomId, id, body: "Helo" })).toEqual(edited);
});

it("An id of another author's message, or of one in another room, is a conflict and changes nothing", async () => {
  const { organization, mia, ben, roomId } = await setting();
  const other = await makeRoom(organization);
  await joinAs("member", other, mia);
  const { id } = await as(mia).do("message.send", { roomId, body: "Mine" });
  expect(outcome(await as(ben).ask("message.send", { roomId, id, body: "Mine too" }))).toBe("conflict");
  expect(outcome(await as(mia).ask("message.send", { roomId: other.id, id, body: "Here too" }))).toBe("conflict");
  expect((await stored(roomId)).map((row) => row.body)).toEqual(["Mine"]);
  expect([await clockOf(roomId), await clockOf(other.id)]).toEqual([1, 0]);
});

it("One id sent to two rooms at once is stored in one, and a conflict in the other", async () => {
  const { organization, mia, roomId } = await setting();
  const other = await makeRoom(organization);
  await joinAs("member", other, mia);
  const id = uuidv7();
  const answers = await Promise.all(
    [roomId, other.id].map((room) => as(mia).ask("message.send", { roomId: room, id, body: "Where?" })),
  );
  expect(answers.map(outcome).toSorted()).toEqual(["conflict", "ok"]);
});

it("Forty messages of two people at once get forty consecutive positions, and each answer has its position", async () => {
  const { mia, ben, roomId } = await setting();
  const sent = await Promise.all(
    Array.from({ length: 40 }, (_, n) => as(n % 2 ? mia : ben).do("message.send", { roomId, body: String(n) })),
  );
  expect(sent.map((message) => message.seq).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 40 }, (_, n) => n + 1),
  );
  expect((await stored(roomId)).map((row) => row.id)).toEqual(
    sent.toSorted((a, b) => a.seq - b.seq).map((message) => message.id),
  );
  expect(await clockOf(roomId)).toBe(40);
});

it("Sending marks the room as read up to the sent message", async () => {
  const { mia, ben, roomId } = await setting();
  await as(ben).do("message.send", { roomId, body: "Question?" });
  const unread = async () => (await as(mia).do("home.show", {})).rooms[0]?.unread;
  expect(await unread()).toEqual([1]);
  await as(mia).do("message.send", { roomId, body: "Answer." });
  expect(await unread()).toEqual([]);
});

it("An archived room refuses new messages, but answers a repeat of one it has stored", async () => {
  const { mia, ben, roomId } = await setting();
  const sent = await as(mia).do("message.send", { roomId, body: "Before" });
  // Every change of a room takes a tick.
  const seq = (await clockOf(roomId)) + 1;
  await db().room.update({ where: { id: roomId }, data: { archivedAt: new Date(), clock: seq, changedSeq: seq } });
  expect(outcome(await as(mia).ask("message.send", { roomId, body: "After" }))).toBe("room_archived");
  expect(await as(mia).do("message.send", { roomId, id: sent.id, body: "Before" })).toEqual(sent);
  expect(outcome(await as(ben).ask("message.send", { roomId, id: sent.id, body: "Before" }))).toBe("conflict");
});

it("A removed person may not even repeat a message they had sent", async () => {
  const { organization, mia, roomId } = await setting();
  const sent = await as(mia).do("message.send", { roomId, body: "Before" });
  expect(await as(mia).do("message.send", { roomId, id: sent.id, body: "Before" })).toEqual(sent);
  await as(organization.owner).do("membership.remove", { roomId, personId: mia.id });
  expect(outcome(await as(mia).ask("message.send", { roomId, id: sent.id, body: "Before" }))).toBe("forbidden");
  await db().room.update({ where: { id: roomId }, data: { access: "private" } });
  expect(outcome(await as(mia).ask("message.send", { roomId, id: sent.id, body: "Before" }))).toBe("not_found");
});

it("If only moderators may post, a member is refused with that reason", async () => {
  const { mia, ben, roomId } = await setting();
  await db().room.update({ where: { id: roomId }, data: { postingPolicy: "moderators" } });
  await db().membership.update({
    where: { roomId_personId: { roomId, personId: ben.id } },
    data: { role: "moderator" },
  });
  expect(outcome(await as(ben).ask("message.send", { roomId, body: "News" }))).toBe("ok");
  expect(await as(mia).ask("message.send", { roomId, body: "Reply" })).toEqual({
    ok: false,
    error: { code: "forbidden", message: "Only moderators and admins can post in this room. Ask one of them." },
  });
});

it.each([
  ["nothing", ""],
  ["only spaces", " \n\t "],
  ["only what cannot be seen", "\u200b\u200d\u2060\u3164"],
  ["NUL", "a\u0000b"],
  ["16,001 characters", "x".repeat(16_001)],
])("A body of %s is refused", async (_, body) => {
  const { mia, roomId } = await setting();
  expect(outcome(await as(mia).ask("message.send", { roomId, body: "x".repeat(16_000) }))).toBe("ok");
  const answer = await as(mia).ask("message.send", { roomId, body });
  expect(answer).toMatchObject({ ok: false, error: { code: "invalid_input", fields: { body: expect.any(String) } } });
  expect(await clockOf(roomId)).toBe(1);
});

it("A message id must be a UUIDv7", async () => {
  const { mia, roomId } = await setting();
  expect(outcome(await as(mia).ask("message.send", { roomId, id: randomUUID(), body: "Hello" }))).toBe("invalid_input");
});
