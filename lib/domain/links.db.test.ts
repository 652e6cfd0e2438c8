import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import type { OrganizationRole } from "@/lib/contract/person";
import { db } from "@/lib/server/db";
import { hashPassword } from "@/lib/server/secret";
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
  proveAddress,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

// A link grants what its creator may grant at the moment of its use, and never more than it was created for.

async function setting() {
  const organization = await makeOrganization();
  const [admin, mia] = [await makePerson(organization, { role: "admin" }), await makePerson(organization)];
  return { organization, admin, mia };
}
const become = (who: TestPerson, data: { role?: OrganizationRole; deactivatedAt?: Date | null }) =>
  db().person.update({ where: { id: who.id }, data });
const join = (token: string) =>
  as(nobody()).ask("invite.accept", {
    token,
    name: "Nia",
    email: `${randomBytes(6).toString("hex")}@example.org`,
    password: "this is my password",
  });
const newcomer = async (token: string) => {
  const answer = await join(token);
  return db().person.findUniqueOrThrow({
    where: { id: answer.ok ? answer.data.personId : "" },
    include: { memberships: true, groups: true },
  });
};

/** Every kind of link: how a person creates one, and whether it works. */
const links = {
  invite: {
    make: async (maker: TestPerson) => (await as(maker).do("invite.create", { role: "admin" })).token,
    use: join,
  },
  "password link": {
    make: async (maker: TestPerson, mia: TestPerson) =>
      (await as(maker).do("password.link", { personId: mia.id })).token,
    use: (token: string) => as(nobody()).ask("password.reset", { token, password: "another password" }),
  },
};
const fates = {
  "nothing happened to its creator": [{}, "ok"],
  "its creator became an owner": [{ role: "owner" }, "ok"],
  "its creator was deactivated": [{ deactivatedAt: new Date() }, "gone"],
  "its creator became a member": [{ role: "member" }, "gone"],
  "its creator became a guest": [{ role: "guest" }, "gone"],
} as const;
const cases = Object.keys(links).flatMap((kind) =>
  Object.entries(fates).map(
    ([fate, [change, expected]]) => [kind as keyof typeof links, fate, change, expected] as const,
  ),
);

it.each(cases)(
  "A link of the kind “%s”, used when %s, works only if its creator may create it now",
  async (kind, _, change, expected) => {
    const { organization, admin, mia } = await setting();
    const { make, use } = links[kind];
    const token = await make(admin, mia);
    const people = () => db().person.count({ where: { organizationId: organization.id } });
    const before = await people();
    await become(admin, change);
    expect(outcome(await use(token))).toBe(expected);
    if (expected === "ok") return;
    expect(await people()).toBe(before);
    // The creator's right is checked at each use. The link works again once the creator has the right back.
    await become(admin, { role: "admin", deactivatedAt: null });
    expect(outcome(await use(token))).toBe("ok");
  },
);

it("An admin's password link stops working when its person becomes an owner; an owner's link keeps working", async () => {
  const { organization, admin, mia } = await setting();
  const { make, use } = links["password link"];
  const [theirs, owners] = [await make(admin, mia), await make(organization.owner, mia)];
  await become(mia, { role: "owner" });
  expect(outcome(await use(theirs))).toBe("gone");
  expect(outcome(await use(owners))).toBe("ok");
});

it.each([
  ["member", "ok"],
  ["guest", "ok"],
  ["admin", "gone"],
  ["owner", "gone"],
] as const)("A password link without a recorded creator sets the password of a %s: %s", async (role, expected) => {
  const { organization, mia } = await setting();
  const token = await links["password link"].make(organization.owner, mia);
  await db().passwordReset.updateMany({ where: { personId: mia.id }, data: { makerId: null } });
  await become(mia, { role });
  expect(outcome(await links["password link"].use(token))).toBe(expected);
});

it("An invite whose creator may no longer invite is shown as revoked, without its details", async () => {
  const { admin } = await setting();
  const { token } = await as(admin).do("invite.create", {});
  expect(await as(nobody()).do("invite.show", { token })).toMatchObject({ state: "open" });
  await become(admin, { role: "member" });
  expect(await as(nobody()).do("invite.show", { token })).toEqual({ state: "revoked" });
});

