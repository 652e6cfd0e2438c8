import { uuidv7 } from "uuidv7";
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
  outcome,
  type TestPerson,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const [mia, ben, moe] = (await makePeople(organization, [{}, { name: "Ben" }, { name: "Moe" }])) as [
    TestPerson,
    TestPerson,
    TestPerson,
  ];
  const room = await makeRoom(organization);
  await joinAs("moderator", room, moe);
  return { organization, mia, ben, moe, room, roomId: room.id };
}
const notices = (roomId: string) =>
  db().message.findMany({ where: { roomId, kind: "notice" }, orderBy: { seq: "asc" } });
const isIn = async ({ id: personId }: TestPerson, roomId: string) =>
  (await db().membership.count({ where: { roomId, personId } })) === 1;

it("A new member has nothing unread, and their membership begins at the notice of their joining", async () => {
  const { mia, moe, roomId } = await setting();
  await as(moe).do("message.send", { roomId, body: "Before" });
  const entry = await as(mia).do("membership.join", { roomId });
  expect(entry).toMatchObject({
    membership: { role: "member", joinedSeq: 2, lastReadSeq: 2 },
    clock: 2,
    unread: [],
    room: { memberCount: 2 },
  });
  expect(await notices(roomId)).toMatchObject([
    { seq: 2, authorId: mia.id, notice: { type: "joined", personIds: [mia.id] } },
  ]);
});

it("Joining five times at once makes one membership, one notice and one tick of the person's clock", async () => {
  const { mia, roomId } = await setting();
  const clock = async () => (await db().personLog.findUnique({ where: { personId: mia.id } }))?.clock ?? 1;
  const before = await clock();
  const entries = await Promise.all(Array.from({ length: 5 }, () => as(mia).do("membership.join", { roomId })));
  for (const entry of entries) expect(entry).toEqual(entries[0]);
  expect(await notices(roomId)).toHaveLength(1);
  expect(await clock()).toBe(before + 1);
});

it("Joining and being added at once makes one membership and one notice", async () => {
  const { mia, moe, roomId } = await setting();
  await Promise.all([
    as(mia).do("membership.join", { roomId }),
    as(moe).do("membership.add", { roomId, personIds: [mia.id] }),
  ]);
  expect(await isIn(mia, roomId)).toBe(true);
  expect(await notices(roomId)).toHaveLength(1);
});

it("People of its group, owners and admins may join a restricted room; others cannot find it", async () => {
  const { organization, mia, ben } = await setting();
  const admin = await makePerson(organization, { role: "admin" });
  const groupId = await makeGroup(organization, [mia]);
  const { id: roomId } = await makeRoom(organization, { access: "restricted", groupIds: [groupId] });
  expect(outcome(await as(mia).ask("membership.join", { roomId }))).toBe("ok");
  expect(outcome(await as(admin).ask("membership.join", { roomId }))).toBe("ok");
  expect(outcome(await as(ben).ask("membership.join", { roomId }))).toBe("not_found");
  const listed = async (who: TestPerson) =>
    (await as(who).do("room.list", {})).rooms.some(({ room }) => room.id === roomId);
  expect([await listed(mia), await listed(ben)]).toEqual([true, false]);
});

it("Nobody can join an archived room, but its members stay", async () => {
  const { mia, ben, moe, roomId } = await setting();
  expect(outcome(await as(ben).ask("membership.join", { roomId }))).toBe("ok");
  await db().room.update({ where: { id: roomId }, data: { archivedAt: new Date() } });
  expect(outcome(await as(mia).ask("membership.join", { roomId }))).toBe("room_archived");
  expect(outcome(await as(moe).ask("membership.add", { roomId, personIds: [mia.id] }))).toBe("room_archived");
  expect(outcome(await as(ben).ask("membership.join", { roomId }))).toBe("ok");
});

it("Adding people makes one notice about the new members, and none about existing ones", async () => {
  const { mia, ben, moe, roomId } = await setting();
  await joinAs("admin", { id: roomId, organizationId: mia.organizationId, name: "" }, ben);
  const add = { roomId, personIds: [mia.id, ben.id, mia.id, mia.id.toUpperCase()] };
  expect(await as(moe).do("membership.add", add)).toEqual({ memberCount: 3 });
  expect(await as(moe).do("membership.add", add)).toEqual({ memberCount: 3 });
  expect(await notices(roomId)).toMatchObject([{ authorId: moe.id, notice: { type: "added", personIds: [mia.id] } }]);
  const { role } = await db().membership.findUniqueOrThrow({
    where: { roomId_personId: { roomId, personId: ben.id } },
  });
  expect(role).toBe("admin");
});

it("Nobody is added if one of them is of another organization, deactivated or unknown", async () => {
  const { organization, mia, ben, moe, roomId } = await setting();
  const stranger = (await makeOrganization()).owner;
  const gone = await makePerson(organization);
  await db().person.update({ where: { id: gone.id }, data: { deactivatedAt: new Date() } });
  for (const { id } of [stranger, gone, { id: roomId }]) {
    expect(await as(moe).ask("membership.add", { roomId, personIds: [mia.id, id] })).toMatchObject({
      error: { code: "not_found" },
    });
  }
  expect(await isIn(mia, roomId)).toBe(false);
  expect(outcome(await as(moe).ask("membership.add", { roomId, personIds: [mia.id, ben.id] }))).toBe("ok");
  expect(await isIn(mia, roomId)).toBe(true);
});

