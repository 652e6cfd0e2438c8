import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import {
  as,
  joinAs,
  makeGroup,
  makeOrganization,
  makePerson,
  makeRoom,
  outcome,
  type TestPerson,
} from "@/tests/harness/people";
import { sweepCounted } from "./counted";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const { owner } = organization;
  const [mia, bo, guest] = [
    await makePerson(organization, { name: "Mia" }),
    await makePerson(organization, { name: "Bo" }),
    await makePerson(organization, { name: "Gus", role: "guest" }),
  ];
  const groupId = await makeGroup(organization, [mia, bo]);
  const room = await makeRoom(organization, { access: "restricted", groupIds: [groupId] });
  await joinAs("admin", room, owner);
  await joinAs("member", room, mia, bo, guest);
  return { organization, owner, mia, bo, guest, groupId, room, roomId: room.id };
}
const deactivate = (by: TestPerson, { id: personId }: TestPerson) => as(by).ask("person.deactivate", { personId });
const reactivate = (by: TestPerson, { id: personId }: TestPerson) => as(by).ask("person.reactivate", { personId });

/** The number of members, as each operation reports it. */
async function counts(by: TestPerson, roomId: string, groupId: string) {
  const { rooms } = await as(by).do("room.list", {});
  const home = await as(by).do("home.show", {});
  const { members, total } = await as(by).do("membership.list", { roomId });
  const { group, rooms: opened } = await as(by).do("group.show", { groupId });
  const groupList = await as(by).do("group.members", { groupId });
  const all = await as(by).do("room.administer", { roomId });
  const ofRoom = [
    rooms.find(({ room }) => room.id === roomId)?.room.memberCount,
    home.rooms.find(({ room }) => room.id === roomId)?.room.memberCount,
    members.length,
    total,
    opened[0]?.memberCount,
    all.rooms[0]?.room.memberCount,
  ];
  return { ofRoom: new Set(ofRoom), ofGroup: new Set([group.memberCount, groupList.total, groupList.people.length]) };
}
const clockOf = async (roomId: string) => (await db().room.findUniqueOrThrow({ where: { id: roomId } })).clock;

it("A deactivated person does not count in their rooms and groups, everywhere, and counts again when reactivated", async () => {
  const { owner, mia, roomId, groupId } = await setting();
  expect(await counts(owner, roomId, groupId)).toEqual({ ofRoom: new Set([4]), ofGroup: new Set([2]) });
  const clock = await clockOf(roomId);
  await deactivate(owner, mia);
  expect(await counts(owner, roomId, groupId)).toEqual({ ofRoom: new Set([3]), ofGroup: new Set([1]) });
  expect(await clockOf(roomId)).toBe(clock + 1);
  const home = await as(owner).do("home.show", {});
  const { rooms } = await as(owner).do("sync", { rooms: { [roomId]: clock }, me: 0, epoch: home.epoch });
  expect(rooms[roomId]).toMatchObject({ kind: "delta", room: { memberCount: 3 } });
  await reactivate(owner, mia);
  expect(await counts(owner, roomId, groupId)).toEqual({ ofRoom: new Set([4]), ofGroup: new Set([2]) });
});

it("Removing a deactivated person takes nobody from the number of members", async () => {
  const { owner, mia, roomId } = await setting();
  await deactivate(owner, mia);
  expect(await as(owner).do("membership.remove", { roomId, personId: mia.id })).toEqual({ memberCount: 3 });
});

it("A guest counts until their end, and again once it is moved into the future", async () => {
  const { organization, owner, guest, roomId, groupId } = await setting();
  await db().person.update({ where: { id: guest.id }, data: { endsAt: new Date() } });
  await sweepCounted(organization.id);
  expect((await counts(owner, roomId, groupId)).ofRoom).toEqual(new Set([3]));
  await as(owner).do("person.setEnd", { personId: guest.id, endsAt: null });
  expect((await counts(owner, roomId, groupId)).ofRoom).toEqual(new Set([4]));
});

it("Of deactivating, reactivating, joining and adding at once, the number of members is that of those who can sign in", {
  timeout: 60_000,
}, async () => {
  for (let round = 0; round < 5; round++) {
    const { organization, owner, mia, bo, roomId } = await setting();
    const other = await makeRoom(organization);
    await joinAs("member", other, owner);
    await Promise.all([
      deactivate(owner, mia),
      as(owner).ask("membership.add", { roomId: other.id, personIds: [mia.id] }),
      as(mia).ask("membership.leave", { roomId }),
      deactivate(owner, bo).then(() => reactivate(owner, bo)),
      as(bo).ask("membership.join", { roomId: other.id }),
    ]);
    await sweepCounted(organization.id);
    for (const id of [roomId, other.id]) {
      const where = { roomId: id, person: { deactivatedAt: null } };
      const { total } = await as(owner).do("membership.list", { roomId: id });
      expect(total).toBe(await db().membership.count({ where }));
    }
  }
});