it("An invite adds people only to rooms that its creator may add people to when it is used, and its page lists only those", async () => {
  const { organization, admin } = await setting();
  const names = ["left", "kept", "closed", "archived", "open"] as const;
  const rooms = await Promise.all(
    names.map((name) =>
      makeRoom(organization, { name, access: ["left", "kept"].includes(name) ? "private" : "public" }),
    ),
  );
  const [left, kept, closed, archived, open] = rooms as [(typeof rooms)[0], ...typeof rooms] & { length: 5 };
  for (const room of [left, kept]) await joinAs("member", room as typeof left, admin);
  const { token } = await as(admin).do("invite.create", { roomIds: rooms.map(({ id }) => id) });
  const shown = async () => {
    const landing = await as(nobody()).do("invite.show", { token });
    return landing.state === "open" ? landing.rooms.toSorted() : [];
  };
  expect(await shown()).toEqual([...names].toSorted());
  await as(admin).do("membership.leave", { roomId: left.id });
  await db().room.update({ where: { id: closed?.id ?? "" }, data: { access: "private" } });
  await db().room.update({ where: { id: archived?.id ?? "" }, data: { archivedAt: new Date() } });
  expect(await shown()).toEqual(["kept", "open"]);
  const { memberships } = await newcomer(token);
  expect(new Set(memberships.map(({ roomId }) => roomId))).toEqual(new Set([kept?.id, open?.id]));
});

it("An invite ignores a group that was deleted", async () => {
  const { organization, admin } = await setting();
  const [gone, kept] = [await makeGroup(organization), await makeGroup(organization)];
  const { token } = await as(admin).do("invite.create", { groupIds: [gone, kept] });
  await db().group.delete({ where: { id: gone } });
  const { groups } = await newcomer(token);
  expect(groups.map(({ groupId }) => groupId)).toEqual([kept]);
});

it("An invite gives the same answer for every account without its password, and a helpful one with it", async () => {
  const { organization, admin } = await setting();
  const password = "this is my password";
  const [mine, elsewhere] = [
    await makePerson(organization, { password }),
    await makePerson(await makeOrganization(), { password }),
  ];
  await proveAddress(elsewhere);
  const { token } = await as(admin).do("invite.create", {});
  const ask = (email: string, given: string) =>
    as(nobody()).ask("invite.accept", { token, name: "Nia", email, password: given });
  const wrong = "not that password";
  const [member, other] = [await ask(mine.email, wrong), await ask(elsewhere.email, wrong)];
  expect(member).toEqual(other);
  expect(outcome(member)).toBe("conflict");
  expect(JSON.stringify(member)).not.toMatch(/there is an account|already a member/i);
  expect(await ask(mine.email, password)).toMatchObject({
    error: { fields: { email: expect.stringContaining("already a member") } },
  });
  expect(outcome(await ask(elsewhere.email, password))).toBe("ok");
});

it("Accepting an invite takes as long for an e-mail with an account as for one without", async () => {
  const { organization, admin } = await setting();
  const mine = await makePerson(organization, { password: "this is my password" });
  const { token } = await as(admin).do("invite.create", { maxUses: null });
  const quickest = async (work: () => Promise<unknown>) => {
    const times: number[] = [];
    for (let n = 0; n < 4; n++) {
      // Measures CPU time, so that a busy machine does not fail this test.
      const began = process.cpuUsage();
      await work();
      const used = process.cpuUsage(began);
      times.push(used.user + used.system);
    }
    return Math.min(...times);
  };
  const accept = (email: string) =>
    as(nobody()).ask("invite.accept", { token, name: "Nia", email, password: "not my password" });
  // Both calls must hash the password once. The time after that is not compared, because the answer reveals anyway that the
  // account is new.
  const oneHash = await quickest(() => hashPassword("not my password"));
  const known = await quickest(() => accept(mine.email));
  const unknown = await quickest(() => accept(`${randomBytes(6).toString("hex")}@example.org`));
  expect(known / oneHash).toBeGreaterThan(0.7);
  expect(unknown / oneHash).toBeGreaterThan(0.7);
});
