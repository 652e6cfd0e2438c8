import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import {
  as,
  joinAs,
  makeGroup,
  makeOrganizationOf,
  makePeople,
  makeRoom,
  outcome,
  type TestPerson,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

/** An owner, two members and a guest; Mia and Bo are in a group that opens `room`. */
async function setting() {
  const { id, people } = await makeOrganizationOf([
    { role: "owner", name: "Olga" },
    { name: "Mia" },
    { name: "Bo" },
    { role: "guest", name: "Gus" },
  ]);
  const [owner, mia, bo, guest] = people;
  const organization = { id };
  const groupId = await makeGroup(organization, [mia, bo]);
  const room = await makeRoom(organization, { name: "vault", access: "restricted", groupIds: [groupId] });
  return { organization, owner, mia, bo, guest, groupId, room, roomId: room.id };
}
const join = (who: TestPerson, roomId: string) => as(who).do("membership.join", { roomId });
const isIn = async (who: TestPerson, roomId: string) =>
  (await db().membership.count({ where: { roomId, personId: who.id } })) === 1;
const reads = async (who: TestPerson, roomId: string) => outcome(await as(who).ask("message.list", { roomId }));
const remove = (owner: TestPerson, groupId: string, ...people: TestPerson[]) =>
  as(owner).do("group.removeMembers", { groupId, personIds: people.map(({ id }) => id) });

it("A group is created, renamed, filled, listed and deleted", async () => {
  const { owner, mia, bo } = await setting();
  const group = await as(owner).do("group.create", { name: " On  call " });
  expect(group).toMatchObject({ name: "On call", handle: "on", memberCount: 0, roomCount: 0 });
  expect(await as(owner).do("group.create", { name: "😀" })).toMatchObject({ handle: "group" });
  const groupId = group.id;
  const both = { groupId, personIds: [mia.id, bo.id, mia.id] };
  expect(await as(owner).do("group.addMembers", both)).toMatchObject({ memberCount: 2 });
  expect(await as(owner).do("group.addMembers", both)).toMatchObject({ memberCount: 2 });
  expect(await as(owner).do("group.rename", { groupId, name: "Night shift" })).toMatchObject({ handle: "on" });
  const { people, total } = await as(owner).do("group.members", { groupId });
  expect([people.map(({ name }) => name), total]).toEqual([["Bo", "Mia"], 2]);
  expect(await remove(owner, groupId, bo)).toMatchObject({ name: "Night shift", memberCount: 1 });
  await as(owner).do("group.delete", { groupId });
  expect(outcome(await as(owner).ask("group.show", { groupId }))).toBe("not_found");
});

it.each(["Night shift", "NIGHT  SHIFT", "Νight shift"])(
  "A second group named %s is a conflict at the name",
  async (name) => {
    const { owner, groupId } = await setting();
    await as(owner).do("group.create", { name: "Night shift" });
    const conflict = {
      error: { code: expect.stringMatching(/conflict|invalid_input/), fields: { name: expect.any(String) } },
    };
    expect(await as(owner).ask("group.create", { name })).toMatchObject(conflict);
    expect(await as(owner).ask("group.rename", { groupId, name })).toMatchObject(conflict);
  },
);

it.each(["here", "Everyone", "@room", "сhannel"])(
  "No group is named %s, which means people of a room in a mention",
  async (name) => {
    const { owner, groupId } = await setting();
    const refusal = { error: { code: "invalid_input", fields: { name: expect.any(String) } } };
    expect(await as(owner).ask("group.create", { name })).toMatchObject(refusal);
    expect(await as(owner).ask("group.rename", { groupId, name })).toMatchObject(refusal);
  },
);

it("Of two groups created at once with one name, one is made", async () => {
  const { owner } = await setting();
  const create = () => as(owner).ask("group.create", { name: "Night shift" });
  expect((await Promise.all([create(), create()])).map(outcome).toSorted()).toEqual(["conflict", "ok"]);
});

it("Groups are found by name among all, and with `mine` among those that one is in", async () => {
  const { organization, owner, mia, groupId } = await setting();
  const more = Array.from({ length: 120 }, (_, n) => ({ id: crypto.randomUUID(), name: `Team ${n}`, handle: `t${n}` }));
  await db().group.createMany({ data: more.map((group) => ({ ...group, organizationId: organization.id })) });
  const last = more[119];
  const member = { organizationId: organization.id, groupId: last?.id ?? "", personId: mia.id };
  await db().groupMember.create({ data: member });
  const find = async (who: TestPerson, input: object) =>
    (await as(who).do("group.list", { limit: 50, ...input })).groups.map(({ id }) => id);
  expect((await find(owner, { query: "Team 119" }))[0]).toBe(last?.id);
  expect((await find(mia, { among: "mine" })).toSorted()).toEqual([groupId, last?.id ?? ""].toSorted());
  expect(await find(mia, { among: "mine", query: "Team 119" })).toEqual([last?.id]);
  expect(await find(owner, { among: "mine" })).toEqual([]);
});

it("Guests and the deactivated can't be added, and nobody of those named with them is", async () => {
  const { owner, guest, organization, groupId } = await setting();
  const [one, gone] = await makePeople(organization, [{}, {}]);
  await db().person.update({ where: { id: gone?.id ?? "" }, data: { deactivatedAt: new Date() } });
  const add = (...people: (TestPerson | undefined)[]) =>
    as(owner).ask("group.addMembers", { groupId, personIds: people.map((person) => person?.id ?? "") });
  expect(await add(one, guest)).toMatchObject({ error: { code: "forbidden", message: "Guests can't be in groups." } });
  expect(outcome(await add(one, gone))).toBe("not_found");
  expect(await db().groupMember.count({ where: { groupId } })).toBe(2);
});

it("Only who may manage groups is told how many rooms they open", async () => {
  const { owner, mia } = await setting();
  const roomCount = async (who: TestPerson) => (await as(who).do("group.list", {})).groups[0]?.roomCount;
  expect([await roomCount(owner), await roomCount(mia)]).toEqual([1, null]);
});

it("Who is removed from a group leaves the rooms they joined through it, and stays where they were added", async () => {
  const { owner, mia, bo, organization, groupId, roomId } = await setting();
  const added = await makeRoom(organization, { access: "restricted", groupIds: [groupId] });
  await join(owner, added.id);
  await as(owner).do("membership.add", { roomId: added.id, personIds: [mia.id] });
  await join(mia, roomId);
  await join(bo, roomId);
  expect(await reads(mia, roomId)).toBe("ok");
  await remove(owner, groupId, mia);
  expect([await isIn(mia, roomId), await reads(mia, roomId)]).toEqual([false, "not_found"]);
  expect([await isIn(mia, added.id), await isIn(bo, roomId)]).toEqual([true, true]);
  expect(outcome(await as(mia).ask("membership.join", { roomId }))).toBe("not_found");
  const { rooms, groupIds } = await as(mia).do("home.show", {});
  expect([rooms.map(({ room }) => room.id), groupIds]).toEqual([[added.id], []]);
});

it("Another group that opens the room, or a role, keeps them in it until that ends too", async () => {
  const { owner, mia, organization, groupId, room, roomId } = await setting();
  const other = await makeGroup(organization, [mia]);
  await db().roomGroup.create({ data: { organizationId: organization.id, roomId, groupId: other } });
  await join(mia, room.id);
  await as(owner).do("group.addMembers", { groupId, personIds: [owner.id] });
  await join(owner, roomId);
  await remove(owner, groupId, mia, owner);
  expect([await isIn(mia, roomId), await isIn(owner, roomId)]).toEqual([true, true]);
  await remove(owner, other, mia);
  expect(await isIn(mia, roomId)).toBe(false);
});

it("Deleting a group ends what follows it; a room that was open only to it becomes private and keeps its members", async () => {
  const { owner, mia, bo, organization, groupId, roomId } = await setting();
  const other = await makeGroup(organization, [bo]);
  const shared = await makeRoom(organization, { access: "restricted", groupIds: [groupId, other] });
  for (const id of [roomId, shared.id]) for (const who of [mia, bo]) await join(who, id);
  await as(owner).do("group.delete", { groupId });
  expect(await db().room.findUniqueOrThrow({ where: { id: roomId } })).toMatchObject({
    access: "private",
    forAdmins: false,
  });
  expect([await isIn(mia, roomId), await isIn(bo, roomId)]).toEqual([true, true]);
  expect([await isIn(mia, shared.id), await isIn(bo, shared.id)]).toEqual([false, true]);
  // These memberships are personal now, so only a removal ends them.
  expect(await db().membership.count({ where: { roomId, isFollowing: true } })).toBe(0);
});

it("The warning names every room, who loses it and what keeps it open", async () => {
  const { owner, mia, bo, organization, groupId, roomId } = await setting();
  const other = await makeGroup(organization, [bo]);
  const { name: otherName } = await db().group.findUniqueOrThrow({ where: { id: other } });
  const shared = await makeRoom(organization, { name: "wharf", access: "restricted", groupIds: [groupId, other] });
  for (const id of [roomId, shared.id]) for (const who of [mia, bo]) await join(who, id);
  const losses = async (personIds?: string[]) =>
    (await as(owner).do("group.losses", { groupId, personIds })).rooms.map(({ id: _, ...room }) => room);
  const none = { keeping: 0, otherGroups: [] };
  expect(await losses([mia.id])).toEqual([
    { name: "vault", losing: 1, ...none },
    { name: "wharf", losing: 1, ...none },
  ]);
  expect(await losses([bo.id])).toEqual([
    { name: "vault", losing: 1, ...none },
    { name: "wharf", losing: 0, keeping: 1, otherGroups: [otherName] },
  ]);
  // Nobody leaves the room that becomes private.
  expect(await losses()).toEqual([
    { name: "vault", losing: 0, ...none },
    { name: "wharf", losing: 1, keeping: 1, otherGroups: [otherName] },
  ]);
  await as(owner).do("group.delete", { groupId });
  expect([await isIn(mia, roomId), await isIn(mia, shared.id), await isIn(bo, shared.id)]).toEqual([true, false, true]);
});

it("A removal from the group and a join at once, twenty times, leave nobody in the room", {
  timeout: 30_000,
}, async () => {
  const { owner, organization, groupId, roomId } = await setting();
  const people = await makePeople(
    organization,
    Array.from({ length: 20 }, () => ({})),
  );
  await as(owner).do("group.addMembers", { groupId, personIds: people.map(({ id }) => id) });
  for (const who of people)
    await Promise.all([as(who).ask("membership.join", { roomId }), remove(owner, groupId, who)]);
  expect(await db().membership.count({ where: { roomId } })).toBe(0);
  expect(await db().groupMember.count({ where: { groupId } })).toBe(2);
});

it("A room that is opened to a group while somebody is removed from it does not keep them", {
  timeout: 30_000,
}, async () => {
  const { owner, organization, groupId } = await setting();
  const people = await makePeople(
    organization,
    Array.from({ length: 10 }, () => ({})),
  );
  await as(owner).do("group.addMembers", { groupId, personIds: people.map(({ id }) => id) });
  for (const who of people) {
    const { id: roomId } = await makeRoom(organization, { access: "public" });
    await joinAs("admin", { id: roomId, organizationId: organization.id, name: "" }, owner);
    const openAndJoin = async () => {
      await as(owner).do("room.setAccess", { roomId, access: "restricted", groupIds: [groupId] });
      return as(who).ask("membership.join", { roomId });
    };
    await Promise.all([openAndJoin(), remove(owner, groupId, who)]);
    expect(await isIn(who, roomId)).toBe(false);
  }
});

it("A group of 2,000 people in five rooms is deleted within 10 s, and all of them leave", {
  timeout: 60_000,
}, async () => {
  const { owner, organization } = await setting();
  const [groupId, other] = [await makeGroup(organization), await makeGroup(organization)];
  const people = await makePeople(
    organization,
    Array.from({ length: 2_000 }, () => ({})),
  );
  const personIds = people.map(({ id }) => id);
  for (let at = 0; at < personIds.length; at += 500)
    await as(owner).do("group.addMembers", { groupId, personIds: personIds.slice(at, at + 500) });
  const rooms = [];
  for (let n = 0; n < 5; n++) {
    const room = await makeRoom(organization, { access: "restricted", groupIds: [groupId, other] });
    await joinAs("member", room, ...people);
    rooms.push(room.id);
  }
  await db().membership.updateMany({ where: { roomId: { in: rooms } }, data: { isFollowing: true } });
  const startedAt = performance.now();
  await as(owner).do("group.delete", { groupId });
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  expect(await db().membership.count({ where: { roomId: { in: rooms } } })).toBe(0);
  // One notice names at most 500 people.
  const notices = await db().message.findMany({ where: { roomId: rooms[0] ?? "", kind: "notice" } });
  const named = notices.map(({ notice }) => (notice as { personIds?: string[] }).personIds?.length ?? 0);
  expect(named.filter((count) => count > 0)).toEqual([500, 500, 500, 500]);
});

it("Whoever is in a group learns of it, also later through sync, and only their own log says so", async () => {
  const { owner, mia, bo, groupId } = await setting();
  const clock = async (who: TestPerson) => (await as(who).do("home.show", {})).clock;
  const [mias, bos] = [await clock(mia), await clock(bo)];
  await remove(owner, groupId, mia);
  const { epoch, clock: now } = await as(mia).do("home.show", {});
  const { me } = await as(mia).do("sync", { rooms: {}, me: mias, epoch });
  expect(me).toMatchObject({ from: mias, to: now, changes: [{ type: "groups", groupIds: [] }] });
  expect(await clock(bo)).toBe(bos);
});
