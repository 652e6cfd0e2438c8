import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import {
  as,
  joinAs,
  makeGroup,
  makeOrganization,
  makePerson,
  makeRoom,
  nobody,
  outcome,
  type TestPerson,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const { owner } = organization;
  const [second, admin, mia, guest] = [
    await makePerson(organization, { role: "owner" }),
    await makePerson(organization, { role: "admin" }),
    await makePerson(organization),
    await makePerson(organization, { role: "guest" }),
  ];
  const general = await makeRoom(organization, { joinsEveryone: true });
  const forAdmins = await makeRoom(organization, { access: "restricted", forAdmins: true });
  await joinAs("member", general, owner, second, admin, mia);
  await joinAs("member", forAdmins, owner, second, admin);
  await db().membership.updateMany({ where: { roomId: forAdmins.id }, data: { isFollowing: true } });
  return { organization, owner, second, admin, mia, guest, general, forAdmins };
}
const setRole = (by: TestPerson, { id: personId }: TestPerson, role: "owner" | "admin" | "member" | "guest") =>
  as(by).ask("organization.setRole", { personId, role });
const roleOf = async ({ id }: TestPerson) => (await db().person.findUniqueOrThrow({ where: { id } })).role;
const roomsOf = async ({ id: personId }: TestPerson) =>
  (await db().membership.findMany({ where: { personId } })).map(({ roomId }) => roomId).toSorted();

it("Whoever becomes an admin is in the rooms of admins, and leaves them when they no longer are one", async () => {
  const { owner, mia, general, forAdmins } = await setting();
  expect(await setRole(owner, mia, "admin")).toMatchObject({ ok: true, data: { id: mia.id, role: "admin" } });
  expect(await roomsOf(mia)).toEqual([general.id, forAdmins.id].toSorted());
  await setRole(owner, mia, "member");
  expect(await roomsOf(mia)).toEqual([general.id]);
});

it("Whoever was added to a room, or is in its group, stays in it when they are no longer an admin", async () => {
  const { organization, owner, admin, general, forAdmins } = await setting();
  const groupId = await makeGroup(organization, [admin]);
  const [team, elsewhere] = [
    await makeRoom(organization, { access: "restricted", groupIds: [groupId] }),
    await makeRoom(organization, { access: "restricted", groupIds: [await makeGroup(organization)] }),
  ];
  for (const room of [team, elsewhere]) await as(admin).do("membership.join", { roomId: room.id });
  await db().membership.updateMany({ where: { roomId: forAdmins.id }, data: { isFollowing: false } });
  await setRole(owner, admin, "member");
  expect(await roomsOf(admin)).toEqual([general.id, forAdmins.id, team.id].toSorted());
});

it("A guest who becomes a member is in the rooms that everyone is in, and has no end any longer", async () => {
  const { owner, guest, general } = await setting();
  await as(owner).do("person.setEnd", { personId: guest.id, endsAt: new Date(Date.now() + 60_000).toISOString() });
  await setRole(owner, guest, "member");
  expect(await roomsOf(guest)).toEqual([general.id]);
  expect(await db().person.findUniqueOrThrow({ where: { id: guest.id } })).toMatchObject({ endsAt: null });
});

it("Losing the role and joining a room through it at once leave nobody in the room", { timeout: 60_000 }, async () => {
  for (let round = 0; round < 10; round++) {
    const { organization, owner, admin } = await setting();
    const groupIds = [await makeGroup(organization)];
    const room = await makeRoom(organization, { access: "restricted", groupIds });
    await Promise.all([setRole(owner, admin, "member"), as(admin).ask("membership.join", { roomId: room.id })]);
    expect(await db().membership.count({ where: { roomId: room.id } })).toBe(0);
  }
});

it("Only owners make owners and change their roles, and the last one stays", async () => {
  const { owner, second, admin, mia } = await setting();
  expect(outcome(await setRole(admin, mia, "owner"))).toBe("forbidden");
  expect(outcome(await setRole(admin, second, "member"))).toBe("forbidden");
  expect(outcome(await setRole(second, owner, "admin"))).toBe("ok");
  expect(await setRole(second, second, "admin")).toMatchObject({ ok: false, error: { message: /only owner/ } });
  expect(await roleOf(second)).toBe("owner");
});

it("A deactivated owner does not count as one", async () => {
  const { owner, second } = await setting();
  await as(owner).do("person.deactivate", { personId: second.id });
  expect(outcome(await setRole(owner, owner, "admin"))).toBe("forbidden");
  await as(owner).do("person.reactivate", { personId: second.id });
  expect(outcome(await setRole(owner, owner, "admin"))).toBe("ok");
});

