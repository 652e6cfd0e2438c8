import { expect, it } from "vitest";
import { limits } from "@/lib/contract/limits";
import { emojiList } from "@/lib/contract/emoji-list";
import { db } from "@/lib/server/db";
import { as, joinAs, makeOrganization, makePerson, makeRoom, outcome, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const [mia, moe] = [await makePerson(organization), await makePerson(organization, { name: "Moe" })];
  const room = await makeRoom(organization);
  await joinAs("member", room, mia);
  await joinAs("moderator", room, moe);
  const roomId = room.id;
  const { id: messageId } = await as(mia).do("message.send", { roomId, body: "Hello" });
  return { organization, mia, moe, room, roomId, messageId };
}
const clockOf = async (id: string) => (await db().room.findUniqueOrThrow({ where: { id } })).clock;
const add = (person: TestPerson, messageId: string, emoji = "🎉") =>
  as(person).do("reaction.add", { messageId, emoji });
const remove = (person: TestPerson, messageId: string, emoji = "🎉") =>
  as(person).do("reaction.remove", { messageId, emoji });
const asks = async (person: TestPerson, messageId: string, emoji = "🎉") =>
  outcome(await as(person).ask("reaction.add", { messageId, emoji }));
const seenBy = async (person: TestPerson, roomId: string) =>
  (await as(person).do("message.list", { roomId })).messages[0]?.reactions;

it("A reaction takes a tick, leaves the message as it is, and each reader sees whether it is theirs", async () => {
  const { mia, moe, roomId, messageId } = await setting();
  const { kind } = await add(mia, messageId);
  expect(kind).toEqual({ emoji: "🎉", count: 1, personIds: [mia.id], seq: 2, changedSeq: 2, isMine: true });
  expect(await seenBy(mia, roomId)).toEqual([kind]);
  expect(await seenBy(moe, roomId)).toEqual([{ ...kind, isMine: false }]);
  expect(await db().message.findFirstOrThrow({ where: { id: messageId } })).toMatchObject({ changedSeq: 1, seq: 1 });
  expect(await clockOf(roomId)).toBe(2);
});

it("Repeats change nothing and take no tick, both ways", async () => {
  const { mia, roomId, messageId } = await setting();
  expect((await remove(mia, messageId)).kind).toMatchObject({ count: 0, isMine: false, changedSeq: 0 });
  expect(await clockOf(roomId)).toBe(1);
  const first = await add(mia, messageId);
  expect(await add(mia, messageId)).toEqual(first);
  expect(await clockOf(roomId)).toBe(2);
  const taken = await remove(mia, messageId);
  expect(taken.kind).toMatchObject({ count: 0, isMine: false, personIds: [], changedSeq: 3 });
  expect(await remove(mia, messageId)).toEqual(taken);
  expect(await clockOf(roomId)).toBe(3);
  expect(await seenBy(mia, roomId)).toBeUndefined();
  expect(await db().reaction.count({ where: { messageId } })).toBe(1);
});

it("An emoji keeps its place when it is taken back and given again", async () => {
  const { mia, moe, roomId, messageId } = await setting();
  await add(mia, messageId, "🎉");
  await add(moe, messageId, "👍");
  await remove(mia, messageId, "🎉");
  await add(mia, messageId, "🎉");
  expect((await seenBy(mia, roomId))?.map(({ emoji }) => emoji)).toEqual(["🎉", "👍"]);
});

it("One emoji with and without its variation sign is one reaction, stored in its qualified form", async () => {
  const { mia, roomId, messageId } = await setting();
  for (const emoji of ["❤", "❤\uFE0F", "❤\uFE0E"]) await add(mia, messageId, emoji);
  expect((await seenBy(mia, roomId))?.map(({ emoji }) => emoji)).toEqual(["❤\uFE0F"]);
  await remove(mia, messageId, "❤");
  expect(await seenBy(mia, roomId)).toBeUndefined();
});

it("What is not exactly one emoji of the list is invalid", async () => {
  const { mia, messageId } = await setting();
  for (const emoji of ["", "a", ":tada:", "🎉🎉", "custom:1", "🏿"])
    expect(await asks(mia, messageId, emoji), emoji).toBe("invalid_input");
});

