import { randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { type OperationName, operations } from "@/lib/contract/index";
import type { OrganizationRole } from "@/lib/contract/person";
import { setPassword } from "@/lib/domain/password/set";
import { findActor } from "@/lib/server/actor";
import { db } from "@/lib/server/db";
import { hashPassword } from "@/lib/server/secret";
import { withHashSlot, countWaitingHashes } from "@/lib/server/hashing";
import {
  as,
  callerOf,
  joinAs,
  makeOrganization,
  makePerson,
  makeRoom,
  makeSession,
  nobody,
  outcome,
  type TestPerson,
} from "@/tests/harness/people";
import { samples, worldFor } from "@/tests/harness/samples";
import { begin } from "./begin";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

// Conditions that were checked before a wait must be checked again after it. Here the call waits for a password hash, which the
// test delays until something else has happened.

const [first, second, third] = ["my first password", "my second password", "my third password"] as const;
const quiet = {
  room() {},
  me() {},
  people() {},
  person() {},
  organization() {},
  administration() {},
  organizationLog() {},
  after() {},
};

/** Starts a call that hashes a password, does something else while it waits, and lets it continue. */
async function during<T>(
  begun: () => Promise<T>,
  meanwhile: () => Promise<unknown>,
  neverWaits: () => boolean = () => false,
): Promise<T> {
  let letGo = () => {};
  const open = new Promise<void>((resolve) => (letGo = resolve));
  const held = [1, 2].map(() => withHashSlot({ isRecognized: true, key: "the test" }, () => open));
  const answer = begun();
  try {
    await expect.poll(() => countWaitingHashes() === 1 || neverWaits(), { timeout: 10_000, interval: 5 }).toBe(true);
    if (!neverWaits()) await meanwhile();
  } finally {
    letGo();
  }
  await Promise.all(held);
  return answer;
}

async function setting(role: OrganizationRole = "member") {
  const organization = await makeOrganization();
  const mia = await makePerson(organization, { role, password: first });
  const admin = await makePerson(organization, { role: "admin" });
  const newHash = await hashPassword(second);
  return {
    organization,
    mia,
    admin,
    /** Changes the password in one step, like a change or reset in another browser. */
    changePassword: () => db().$transaction((tx) => setPassword(tx, quiet, mia.accountId, newHash)),
  };
}
const email = () => `${randomBytes(6).toString("hex")}@example.org`;
const signIn = async (who: TestPerson, password: string) =>
  (await begin({ email: who.email, password }, await callerOf(nobody()))) !== null;
const sessions = (who: TestPerson) => db().session.count({ where: { personId: who.id, revokedAt: null } });
const become = (who: TestPerson, data: { role?: OrganizationRole; deactivatedAt?: Date }) =>
  db().person.update({ where: { id: who.id }, data });
const reset = (token: string, password: string) => as(nobody()).ask("password.reset", { token, password });
const join = (token: string, given: object = {}) =>
  as(nobody()).ask("invite.accept", { token, name: "Nia", email: email(), password: first, ...given });

it("These are all operations that wait for a hash, and each has a test below", { timeout: 60_000 }, async () => {
  const waiting: string[] = [];
  for (const name of Object.keys(operations) as OperationName[]) {
    const world = await worldFor(name);
    let over = false;
    const stalled = during(
      () =>
        as(world.owner)
          .send(name, samples[name](world))
          .finally(() => (over = true)),
      async () => void waiting.push(name),
      () => over,
    );
    expect(outcome(await stalled), name).toBe(name === "organization.setup" ? "gone" : "ok");
  }
  // The set-up waits, too. It is tested in set-up.db.test.ts.
  expect(waiting).toEqual(["invite.accept", "password.change", "password.reset"]);
});

it("A sign-in with the old password fails if the password changes while it waits, and succeeds otherwise", async () => {
  const { mia, changePassword } = await setting();
  expect(
    await during(
      () => signIn(mia, first),
      async () => {},
    ),
  ).toBe(true);
  expect(await during(() => signIn(mia, first), changePassword)).toBe(false);
  expect(await sessions(mia)).toBe(0);
  expect([await signIn(mia, first), await signIn(mia, second)]).toEqual([false, true]);
});

it("A sign-in fails if its person is deactivated while it waits", async () => {
  const { mia } = await setting();
  const before = await sessions(mia);
  expect(
    await during(
      () => signIn(mia, first),
      () => become(mia, { deactivatedAt: new Date() }),
    ),
  ).toBe(false);
  expect(await sessions(mia)).toBe(before);
});

it("A sign-in lasts as long as an admin's if its person becomes one while it waits", async () => {
  const { mia } = await setting();
  const begun = await during(
    async () => begin({ email: mia.email, password: first }, await callerOf(nobody())),
    () => become(mia, { role: "admin" }),
  );
  const id = begun?.loginId ?? "";
  expect(await findActor(id)).toMatchObject({ role: "admin" });
  await db().session.update({ where: { id }, data: { createdAt: new Date(Date.now() - 12 * 3_600_000) } });
  expect(await findActor(id)).toBeNull();
});

it("A password change fails if the password changes while it waits, from whatever session", async () => {
  const { mia, changePassword } = await setting();
  const change = () => as(mia).ask("password.change", { current: first, next: third });
  expect(outcome(await during(change, changePassword))).toBe("unauthenticated");
  expect([await signIn(mia, second), await signIn(mia, third)]).toEqual([true, false]);

  // The other change keeps this session, but the password that the session sends as `current` is wrong now.
  const again = { ...mia, sessionId: await makeSession(mia) };
  const newHash = await hashPassword(first);
  const keeping = () => db().$transaction((tx) => setPassword(tx, quiet, mia.accountId, newHash, again.sessionId));
  const late = () => as(again).ask("password.change", { current: second, next: third });
  expect(await during(late, keeping)).toMatchObject({
    error: { code: "forbidden", fields: { current: expect.any(String) } },
  });
  expect([await signIn(mia, first), await signIn(mia, third)]).toEqual([true, false]);
});

it.each([
  [
    "is ended",
    (who: TestPerson) => db().session.update({ where: { id: who.sessionId }, data: { revokedAt: new Date() } }),
  ],
  [
    "expires",
    (who: TestPerson) => db().session.update({ where: { id: who.sessionId }, data: { expiresAt: new Date() } }),
  ],
  ["loses its person", (who: TestPerson) => become(who, { deactivatedAt: new Date() })],
])("A password change fails if its session %s while it waits", async (_, end) => {
  const { mia } = await setting();
  const change = () => as(mia).ask("password.change", { current: first, next: second });
  expect(outcome(await during(change, () => end(mia)))).toBe("unauthenticated");
  const { passwordHash } = await db().account.findUniqueOrThrow({ where: { id: mia.accountId } });
  await db().person.update({ where: { id: mia.id }, data: { deactivatedAt: null } });
  expect([await signIn(mia, first), await signIn(mia, second)]).toEqual([true, false]);
  expect(passwordHash).not.toBe("");
});

it.each<[string, (world: Awaited<ReturnType<typeof setting>>) => Promise<unknown>]>([
  ["the password is changed", ({ changePassword }) => changePassword()],
  ["its maker is deactivated", ({ admin }) => become(admin, { deactivatedAt: new Date() })],
  ["its maker becomes a member", ({ admin }) => become(admin, { role: "member" })],
  ["whose password it is becomes an owner", ({ mia }) => become(mia, { role: "owner" })],
  ["whose password it is is deactivated", ({ mia }) => become(mia, { deactivatedAt: new Date() })],
  [
    "the account comes to lead into another organization",
    async ({ mia }) => {
      const { id: organizationId } = await makeOrganization();
      await db().person.create({
        data: { id: uuidv7(), organizationId, accountId: mia.accountId, name: "M", handle: "m" },
      });
    },
  ],
])("A password link fails if %s while it waits", async (_, happens) => {
  const world = await setting();
  const { token } = await as(world.admin).do("password.link", { personId: world.mia.id });
  expect(
    outcome(
      await during(
        () => reset(token, third),
        () => happens(world),
      ),
    ),
  ).toBe("gone");
  await db().person.update({ where: { id: world.mia.id }, data: { deactivatedAt: null } });
  expect(await signIn(world.mia, third)).toBe(false);
});

it("A password link sets the password if nothing happens while it waits", async () => {
  const { mia, admin } = await setting();
  const { token } = await as(admin).do("password.link", { personId: mia.id });
  expect(
    outcome(
      await during(
        () => reset(token, third),
        async () => {},
      ),
    ),
  ).toBe("ok");
  expect(await signIn(mia, third)).toBe(true);
});

it("Accepting an invite with an account's old password fails if it changes while it waits", async () => {
  const { mia, changePassword } = await setting();
  const elsewhere = await makeOrganization();
  const { token } = await as(elsewhere.owner).do("invite.create", {});
  expect(outcome(await during(() => join(token, { email: mia.email }), changePassword))).toBe("conflict");
  expect(await db().person.count({ where: { organizationId: elsewhere.id } })).toBe(1);
});

it.each([
  ["is deactivated", { deactivatedAt: new Date() }],
  ["becomes a member", { role: "member" as const }],
])("Accepting an invite fails, and uses nothing up, if its creator %s while it waits", async (_, change) => {
  const { organization, admin } = await setting();
  const { token, invite } = await as(admin).do("invite.create", { role: "admin" });
  expect(
    outcome(
      await during(
        () => join(token),
        () => become(admin, change),
      ),
    ),
  ).toBe("gone");
  expect(await db().person.count({ where: { organizationId: organization.id } })).toBe(3);
  expect((await db().invite.findUniqueOrThrow({ where: { id: invite.id } })).uses).toBe(0);
});

it("Accepting an invite does not add to a private room that its creator leaves while it waits", async () => {
  const { organization, admin } = await setting();
  const [left, kept] = [
    await makeRoom(organization, { access: "private" }),
    await makeRoom(organization, { access: "private" }),
  ];
  for (const room of [left, kept]) await joinAs("member", room, admin);
  const { token } = await as(admin).do("invite.create", { roomIds: [left.id, kept.id] });
  const leave = () => as(admin).do("membership.leave", { roomId: left.id });
  const answer = await during(() => join(token), leave);
  const personId = answer.ok ? answer.data.personId : "";
  const memberships = await db().membership.findMany({ where: { personId }, select: { roomId: true } });
  expect(memberships).toEqual([{ roomId: kept.id }]);
});

it("After many sign-ins and changes at once, no session with the old password is left, and one new password is set", async () => {
  for (let round = 0; round < 3; round++) {
    const { mia } = await setting();
    const other = { ...mia, sessionId: await makeSession(mia) };
    const old = Array.from({ length: 6 }, () => signIn(mia, first));
    const changes = [second, third].map((next, at) =>
      as([mia, other][at] as TestPerson).ask("password.change", { current: first, next }),
    );
    const changed = await Promise.all(changes);
    await Promise.all(old);
    expect(changed.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await sessions(mia)).toBe(1);
    expect([await signIn(mia, second), await signIn(mia, third)]).toEqual(changed.map(({ ok }) => ok));
  }
});