it.each([
  ["demote", (by: TestPerson, target: TestPerson) => setRole(by, target, "member")],
  ["deactivate", (by: TestPerson, { id }: TestPerson) => as(by).ask("person.deactivate", { personId: id })],
] as const)("Two owners who %s each other at once leave one", async (_, act) => {
  for (let round = 0; round < 10; round++) {
    const { organization, owner, second } = await setting();
    const answers = await Promise.all([act(owner, second), act(second, owner)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const where = { organizationId: organization.id, role: "owner" as const, deactivatedAt: null };
    expect(await db().person.count({ where })).toBe(1);
  }
});

it("Two owners who step down at once leave one", async () => {
  const { owner, second } = await setting();
  const answers = await Promise.all([setRole(owner, owner, "admin"), setRole(second, second, "admin")]);
  expect(answers.map(outcome).toSorted()).toEqual(["forbidden", "ok"]);
});

it("Handing over ownership makes the one an owner and the other an admin, in one transaction", async () => {
  const { organization, owner, second, mia, guest } = await setting();
  await setRole(owner, second, "member");
  const transfer = (by: TestPerson, { id }: TestPerson) => as(by).ask("organization.transfer", { personId: id });
  expect(outcome(await transfer(owner, guest))).toBe("forbidden");
  expect(outcome(await transfer(mia, mia))).toBe("forbidden");
  expect(await transfer(owner, mia)).toMatchObject({ ok: true, data: { role: "owner" } });
  expect([await roleOf(owner), await roleOf(mia)]).toEqual(["admin", "owner"]);
  const entries = await db().auditEntry.findMany({
    where: { organizationId: organization.id, act: "organization.transfer" },
  });
  expect(entries.map(({ subjectId, after }) => [subjectId, after])).toEqual([
    [mia.id, { role: "owner" }],
    [owner.id, { role: "admin" }],
  ]);
});

it("A change of role moves the proof and the organization's clock", async () => {
  const { organization, owner, mia } = await setting();
  const state = async () => {
    const { proof } = await db().organization.findUniqueOrThrow({ where: { id: organization.id } });
    const log = await db().organizationLog.findUnique({ where: { organizationId: organization.id } });
    return { proof, clock: log?.clock ?? 0 };
  };
  const before = await state();
  await setRole(owner, mia, "admin");
  expect(await state()).toEqual({ proof: before.proof + 1, clock: before.clock + 1 });
  await setRole(owner, mia, "admin");
  expect(await state()).toEqual({ proof: before.proof + 1, clock: before.clock + 1 });
});

it("Whoever becomes a guest loses groups, roles in rooms, General and what a group opened, as the warning said", async () => {
  const { organization, owner, mia, general } = await setting();
  const groupId = await makeGroup(organization, [mia]);
  const [opened, personal, run, open] = [
    await makeRoom(organization, { access: "restricted", groupIds: [groupId] }),
    await makeRoom(organization, { access: "restricted", groupIds: [groupId] }),
    await makeRoom(organization, { access: "private" }),
    await makeRoom(organization),
  ];
  await as(mia).do("membership.join", { roomId: opened.id });
  await joinAs("member", personal, mia);
  await joinAs("member", open, mia);
  await joinAs("moderator", run, mia);
  const warned = await as(owner).do("person.guestLosses", { personId: mia.id });
  expect(warned.groups.map(({ id }) => id)).toEqual([groupId]);
  const room = ({ id, name }: { id: string; name: string }, role: string, leaves: boolean) => ({
    id,
    name,
    role,
    leaves,
  });
  expect(warned.rooms).toHaveLength(3);
  expect(warned.rooms).toEqual(
    expect.arrayContaining([
      room(general, "member", true),
      room(opened, "member", true),
      room(run, "moderator", false),
    ]),
  );
  expect(await setRole(owner, mia, "guest")).toMatchObject({ ok: true, data: { role: "guest" } });
  expect(await roomsOf(mia)).toEqual([personal.id, run.id, open.id].toSorted());
  expect(await db().membership.count({ where: { personId: mia.id, role: { not: "member" } } })).toBe(0);
  expect(await db().groupMember.count({ where: { personId: mia.id } })).toBe(0);
  const entries = await db().auditEntry.findMany({ where: { subjectId: mia.id }, orderBy: { id: "asc" } });
  expect(entries.map(({ act, after }) => [act, after])).toEqual([
    ["membership.setRole", { role: "member" }],
    ["organization.setRole", { role: "guest", groupIds: [] }],
  ]);
  await setRole(owner, mia, "member");
  expect(await roomsOf(mia)).toEqual([personal.id, run.id, open.id, general.id].toSorted());
});

it("Becoming a guest and being added to a group, made a moderator or joining at once leave a guest with none of it", {
  timeout: 60_000,
}, async () => {
  for (let round = 0; round < 5; round++) {
    const { organization, owner, mia } = await setting();
    const [groupId, own] = [await makeGroup(organization), await makeGroup(organization, [mia])];
    const opened = await makeRoom(organization, { access: "restricted", groupIds: [own] });
    const open = await makeRoom(organization);
    await joinAs("member", open, mia);
    await Promise.all([
      setRole(owner, mia, "guest"),
      as(owner).ask("group.addMembers", { groupId, personIds: [mia.id] }),
      as(owner).ask("membership.setRole", { roomId: open.id, personId: mia.id, role: "moderator" }),
      as(mia).ask("membership.join", { roomId: opened.id }),
    ]);
    expect(await db().groupMember.count({ where: { personId: mia.id } })).toBe(0);
    expect(
      await db().membership.findMany({ where: { personId: mia.id }, select: { roomId: true, role: true } }),
    ).toEqual([{ roomId: open.id, role: "member" }]);
  }
});

it("The last owner does not become a guest, and nobody who is in the organization becomes one by an invite", async () => {
  const { organization, owner, second } = await setting();
  await setRole(owner, second, "member");
  expect(await setRole(owner, owner, "guest")).toMatchObject({ ok: false, error: { message: /only owner/ } });
  const password = "a password of theirs";
  const { email, ...pia } = await makePerson(organization, { password });
  const { token } = await as(owner).do("invite.create", {
    role: "guest",
    roomIds: [(await makeRoom(organization)).id],
  });
  const accepted = await as(nobody()).ask("invite.accept", { token, email, name: "Pia", password });
  expect(accepted).toMatchObject({ error: { code: "conflict", fields: { email: /already a member/ } } });
  expect(await roleOf({ ...pia, email })).toBe("member");
});