it("A message has at most 20 different reactions, also when more arrive at once, and others may join them", async () => {
  const { organization, room, moe, roomId, messageId } = await setting();
  const people = await Promise.all(Array.from({ length: 30 }, () => makePerson(organization)));
  for (const person of people) await joinAs("member", room, person);
  const outcomes = await Promise.all(people.map((person, at) => asks(person, messageId, emojiList[at])));
  expect(outcomes.filter((each) => each === "ok")).toHaveLength(limits.reactionKinds);
  expect(outcomes.filter((each) => each === "conflict")).toHaveLength(30 - limits.reactionKinds);
  const given = (await seenBy(moe, roomId)) ?? [];
  expect(given).toHaveLength(limits.reactionKinds);
  expect(await asks(moe, messageId, given[0]?.emoji)).toBe("ok");
  const refused = emojiList[outcomes.indexOf("conflict")];
  expect(await asks(moe, messageId, refused)).toBe("conflict");
  const last = people[outcomes.lastIndexOf("ok")] as TestPerson;
  await remove(last, messageId, emojiList[outcomes.lastIndexOf("ok")]);
  expect(await asks(moe, messageId, refused), "one kind is free again").toBe("ok");
});

it("Twenty people who react at once get one row each, with ticks of their own, and one view", async () => {
  const { organization, room, roomId, messageId } = await setting();
  const people = await Promise.all(Array.from({ length: 20 }, () => makePerson(organization)));
  for (const person of people) await joinAs("member", room, person);
  const before = await clockOf(roomId);
  await Promise.all(people.map((person) => add(person, messageId)));
  const rows = await db().reaction.findMany({ where: { messageId }, orderBy: { changedSeq: "asc" } });
  expect(rows.map(({ personId }) => personId).toSorted()).toEqual(people.map(({ id }) => id).toSorted());
  expect(rows.map(({ changedSeq }) => changedSeq)).toEqual(rows.map((_, at) => before + 1 + at));
  expect(await clockOf(roomId)).toBe(before + 20);
  const first = rows.slice(0, limits.reactionPeople).map(({ personId }) => personId);
  for (const person of people)
    expect(await seenBy(person, roomId)).toEqual([
      { emoji: "🎉", count: 20, personIds: first, isMine: true, seq: before + 1, changedSeq: before + 20 },
    ]);
});

it("Given and taken back at once, a reaction is what the answer with the latest tick says", async () => {
  const { mia, roomId, messageId } = await setting();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? add(mia, messageId) : remove(mia, messageId))),
  );
  const latest = answers.toSorted((a, b) => a.kind.changedSeq - b.kind.changedSeq).at(-1);
  expect((await seenBy(mia, roomId))?.[0]?.isMine ?? false).toBe(latest?.kind.isMine);
  expect(await db().reaction.count({ where: { messageId } })).toBe(1);
});

it("Members react in a room for announcements, and nobody in an archived room, whatever they ask", async () => {
  const { mia, roomId, messageId } = await setting();
  await db().room.update({ where: { id: roomId }, data: { postingPolicy: "moderators" } });
  expect(await asks(mia, messageId)).toBe("ok");
  await db().room.update({ where: { id: roomId }, data: { archivedAt: new Date() } });
  expect(await asks(mia, messageId, "👍")).toBe("room_archived");
  expect(outcome(await as(mia).ask("reaction.remove", { messageId, emoji: "🎉" }))).toBe("room_archived");
});

it("Who previews a room sees the reactions and who reacted, and may not react", async () => {
  const { organization, mia, roomId, messageId } = await setting();
  await add(mia, messageId);
  const visitor = await makePerson(organization);
  expect(await seenBy(visitor, roomId)).toMatchObject([{ count: 1, isMine: false }]);
  expect((await as(visitor).do("reaction.list", { messageId })).reactions).toHaveLength(1);
  expect(await asks(visitor, messageId)).toBe("not_found");
  await db().room.update({ where: { id: roomId }, data: { access: "private" } });
  expect(outcome(await as(visitor).ask("reaction.list", { messageId }))).toBe("not_found");
});

