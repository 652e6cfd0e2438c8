// A group that opens thousands of rooms. A change of the group must end within the time of a request, and reach every room.
import { expect, it } from "vitest";
import { limits } from "@/lib/contract/limits";
import { db } from "@/lib/server/db";
import { as, makeGroup, makeOrganizationOf, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const roomCount = 3_000;

/** Rooms that one group opens. A second group opens half of them, too. Mia is in all of them through the first group. */
async function setting() {
  const { id, people } = await makeOrganizationOf([
    { role: "owner", name: "Olga" },
    { role: "admin", name: "Mia" },
    { name: "Bo" },
  ]);
  const [owner, mia, bo] = people;
  const organization = { id };
  const groupId = await makeGroup(organization, [mia]);
  const otherId = await makeGroup(organization, [bo]);
  await db().$executeRaw`
    WITH made AS (
      INSERT INTO "Room" (id, "organizationId", access, name, "nameKey", "createdAt")
      SELECT gen_random_uuid(), ${id}::uuid, 'restricted', 'room ' || n, 'room ' || n, now()
      FROM generate_series(1, ${roomCount}::int) n RETURNING id, name),
    opened AS (
      INSERT INTO "RoomGroup" ("organizationId", "roomId", "groupId")
      SELECT ${id}::uuid, id, ${groupId}::uuid FROM made
      UNION ALL SELECT ${id}::uuid, id, ${otherId}::uuid FROM made WHERE right(name, 1) IN ('0', '2', '4', '6', '8'))
    INSERT INTO "Membership" ("organizationId", "roomId", "personId", "isFollowing", "joinedSeq", "lastReadSeq")
    SELECT ${id}::uuid, id, ${mia.id}::uuid, true, 0, 0 FROM made`;
  await db().person.update({ where: { id: mia.id }, data: { role: "member" } });
  return { organization, owner, mia, groupId };
}

const roomsOf = (who: TestPerson) => db().membership.count({ where: { personId: who.id } });
async function quickly(work: () => Promise<unknown>) {
  const startedAt = performance.now();
  await work();
  expect(performance.now() - startedAt).toBeLessThan(limits.requestMs / 2);
}

it("It is deleted at once: rooms that only it opened are private and keep their people, the others lose them", {
  timeout: 60_000,
}, async () => {
  const { organization, owner, mia, groupId } = await setting();
  await quickly(() => as(owner).do("group.delete", { groupId }));
  const where = { organizationId: organization.id };
  expect(await db().room.count({ where: { ...where, access: "private" } })).toBe(roomCount / 2);
  expect(await roomsOf(mia)).toBe(roomCount / 2);
  expect(await db().membership.count({ where: { personId: mia.id, isFollowing: true } })).toBe(0);
  // Each room has a notice about its access. Half of the rooms also have a notice about Mia's removal, at another tick.
  expect(await db().message.count({ where })).toBe(roomCount * 1.5);
  expect(await db().room.groupBy({ by: ["clock"], where, _count: true })).toEqual(
    expect.arrayContaining([
      { clock: 1, _count: roomCount / 2 },
      { clock: 2, _count: roomCount / 2 },
    ]),
  );
  expect(await db().auditEntry.count({ where: { ...where, act: "room.setAccess" } })).toBe(roomCount);
});

it.each([
  [
    "leaves it",
    (owner: TestPerson, mia: TestPerson, groupId: string) =>
      as(owner).do("group.removeMembers", { groupId, personIds: [mia.id] }),
  ],
  [
    "becomes a guest",
    (owner: TestPerson, mia: TestPerson) => as(owner).do("organization.setRole", { personId: mia.id, role: "guest" }),
  ],
])("Somebody who %s leaves all its rooms at once", { timeout: 60_000 }, async (_, act) => {
  const { owner, mia, groupId } = await setting();
  await quickly(() => act(owner, mia, groupId));
  expect(await roomsOf(mia)).toBe(0);
});
