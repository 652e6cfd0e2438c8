import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { hashToken } from "@/lib/server/secret";
import {
  as,
  joinAs,
  makeGroup,
  makeOrganization,
  makePerson,
  makeRoom,
  nobody,
  outcome,
  proveAddress,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting(given: { maxUses?: 1 | 5 | 10 | null; expiresInSeconds?: 3_600 | null } = {}) {
  const organization = await makeOrganization();
  const { owner } = organization;
  const { invite, token } = await as(owner).do("invite.create", given);
  return { organization, organizationId: organization.id, owner, invite, token };
}
const email = () => `${randomBytes(6).toString("hex")}@example.org`;
const claim = (token: string, given: object = {}) =>
  as(nobody()).ask("invite.accept", {
    token,
    name: "Nia Newcomer",
    email: email(),
    password: "long enough it is",
    ...given,
  });
const newcomers = (organizationId: string) =>
  db().person.findMany({ where: { organizationId, role: { not: "owner" } } });
const count = (answers: Awaited<ReturnType<typeof claim>>[], result: string) =>
  answers.filter((answer) => outcome(answer) === result).length;

it.each([
  [50, 10],
  [20, 1],
] as const)(
  "%i claims at once of an invite with %i uses make exactly that many members",
  { timeout: 60_000 },
  async (claims, uses) => {
    const { organizationId, token, invite } = await setting({ maxUses: uses });
    const answers = await Promise.all(Array.from({ length: claims }, () => claim(token)));
    expect([count(answers, "ok"), count(answers, "gone")]).toEqual([uses, claims - uses]);
    expect(await newcomers(organizationId)).toHaveLength(uses);
    expect((await db().invite.findUniqueOrThrow({ where: { id: invite.id } })).uses).toBe(uses);
  },
);

it("People with the same name who accept different invites at once all join, each with their own handle", async () => {
  const organization = await makeOrganization();
  const invites = await Promise.all(Array.from({ length: 6 }, () => as(organization.owner).do("invite.create", {})));
  const answers = await Promise.all(invites.map(({ token }) => claim(token, { name: "Anna Berg" })));
  expect(answers.map(outcome)).toEqual(invites.map(() => "ok"));
  const handles = (await newcomers(organization.id)).map((person) => person.handle).toSorted();
  expect(handles).toEqual(["anna", "anna2", "anna3", "anna4", "anna5", "anna6"]);
});

it("An e-mail that accepts three times at once, in any spelling, makes one account and one use", async () => {
  const { organizationId, token, invite } = await setting();
  const address = email();
  const wide = address.replace("example", "ｅｘａｍｐｌｅ");
  const answers = await Promise.all(
    [address, address.toUpperCase(), wide].map((spelling) => claim(token, { email: spelling })),
  );
  expect([count(answers, "ok"), count(answers, "conflict")]).toEqual([1, 2]);
  expect(await newcomers(organizationId)).toHaveLength(1);
  expect(await db().account.count({ where: { email: address } })).toBe(1);
  expect((await db().invite.findUniqueOrThrow({ where: { id: invite.id } })).uses).toBe(1);
});

it("A new person gets the invite's role, groups and rooms and the room of everybody, and cannot choose them", async () => {
  const { organization, owner } = await setting();
  const [everybody, hidden, other] = await Promise.all([
    makeRoom(organization, { joinsEveryone: true }),
    makeRoom(organization, { access: "private" }),
    makeRoom(organization),
  ]);
  await joinAs("admin", hidden, owner);
  const groupId = await makeGroup(organization);
  const { token } = await as(owner).do("invite.create", { roomIds: [hidden.id], groupIds: [groupId] });
  expect(outcome(await claim(token, { role: "owner" }))).toBe("invalid_input");
  const answer = await claim(token);
  const personId = answer.ok ? answer.data.personId : "";
  const person = await db().person.findUniqueOrThrow({
    where: { id: personId },
    include: { memberships: true, groups: true },
  });
  expect(person).toMatchObject({ role: "member", groups: [{ groupId }] });
  const rooms = person.memberships.map((membership) => membership.roomId);
  expect(rooms.toSorted()).toEqual([everybody.id, hidden.id].toSorted());
  expect(rooms).not.toContain(other.id);
});

it("A claim looks again at the groups that the inviter may choose, and at the rooms that a guest would be in", async () => {
  const { organization, owner } = await setting();
  await db().organization.update({ where: { id: organization.id }, data: { membersInvite: true } });
  const mia = await makePerson(organization);
  const groupId = await makeGroup(organization, [mia]);
  const { token } = await as(mia).do("invite.create", { groupIds: [groupId] });
  await as(owner).do("group.removeMembers", { groupId, personIds: [mia.id] });
  const joined = await claim(token);
  const personId = joined.ok ? joined.data.personId : "";
  expect(await db().groupMember.count({ where: { personId } })).toBe(0);
  expect(outcome(joined)).toBe("ok");

  const room = await makeRoom(organization, { name: "for guests" });
  const guests = await as(owner).do("invite.create", { role: "guest", roomIds: [room.id] });
  await as(owner).do("room.delete", { roomId: room.id, name: "for guests" });
  expect(await as(owner).do("invite.show", { token: guests.token })).toEqual({ state: "revoked" });
  expect(outcome(await claim(guests.token))).toBe("gone");
});

it("Without a mail server, only who made an invite for an address gets its link", async () => {
  const { organization, owner } = await setting();
  const admin = await makePerson(organization, { role: "admin" });
  const { id: inviteId } = await as(owner).do("invite.createForEmail", { email: "nia@example.org" });
  expect(outcome(await as(admin).ask("invite.send", { inviteId }))).toBe("forbidden");
  expect((await as(owner).do("invite.send", { inviteId })).token).toEqual(expect.any(String));
});

it("The stored form of an invite's token does not work as a token", async () => {
  const { invite, token } = await setting();
  const { tokenHash } = await db().invite.findUniqueOrThrow({ where: { id: invite.id } });
  expect(Buffer.from(token, "base64url").length).toBeGreaterThanOrEqual(16);
  expect(tokenHash).toBe(hashToken(token));
  expect(await as(nobody()).do("invite.show", { token })).toMatchObject({ state: "open" });
  expect(await as(nobody()).do("invite.show", { token: tokenHash })).toEqual({ state: "unknown" });
});

it.each(["revoked", "expired", "used_up", "unknown"] as const)(
  "An invite that is %s says so and nothing else, and lets nobody in",
  async (state) => {
    const { organizationId, owner, invite, token } = await setting();
    const show = () => as(nobody()).do("invite.show", { token });
    expect(await show()).toMatchObject({ state: "open", inviter: "Olga Owner", role: "member" });
    if (state === "revoked") await as(owner).do("invite.revoke", { inviteId: invite.id });
    if (state === "expired") await db().invite.update({ where: { id: invite.id }, data: { expiresAt: new Date() } });
    if (state === "used_up") await db().invite.update({ where: { id: invite.id }, data: { uses: 10 } });
    if (state === "unknown") await db().invite.delete({ where: { id: invite.id } });
    expect(await show()).toEqual({ state });
    expect(outcome(await claim(token))).toBe("gone");
    expect(await newcomers(organizationId)).toEqual([]);
  },
);

it("An invite that is revoked while twenty people accept it has as many uses as people who joined", {
  timeout: 60_000,
}, async () => {
  const { organizationId, owner, invite, token } = await setting({ maxUses: null });
  const claims = Array.from({ length: 20 }, () => claim(token));
  await as(owner).do("invite.revoke", { inviteId: invite.id });
  const answers = await Promise.all(claims);
  const { uses } = await db().invite.findUniqueOrThrow({ where: { id: invite.id } });
  expect(await newcomers(organizationId)).toHaveLength(uses);
  expect(count(answers, "ok")).toBe(uses);
  expect(outcome(await claim(token))).toBe("gone");
});

it("A person with an account can join another organization only with its password", async () => {
  const { organizationId, token } = await setting();
  const known = await makePerson(await makeOrganization(), { password: "this is my password" });
  await proveAddress(known);
  expect(outcome(await claim(token, { email: known.email }))).toBe("conflict");
  expect(await newcomers(organizationId)).toEqual([]);
  expect(outcome(await claim(token, { email: known.email, password: "this is my password" }))).toBe("ok");
  expect(await newcomers(organizationId)).toMatchObject([{ accountId: known.accountId }]);
  expect(outcome(await claim(token, { email: known.email, password: "this is my password" }))).toBe("conflict");
});

it("An admin cannot invite people into a private room that they are not in", async () => {
  const { organization, owner } = await setting();
  const admin = await makePerson(organization, { role: "admin" });
  const hidden = await makeRoom(organization, { access: "private" });
  await joinAs("admin", hidden, owner);
  expect(outcome(await as(owner).ask("invite.create", { roomIds: [hidden.id] }))).toBe("ok");
  expect(outcome(await as(admin).ask("invite.create", { roomIds: [hidden.id] }))).toBe("not_found");
  const elsewhere = await makeRoom(await makeOrganization());
  expect(outcome(await as(owner).ask("invite.create", { roomIds: [elsewhere.id] }))).toBe("not_found");
});

it("Invites are listed newest first, a page at a time, without their tokens", async () => {
  const { owner, invite } = await setting();
  const { invite: newer } = await as(owner).do("invite.create", { maxUses: 1 });
  const first = await as(owner).do("invite.list", { limit: 1 });
  expect(first).toMatchObject({ invites: [{ id: newer.id }] });
  const second = await as(owner).do("invite.list", { limit: 1, after: first.next ?? "" });
  expect(second).toMatchObject({ invites: [{ id: invite.id }], next: null });
  expect(JSON.stringify([first, second])).not.toContain("token");
});

it("Members who may invite see and revoke the invites that they created, and no others", async () => {
  const { organization, owner, invite: ofOwner } = await setting();
  const [mia, moe, guest] = [
    await makePerson(organization),
    await makePerson(organization),
    await makePerson(organization, { role: "guest" }),
  ];
  await as(owner).do("organization.update", { membersInvite: true });
  const { invite, token } = await as(mia).do("invite.create", {});
  const { invite: ofMoe } = await as(moe).do("invite.create", {});
  const idsOf = async (who: typeof mia) => (await as(who).do("invite.list", {})).invites.map(({ id }) => id);
  expect(await idsOf(mia)).toEqual([invite.id]);
  expect(await idsOf(owner)).toEqual([ofMoe.id, invite.id, ofOwner.id]);
  for (const { id: inviteId } of [ofMoe, ofOwner])
    expect(outcome(await as(mia).ask("invite.revoke", { inviteId }))).toBe("not_found");
  expect(await as(mia).do("invite.revoke", { inviteId: invite.id })).toMatchObject({ revokedAt: expect.any(String) });
  expect(outcome(await claim(token))).toBe("gone");
  expect(outcome(await as(guest).ask("invite.list", {}))).toBe("forbidden");
  await as(owner).do("organization.update", { membersInvite: false });
  for (const ask of [as(moe).ask("invite.list", {}), as(moe).ask("invite.revoke", { inviteId: ofMoe.id })])
    expect(outcome(await ask)).toBe("forbidden");
});

it("A member does not learn from their invite the new name of a private room that they have left", async () => {
  const { organization, owner } = await setting();
  const mia = await makePerson(organization);
  const [secret, open] = [await makeRoom(organization, { access: "private" }), await makeRoom(organization)];
  for (const room of [secret, open]) {
    await joinAs("admin", room, owner);
    await joinAs("member", room, mia);
  }
  await as(owner).do("organization.update", { membersInvite: true });
  const { invite } = await as(mia).do("invite.create", { roomIds: [secret.id, open.id] });
  const namesFor = async (who: typeof mia) =>
    (await as(who).do("invite.list", {})).invites
      .filter(({ id }) => id === invite.id)
      .flatMap(({ rooms }) => rooms.map(({ name }) => String(name)))
      .toSorted();
  expect(await namesFor(mia)).toEqual([secret.name, open.name].toSorted());
  for (const { id: roomId } of [secret, open]) await as(mia).do("membership.leave", { roomId });
  await as(owner).do("room.update", { roomId: secret.id, name: `Layoffs ${secret.id}` });
  expect(await namesFor(mia)).toEqual(["null", open.name].toSorted());
  expect(await namesFor(owner)).toEqual([`Layoffs ${secret.id}`, open.name].toSorted());
});
