import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { loginToken } from "@/lib/server/cookie";
import { cookieName } from "@/lib/server/cookie-name";
import { db } from "@/lib/server/db";
import { as, makeOrganization, makePerson, makeSession, nobody, maxIdleMs } from "@/tests/harness/people";
import { begin } from "./begin";
import { whyEnded } from "./ended";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const [first, second] = ["my first password", "my second password"] as const;

async function setting() {
  const organization = await makeOrganization();
  const mia = await makePerson(organization, { password: first });
  const other = { ...mia, sessionId: await makeSession(mia) };
  const why = async (sessionId = mia.sessionId) => {
    const token = loginToken({ loginId: sessionId, accountId: mia.accountId }, 60);
    return (await whyEnded(`${cookieName("session")}=${token}`))?.ending ?? null;
  };
  const update = (data: object) => db().session.update({ where: { id: mia.sessionId }, data });
  return { organization, mia, other, why, update };
}
type Setting = Awaited<ReturnType<typeof setting>>;

const endings: Record<string, (given: Setting) => Promise<unknown>> = {
  here: ({ mia }) => as(mia).do("session.end", {}),
  elsewhere: ({ mia, other }) => as(other).do("session.revoke", { sessionId: mia.sessionId }),
  password: ({ other }) => as(other).do("password.change", { current: first, next: second }),
  crowd: async ({ mia, update }) => {
    await update({ lastUsedAt: new Date(Date.now() - 60_000) });
    const row = () => ({ id: uuidv7(), organizationId: mia.organizationId, personId: mia.id });
    const expiresAt = new Date(Date.now() + 60_000);
    const rows = Array.from({ length: 98 }, () => ({ ...row(), expiresAt }));
    await db().login.createMany({ data: rows.map(({ id }) => ({ id, accountId: mia.accountId })) });
    await db().session.createMany({ data: rows.map((each) => ({ ...each, loginId: each.id })) });
    const caller = { actor: null, address: "198.51.100.1", cookies: null, userAgent: "a test", requestId: "" };
    await begin({ email: mia.email, password: first }, caller);
  },
  time: ({ update }) => update({ expiresAt: new Date() }),
  unused: ({ update }) => update({ lastUsedAt: new Date(Date.now() - maxIdleMs) }),
  deactivated: ({ mia }) => db().person.update({ where: { id: mia.id }, data: { deactivatedAt: new Date() } }),
  left: ({ mia }) => as(mia).do("organization.leave", {}),
  unknown: ({ update }) => update({ revokedAt: new Date() }),
};

it.each(Object.entries(endings))(
  "Whoever has the cookie of a session that has ended is told why: %s",
  async (why, end) => {
    const given = await setting();
    expect(await given.why()).toBeNull();
    await end(given);
    expect(await given.why()).toBe(why);
  },
);

it("The reason comes with the name of the organization", async () => {
  const { organization, mia } = await setting();
  await db().organization.update({ where: { id: organization.id }, data: { name: "Larkfield" } });
  await as(mia).do("organization.leave", {});
  const token = loginToken({ loginId: mia.sessionId, accountId: mia.accountId }, 60);
  const cookies = `${cookieName("session")}=${token}`;
  expect(await whyEnded(cookies)).toEqual({ ending: "left", organization: "Larkfield" });
});

it("An admin is told that the time is over 12 hours after they signed in", async () => {
  const { mia, why, update } = await setting();
  await db().person.update({ where: { id: mia.id }, data: { role: "admin" } });
  await update({ createdAt: new Date(Date.now() - 11 * 3_600_000) });
  expect(await why()).toBeNull();
  await update({ createdAt: new Date(Date.now() - 12 * 3_600_000) });
  expect(await why()).toBe("time");
});

it("A password link ends sessions as a new password does", async () => {
  const { organization, mia, why } = await setting();
  const { token } = await as(organization.owner).do("password.link", { personId: mia.id });
  await as(nobody()).ask("password.reset", { token, password: second });
  expect(await why()).toBe("password");
});

it("A valid, missing or deleted session has no ending", async () => {
  const { other, why } = await setting();
  expect(await why(other.sessionId)).toBeNull();
  expect(await why(uuidv7())).toBeNull();
  for (const cookies of [null, undefined, "", `${cookieName("session")}=x`]) expect(await whyEnded(cookies)).toBeNull();
});
