import { expect, it } from "vitest";
import type { Actor } from "@/lib/server/actor";
import { db } from "@/lib/server/db";
import { as, callerOf, joinAs, makeOrganization, makePeople, makeRoom, type TestPerson } from "@/tests/harness/people";
import { fillRoom } from "@/tests/harness/rooms";
import { readTogether } from "./read-batch";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const [mia, ben, eve] = (await makePeople(organization, [{}, { name: "Ben" }, { name: "Eve" }])) as [
    TestPerson,
    TestPerson,
    TestPerson,
  ];
  const room = await makeRoom(organization);
  await joinAs("member", room, mia, ben, eve);
  return { mia, ben, eve, room, roomId: room.id };
}
const clockOf = async (person: TestPerson) =>
  (await db().personLog.findUnique({ where: { personId: person.id } }))?.clock ?? 1;

it("The read position never moves back, whichever of twenty concurrent updates comes last", async () => {
  const { mia, ben, roomId } = await setting();
  for (let n = 0; n < 20; n++) await as(ben).do("message.send", { roomId, body: String(n) });
  const places = Array.from({ length: 20 }, (_, n) => ((n * 7) % 20) + 1);
  const told = await Promise.all(places.map((upToSeq) => as(mia).do("room.read", { roomId, upToSeq })));
  for (const [index, membership] of told.entries())
    expect(membership.lastReadSeq).toBeGreaterThanOrEqual(places[index] as number);
  expect((await as(mia).do("room.read", { roomId, upToSeq: 3 })).lastReadSeq).toBe(20);
});

it("Reading beyond the last message reads to the end, and later messages are unread", async () => {
  const { mia, ben, roomId } = await setting();
  await as(ben).do("message.send", { roomId, body: "One" });
  expect((await as(mia).do("room.read", { roomId, upToSeq: 2_147_483_647 })).lastReadSeq).toBe(1);
  await as(ben).do("message.send", { roomId, body: "Two" });
  expect((await as(mia).do("home.show", {})).rooms[0]?.unread).toEqual([2]);
});

it("Reading moves only the reader's position", async () => {
  const { mia, ben, eve, roomId } = await setting();
  await as(ben).do("message.send", { roomId, body: "One" });
  await as(mia).do("room.read", { roomId, upToSeq: 1 });
  expect((await as(mia).do("home.show", {})).rooms[0]?.unread).toEqual([]);
  expect((await as(eve).do("home.show", {})).rooms[0]?.unread).toEqual([1]);
});

it("A person's own clock ticks once per change, and not for a repeat that changes nothing", async () => {
  const organization = await makeOrganization();
  const mia = await makePeople(organization, [{}]).then(([person]) => person as TestPerson);
  const before = await clockOf(mia);
  const rooms = await Promise.all(Array.from({ length: 20 }, () => makeRoom(organization)));
  await Promise.all(rooms.map(({ id: roomId }) => as(mia).do("membership.join", { roomId })));
  expect(await clockOf(mia)).toBe(before + 20);
  await Promise.all(rooms.map(({ id: roomId }) => as(mia).do("room.read", { roomId, upToSeq: 0 })));
  expect(await clockOf(mia)).toBe(before + 20);
  expect((await as(mia).do("home.show", {})).clock).toBe(before + 20);
});

it.each([1, 2, 3])(
  "After a random mix of sends, edits, deletions and reads every unread number is a recount (seed %i)",
  async (seed) => {
    const { mia, ben, eve, roomId } = await setting();
    const people = [mia, ben, eve];
    let state = seed;
    const random = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * below);
    };
    const sent: { id: string; by: TestPerson }[] = [];
    const actions = Array.from(
      { length: 60 },
      (_, n) => [people[random(3)] as TestPerson, random(6), random(1_000), n] as const,
    );
    const act = async ([who, what, where, n]: (typeof actions)[number]) => {
      const old = sent[where % Math.max(1, sent.length)];
      if (what <= 2 || !old) {
        const { id } = await as(who).do("message.send", { roomId, body: n % 3 === 0 ? `${n} @room` : `${n}` });
        sent.push({ id, by: who });
      } else if (what === 3)
        await as(old.by).ask("message.edit", {
          messageId: old.id,
          body: n % 2 === 0 ? `Edit ${n} @everyone` : `Edit ${n}`,
        });
      else if (what === 4) await as(old.by).ask("message.delete", { messageId: old.id });
      else await as(who).do("room.read", { roomId, upToSeq: where % 40 });
    };
    // Runs three actions at a time, so that they overlap.
    for (let n = 0; n < actions.length; n += 3) await Promise.all(actions.slice(n, n + 3).map(act));

    const rows = await db().message.findMany({ where: { roomId }, orderBy: { seq: "asc" } });
    for (const who of people) {
      const [entry] = (await as(who).do("home.show", {})).rooms;
      const place = entry?.membership.lastReadSeq ?? 0;
      const recount = rows.filter(
        (row) => row.seq > place && row.authorId !== who.id && !row.deletedAt && row.kind !== "notice",
      );
      expect(entry?.unread).toEqual(recount.map((row) => row.seq));
      expect(entry?.mentions).toEqual(recount.filter((row) => row.mentions !== null).map((row) => row.seq));
    }
  },
);