it("The room invites that a deactivated person sent are withdrawn, and stay so", async () => {
  const { organization, owner, mia, roomId } = await setting();
  const pia = await makePerson(organization, { name: "Pia" });
  const { id: roomInviteId } = await as(mia).do("roomInvite.send", { roomId, personId: pia.id });
  expect((await as(pia).do("home.show", {})).invites).toHaveLength(1);
  await deactivate(owner, mia);
  expect((await as(pia).do("home.show", {})).invites).toEqual([]);
  await reactivate(owner, mia);
  expect(outcome(await as(pia).ask("roomInvite.accept", { roomInviteId }))).toBe("gone");
});

it("An invite does only what its maker may when it is claimed: to the organization, its rooms and a room", async () => {
  const { organization, owner, mia, room, roomId } = await setting();
  const [pia, kit] = [await makePerson(organization, { name: "Pia" }), await makePerson(organization, { name: "Kit" })];
  await as(owner).do("organization.update", { membersInvite: true });
  const { token } = await as(mia).do("invite.create", { roomIds: [roomId] });
  const { id: roomInviteId } = await as(mia).do("roomInvite.send", { roomId, personId: pia.id });
  await as(owner).do("room.update", { roomId, membersAddPeople: false });
  expect(outcome(await as(pia).ask("roomInvite.accept", { roomInviteId }))).toBe("gone");
  const claim = (email: string) =>
    as({ sessionId: null, address: email }).ask("invite.accept", {
      token,
      name: "Nia",
      email,
      password: "long enough it is",
    });
  const nia = await claim(`${kit.id}@example.org`);
  expect(nia).toMatchObject({ ok: true });
  const personId = nia.ok ? nia.data.personId : "";
  expect(await db().membership.count({ where: { roomId: room.id, personId } })).toBe(0);
  await as(owner).do("organization.update", { membersInvite: false });
  expect(await as(owner).do("invite.show", { token })).toEqual({ state: "revoked" });
  expect(outcome(await claim(`${pia.id}@example.org`))).toBe("gone");
});

it("A guest whose access has ended is treated as deactivated: nobody finds, adds, invites or promotes them", async () => {
  const { organization, owner, guest } = await setting();
  const other = await makeRoom(organization);
  await joinAs("admin", other, owner);
  await db().person.update({ where: { id: guest.id }, data: { endsAt: new Date() } });
  const personId = guest.id;
  expect((await as(owner).do("person.list", { query: "Gus" })).people).toEqual([]);
  for (const [answer, expected] of [
    [await as(owner).ask("membership.add", { roomId: other.id, personIds: [personId] }), "not_found"],
    [await as(owner).ask("roomInvite.send", { roomId: other.id, personId, note: "" }), "not_found"],
    [await as(owner).ask("password.link", { personId }), "not_found"],
    [await as(owner).ask("organization.setRole", { personId, role: "member" }), "forbidden"],
  ] as const)
    expect(outcome(answer)).toBe(expected);
  await as(owner).do("person.setEnd", { personId, endsAt: null });
  expect(outcome(await as(owner).ask("organization.setRole", { personId, role: "member" }))).toBe("ok");
});

it("Losing someone from a group that opens thousands of rooms takes seconds, because rooms are locked together", async () => {
  const { organization, owner, mia, groupId } = await setting();
  await db().$executeRaw`
    WITH made AS (
      INSERT INTO "Room" (id, "organizationId", access, name, "nameKey", "createdAt")
      SELECT gen_random_uuid(), ${organization.id}::uuid, 'restricted', 'room ' || n, 'room ' || n, now()
      FROM generate_series(1, 3000) n RETURNING id)
    INSERT INTO "RoomGroup" ("organizationId", "roomId", "groupId")
    SELECT ${organization.id}::uuid, id, ${groupId}::uuid FROM made`;
  const startedAt = performance.now();
  await as(owner).do("group.removeMembers", { groupId, personIds: [mia.id] });
  expect(performance.now() - startedAt).toBeLessThan(4_000);
});