it("Messages sent during a removal are stored before it or refused, and no acknowledged one is lost", async () => {
  const { mia, moe, roomId } = await setting();
  await as(mia).do("membership.join", { roomId });
  const send = (n: number) => as(mia).ask("message.send", { roomId, body: String(n) });
  const answers = await Promise.all([
    ...Array.from({ length: 8 }, (_, n) => send(n)),
    as(moe).ask("membership.remove", { roomId, personId: mia.id }),
    ...Array.from({ length: 8 }, (_, n) => send(n + 8)),
  ]);
  expect(new Set(answers.map(outcome)).size).toBeLessThanOrEqual(2);
  const removal = (await notices(roomId)).at(-1);
  expect(removal?.notice).toEqual({ type: "removed", personIds: [mia.id] });
  const hers = await db().message.findMany({ where: { roomId, authorId: mia.id, kind: "person" } });
  for (const message of hers) expect(message.seq).toBeLessThan(removal?.seq ?? 0);
  expect(hers).toHaveLength(answers.filter((answer) => answer.ok).length - 1);
  expect(outcome(await send(99))).toBe("forbidden");
});

it("A removed person can no longer see anything of a private room", async () => {
  const { mia, moe, roomId } = await setting();
  await as(mia).do("membership.join", { roomId });
  await db().room.update({ where: { id: roomId }, data: { access: "private" } });
  const { id: messageId } = await as(mia).do("message.send", { roomId, body: "Mine" });
  const asked = async () => {
    const me = as(mia);
    const answers = [
      await me.ask("room.show", { roomId }),
      await me.ask("message.list", { roomId }),
      await me.ask("membership.list", { roomId }),
      await me.ask("message.history", { messageId }),
      await me.ask("room.read", { roomId, upToSeq: 1 }),
      await me.ask("room.type", { roomId }),
      await me.ask("message.edit", { messageId, body: "Still mine?" }),
      await me.ask("message.delete", { messageId }),
    ];
    const listed = (await me.do("room.list", {})).rooms.length + (await me.do("home.show", {})).rooms.length;
    return { answers: answers.map(outcome), listed };
  };
  expect(await asked()).toEqual({ answers: Array.from({ length: 8 }, () => "ok"), listed: 2 });
  await as(moe).do("membership.remove", { roomId, personId: mia.id });
  expect(await asked()).toEqual({ answers: Array.from({ length: 8 }, () => "not_found"), listed: 0 });
});

it("If two people remove the same member at once, there is one notice, and the second gets not_found", async () => {
  const { organization, mia, moe, roomId } = await setting();
  await as(mia).do("membership.join", { roomId });
  const answers = await Promise.all(
    [moe, organization.owner].map((who) => as(who).ask("membership.remove", { roomId, personId: mia.id })),
  );
  expect(answers.map(outcome).toSorted()).toEqual(["not_found", "ok"]);
  expect((await notices(roomId)).map((row) => (row.notice as { type: string }).type)).toEqual(["joined", "removed"]);
});

it("Two people who leave and remove each other at once neither deadlock nor fail", async () => {
  const { organization, roomId } = await setting();
  const people = await makePeople(
    organization,
    Array.from({ length: 8 }, (_, n) => ({ name: `Person ${n}` })),
  );
  const rooms = [roomId, (await makeRoom(organization)).id, (await makeRoom(organization)).id];
  const everybody = people.map((person) => person.id);
  const add = (id: string) => as(organization.owner).do("membership.add", { roomId: id, personIds: everybody });
  await Promise.all(rooms.map(add));
  await Promise.all(rooms.flatMap((id) => people.map((person) => as(person).do("membership.leave", { roomId: id }))));
  expect(await db().membership.count({ where: { personId: { in: everybody } } })).toBe(0);
  const clocks = await db().personLog.findMany({ where: { personId: { in: everybody } } });
  const atFirst = 1;
  expect(clocks.map(({ clock }) => clock - atFirst)).toEqual(everybody.map(() => 6));
});

it("Nobody can leave, or be removed from, the room that everybody joins", async () => {
  const { organization, mia, ben } = await setting();
  const { id: roomId } = await makeRoom(organization, { joinsEveryone: true });
  await joinAs("member", { id: roomId, organizationId: organization.id, name: "" }, mia, ben);
  expect(outcome(await as(mia).ask("membership.leave", { roomId }))).toBe("forbidden");
  expect(outcome(await as(organization.owner).ask("membership.remove", { roomId, personId: ben.id }))).toBe(
    "forbidden",
  );
  expect(await isIn(ben, roomId)).toBe(true);
});

it("A guest who moderates a room can add people they share a room with; others are not_found to them", async () => {
  const { organization, mia, ben, room, roomId } = await setting();
  const guest = await makePerson(organization, { role: "guest" });
  await joinAs("moderator", room, guest);
  const elsewhere = await makeRoom(organization);
  await joinAs("member", elsewhere, guest, ben);
  const add = (id: string) => as(guest).ask("membership.add", { roomId, personIds: [id] });
  expect(outcome(await add(ben.id))).toBe("ok");
  expect(await add(mia.id)).toEqual(await add(uuidv7()));
  expect(outcome(await add(mia.id))).toBe("not_found");
  expect([await isIn(ben, roomId), await isIn(mia, roomId)]).toEqual([true, false]);
});