it("Notices and tombstones are never unread, and never the last message of a room", async () => {
  const { mia, ben, eve, roomId } = await setting();
  const { id: messageId } = await as(ben).do("message.send", { roomId, body: "One" });
  const kept = await as(ben).do("message.send", { roomId, body: "Two" });
  expect((await as(mia).do("home.show", {})).rooms[0]?.unread).toEqual([1, 2]);
  await as(ben).do("message.delete", { messageId });
  await as(eve).do("membership.leave", { roomId });
  const [entry] = (await as(mia).do("home.show", {})).rooms;
  expect(entry?.unread).toEqual([2]);
  expect(entry?.lastMessage?.id).toBe(kept.id);
  expect(entry?.clock).toBe(4);
});

it("Of more than a hundred unread messages, the newest hundred are listed", async () => {
  const { mia, ben, room } = await setting();
  await fillRoom(room, ben, 104);
  const [entry] = (await as(mia).do("home.show", {})).rooms;
  expect(entry?.unread).toEqual(Array.from({ length: 100 }, (_, n) => n + 5));
});

it("200 people who read at the same time are stored in a few transactions", async () => {
  const organization = await makeOrganization();
  const room = await makeRoom(organization);
  const people = await makePeople(
    organization,
    Array.from({ length: 200 }, () => ({})),
  );
  await joinAs("member", room, ...people);
  await as(people[0] as TestPerson).do("message.send", { roomId: room.id, body: "One" });
  const readers = people.slice(1);
  await Promise.all(readers.map((reader) => as(reader).do("room.read", { roomId: room.id, upToSeq: 1 })));
  const [row] = await db().$queryRaw<{ people: number; transactions: number }[]>`
    SELECT count(*)::int AS people, count(DISTINCT xmin::text)::int AS transactions FROM "PersonLog"
    WHERE "personId" = ANY(${readers.map(({ id }) => id)}::uuid[])`;
  expect(row?.people).toBe(199);
  expect(row?.transactions).toBeLessThan(20);
});

it("A locked membership delays only its own person's read, which is stored after the lock", async () => {
  const { mia, ben, eve, roomId } = await setting();
  await as(ben).do("message.send", { roomId, body: "One" });
  let unlock = () => {};
  const isReleased = new Promise<void>((resolve) => (unlock = resolve));
  let locked = () => {};
  const isLocked = new Promise<void>((resolve) => (locked = resolve));
  const holder = db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Membership" WHERE "personId" = ${mia.id}::uuid FOR UPDATE`;
    locked();
    await isReleased;
  });
  await isLocked;
  let hasMiaRead = false;
  const ofMia = as(mia)
    .do("room.read", { roomId, upToSeq: 1 })
    .finally(() => (hasMiaRead = true));
  expect((await as(eve).do("room.read", { roomId, upToSeq: 1 })).lastReadSeq).toBe(1);
  expect(hasMiaRead).toBe(false);
  unlock();
  await holder;
  expect((await ofMia).lastReadSeq).toBe(1);
});

it("A read on a session that ends while it waits changes nothing", async () => {
  const { mia, ben, roomId } = await setting();
  await as(ben).do("message.send", { roomId, body: "One" });
  const caller = await callerOf(mia);
  await db().session.update({ where: { id: mia.sessionId }, data: { revokedAt: new Date() } });
  const read = readTogether({ actor: caller.actor as Actor, roomId, upToSeq: 1 });
  expect(await read).toBe(null);
  const membership = await db().membership.findFirstOrThrow({ where: { roomId, personId: mia.id } });
  expect(membership.lastReadSeq).toBe(0);
});
