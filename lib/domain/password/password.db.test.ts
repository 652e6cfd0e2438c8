import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { begin } from "@/lib/domain/session/begin";
import { db } from "@/lib/server/db";
import { as, callerOf, makeOrganization, makePerson, makeSession, nobody, outcome } from "@/tests/harness/people";
import { findResetLink } from "./find-link";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const [first, second, third] = ["my first password", "my second password", "my third password"] as const;

async function setting() {
  const organization = await makeOrganization();
  const mia = await makePerson(organization, { password: first });
  const other = { ...mia, sessionId: await makeSession(mia) };
  const signsIn = async (password: string) =>
    (await begin({ email: mia.email, password }, await callerOf(nobody()))) !== null;
  const link = async () => (await as(organization.owner).do("password.link", { personId: mia.id })).token;
  return { organization, owner: organization.owner, mia, other, signsIn, link };
}
const isIn = async (who: Parameters<typeof as>[0]) => outcome(await as(who).ask("home.show", {})) === "ok";
const reset = (token: string, password: string) => as(nobody()).ask("password.reset", { token, password });

it("A changed password replaces the old one, and ends every session but the one that changed it", async () => {
  const { mia, other, signsIn } = await setting();
  expect(await isIn(other)).toBe(true);
  await as(mia).do("password.change", { current: first, next: second });
  expect([await isIn(mia), await isIn(other)]).toEqual([true, false]);
  expect([await signsIn(first), await signsIn(second)]).toEqual([false, true]);
});

it("A password cannot be changed without the current one", async () => {
  const { mia, other, signsIn } = await setting();
  const answer = await as(mia).ask("password.change", { current: second, next: third });
  expect(answer).toMatchObject({ error: { code: "forbidden", fields: { current: expect.any(String) } } });
  expect([await isIn(other), await signsIn(first), await signsIn(third)]).toEqual([true, true, false]);
});

it("A link sets a new password and ends every session", async () => {
  const { mia, other, signsIn, link } = await setting();
  const token = await link();
  expect([await isIn(mia), await isIn(other)]).toEqual([true, true]);
  expect(await reset(token, second)).toEqual({ ok: true, data: { email: mia.email } });
  expect([await isIn(mia), await isIn(other)]).toEqual([false, false]);
  expect([await signsIn(first), await signsIn(second)]).toEqual([false, true]);
});

it("A link that is used twice at once sets one password", async () => {
  const { signsIn, link } = await setting();
  const token = await link();
  const answers = await Promise.all([reset(token, second), reset(token, third)]);
  expect(answers.map(outcome).toSorted()).toEqual(["gone", "ok"]);
  expect([await signsIn(second), await signsIn(third)]).toEqual(answers.map((answer) => answer.ok));
});

it("A new password ends every other password link, however it was set", async () => {
  const { mia, signsIn, link } = await setting();
  const [one, two, three] = [await link(), await link(), await link()];
  expect(outcome(await reset(one, second))).toBe("ok");
  expect(await Promise.all([one, two].map((token) => findResetLink(token)))).toEqual([
    { state: "used" },
    { state: "used" },
  ]);
  expect(outcome(await reset(two, third))).toBe("gone");
  const again = { ...mia, sessionId: await makeSession(mia) };
  const four = await link();
  await as(again).do("password.change", { current: second, next: third });
  expect((await Promise.all([three, four].map((token) => reset(token, first)))).map(outcome)).toEqual(["gone", "gone"]);
  expect(await signsIn(third)).toBe(true);
});

it.each(["expired", "unknown", "of somebody deactivated"])("A link that is %s sets nothing", async (state) => {
  const { mia, signsIn, link } = await setting();
  const token = await link();
  if (state === "expired")
    await db().passwordReset.updateMany({ where: { personId: mia.id }, data: { expiresAt: new Date() } });
  if (state === "unknown") await db().passwordReset.deleteMany({ where: { personId: mia.id } });
  if (state === "of somebody deactivated")
    await db().person.update({ where: { id: mia.id }, data: { deactivatedAt: new Date() } });
  const seen = state === "of somebody deactivated" ? "revoked" : state;
  expect(await findResetLink(token), "the page says so before anything is typed").toEqual({ state: seen });
  expect(outcome(await reset(token, second))).toBe("gone");
  await db().person.update({ where: { id: mia.id }, data: { deactivatedAt: null } });
  expect([await signsIn(first), await signsIn(second)]).toEqual([true, false]);
});

it("No link can be made for an account that is also in another organization, and only admins learn why", async () => {
  const { organization, owner, mia } = await setting();
  const elsewhere = await makeOrganization();
  expect(outcome(await as(owner).ask("password.link", { personId: mia.id }))).toBe("ok");
  await db().person.create({
    data: { id: uuidv7(), organizationId: elsewhere.id, accountId: mia.accountId, name: "Mia", handle: "mia" },
  });
  expect(await as(owner).ask("password.link", { personId: mia.id })).toMatchObject({
    error: { code: "forbidden", message: expect.stringContaining("another organization") },
  });
  // The direct messages of a person who left come back with the account and an invite.
  const now = new Date();
  await db().person.updateMany({
    where: { organizationId: elsewhere.id, accountId: mia.accountId },
    data: { deactivatedAt: now, leftAt: now },
  });
  expect(outcome(await as(owner).ask("password.link", { personId: mia.id })), "after leaving it").toBe("forbidden");
  const colleague = await makePerson(organization);
  expect(await as(colleague).ask("password.link", { personId: mia.id })).toMatchObject({
    error: { code: "forbidden", message: "Only owners and admins can create password links." },
  });
});

it("A link stops working when its account joins another organization", async () => {
  const { mia, signsIn, link } = await setting();
  const token = await link();
  const elsewhere = await makeOrganization();
  await db().person.create({
    data: { id: uuidv7(), organizationId: elsewhere.id, accountId: mia.accountId, name: "Mia", handle: "mia" },
  });
  expect(outcome(await reset(token, second))).toBe("gone");
  expect(await signsIn(first)).toBe(true);
});

it("An admin can make a link for a member, but not for an owner", async () => {
  const { organization, owner, mia } = await setting();
  const admin = await makePerson(organization, { role: "admin" });
  expect(outcome(await as(admin).ask("password.link", { personId: mia.id }))).toBe("ok");
  expect(outcome(await as(admin).ask("password.link", { personId: owner.id }))).toBe("forbidden");
});