it("Deleting a message deletes its reactions, and a tombstone refuses new ones, also when both happen at once", async () => {
  const { mia, moe, roomId, messageId } = await setting();
  await add(moe, messageId);
  const [reacted] = await Promise.all([asks(mia, messageId, "👍"), as(mia).do("message.delete", { messageId })]);
  expect(["ok", "gone"]).toContain(reacted);
  expect(await db().reaction.count({ where: { messageId } })).toBe(0);
  expect(await asks(mia, messageId)).toBe("gone");
  expect(outcome(await as(moe).ask("reaction.remove", { messageId, emoji: "🎉" }))).toBe("gone");
  expect((await as(mia).do("reaction.list", { messageId })).reactions).toEqual([]);
  expect(await seenBy(mia, roomId)).toBeUndefined();
});

it("Nobody reacts to a notice", async () => {
  const { organization, mia, roomId } = await setting();
  await as(await makePerson(organization)).do("membership.join", { roomId });
  const { id } = await db().message.findFirstOrThrow({ where: { roomId, kind: "notice" } });
  expect(await asks(mia, id)).toBe("forbidden");
});

it("A message below somebody's floor does not exist for them", async () => {
  const { mia, roomId, messageId } = await setting();
  await db().membership.update({ where: { roomId_personId: { roomId, personId: mia.id } }, data: { floorSeq: 1 } });
  expect(await asks(mia, messageId)).toBe("not_found");
  expect(outcome(await as(mia).ask("reaction.list", { messageId }))).toBe("not_found");
});

it("Somebody who left keeps their reaction, which they can no longer take back", async () => {
  const { mia, moe, roomId, messageId } = await setting();
  await add(mia, messageId);
  await as(moe).do("membership.remove", { roomId, personId: mia.id });
  expect(await seenBy(moe, roomId)).toMatchObject([{ count: 1, personIds: [mia.id] }]);
  expect(outcome(await as(mia).ask("reaction.remove", { messageId, emoji: "🎉" }))).toBe("not_found");
});

it("The list says who reacted and when, earliest first, of one emoji or of all", async () => {
  const { mia, moe, messageId } = await setting();
  await add(mia, messageId, "🎉");
  await add(moe, messageId, "👍");
  await add(moe, messageId, "🎉");
  await remove(mia, messageId, "🎉");
  await add(mia, messageId, "🎉");
  const pairs = async (given: object) => {
    const { reactions } = await as(mia).do("reaction.list", { messageId, ...given });
    return reactions.map(({ person, emoji }) => `${person.id === mia.id ? "mia" : "moe"} ${emoji}`);
  };
  expect(await pairs({})).toEqual(["moe 👍", "moe 🎉", "mia 🎉"]);
  expect(await pairs({ emoji: "🎉" })).toEqual(["moe 🎉", "mia 🎉"]);
  const { next } = await as(mia).do("reaction.list", { messageId, limit: 1 });
  expect(await pairs({ after: next })).toEqual(["moe 🎉", "mia 🎉"]);
});

it("A page carries the count, not the people: 500 reactions make it no longer than 5", async () => {
  const { organization, mia, room, roomId, messageId } = await setting();
  const people = await Promise.all(Array.from({ length: 5 }, () => makePerson(organization)));
  for (const person of people) await joinAs("member", room, person);
  for (const person of people) await add(person, messageId);
  const size = async () => JSON.stringify(await seenBy(mia, roomId)).length;
  const small = await size();
  await makeMany(organization.id, roomId, messageId, 495);
  expect(await seenBy(mia, roomId)).toMatchObject([{ count: 500 }]);
  expect(await size()).toBeLessThan(small + 10);
});

/** Adds reactions of many people who exist only for that. */
async function makeMany(organizationId: string, roomId: string, messageId: string, count: number) {
  await db().$executeRaw`
    WITH people AS (
      INSERT INTO "Person" (id, "organizationId", name, handle)
      SELECT gen_random_uuid(), ${organizationId}::uuid, 'Reader', 'reader-' || n FROM generate_series(1, ${count}::int) n RETURNING id),
    moved AS (UPDATE "Room" SET clock = clock + ${count}::int WHERE id = ${roomId}::uuid RETURNING clock - ${count}::int AS clock)
    INSERT INTO "Reaction" ("organizationId", "roomId", "messageId", emoji, "personId", seq, "changedSeq", "isGiven")
    SELECT ${organizationId}::uuid, ${roomId}::uuid, ${messageId}::uuid, '🎉', p.id, m.clock + row_number() OVER (), m.clock + row_number() OVER (), true
    FROM people p, moved m`;
}
