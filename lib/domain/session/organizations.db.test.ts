// An account in two organizations: one login, and a session in each.
import { uuidv7 } from "uuidv7";
import { expect, it, vi } from "vitest";
import accept from "@/lib/domain/invite/accept";
import { findActorOfLogin, sessionsOfLogin } from "@/lib/server/actor";
import { db } from "@/lib/server/db";
import { execute } from "@/lib/server/execute";
import { pool } from "@/lib/server/pool";
import {
  as,
  callerOf,
  joinOrganization,
  makeOrganization,
  makePerson,
  makeSession,
  nobody,
  outcome,
  type TestPerson,
  maxIdleMs,
  proveAddress,
} from "@/tests/harness/people";
import { begin } from "./begin";
import { endLogin, endLogins } from "./end-logins";
import { whyEnded } from "./ended";
import { mayKnowOrganization } from "./may-know";
import { loginToken } from "@/lib/server/cookie";
import { cookieName } from "@/lib/server/cookie-name";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const password = "this is my password";

/** Mia in two organizations, and her login. */
async function setting() {
  const [first, second] = [await makeOrganization(), await makeOrganization()];
  const mia = await makePerson(first, { password });
  const there = await joinOrganization(mia, second);
  return { first, second, mia, there, loginId: mia.sessionId };
}
type Setting = Awaited<ReturnType<typeof setting>>;

const signIn = async ({ email }: TestPerson) => begin({ email, password }, await callerOf(nobody()));
const proofOf = async ({ id }: { id: string }) =>
  (await db().organization.findUniqueOrThrow({ where: { id }, select: { proof: true } })).proof;
/** Which of the two organizations a login is signed in to. */
const placesOf = async ({ first, second }: Setting, loginId: string) => ({
  first: (await findActorOfLogin(loginId, first.handle)) !== null,
  second: (await findActorOfLogin(loginId, second.handle)) !== null,
});

it("Signing in begins a session in each organization in which the person is active", async () => {
  const { first, second, mia, there } = await setting();
  const third = await makeOrganization();
  const gone = await joinOrganization(mia, third);
  await db().person.update({ where: { id: gone.id }, data: { deactivatedAt: new Date() } });
  const login = await signIn(mia);
  const sessions = await db().session.findMany({
    where: { loginId: login?.loginId ?? "" },
    orderBy: { personId: "asc" },
  });
  expect(sessions.map(({ personId }) => personId)).toEqual([mia.id, there.id]);
  // The previous version of Parley looks up a session by the id in the cookie.
  expect(sessions[0]?.id).toBe(login?.loginId);
  expect((await sessionsOfLogin(login?.loginId ?? "")).map(({ handle }) => handle).toSorted()).toEqual(
    [first.handle, second.handle].toSorted(),
  );
});

it.each(["first", "second"] as const)(
  "A new login is first in the organization that the account used last, here the %s, until another one is used",
  async (which) => {
    const { first, second, mia, there } = await setting();
    const use = ({ sessionId: id }: TestPerson, ms: number) =>
      db().session.update({ where: { id }, data: { lastUsedAt: new Date(Date.now() - ms) } });
    await use(mia, which === "first" ? 1_000 : 60_000);
    await use(there, which === "second" ? 1_000 : 60_000);
    const { loginId } = (await signIn(mia)) ?? { loginId: "" };
    const handles = async () => (await sessionsOfLogin(loginId)).map(({ handle }) => handle);
    const inOrder = which === "first" ? [first.handle, second.handle] : [second.handle, first.handle];
    expect(await handles()).toEqual(inOrder);
    await findActorOfLogin(loginId, inOrder[1] ?? "");
    expect(await handles()).toEqual(inOrder.toReversed());
  },
);

it("Whoever is active in one organization only signs in there, and nobody who is active in none", async () => {
  const given = await setting();
  const deactivate = (id: string) => db().person.update({ where: { id }, data: { deactivatedAt: new Date() } });
  await deactivate(given.mia.id);
  const login = await signIn(given.mia);
  expect(await placesOf(given, login?.loginId ?? "")).toEqual({ first: false, second: true });
  await deactivate(given.there.id);
  expect(await signIn(given.mia)).toBeNull();
});

it("A login is found in the organization that is named, in any case of its letters, with one statement", async () => {
  const { first, second, mia, there, loginId } = await setting();
  expect(await findActorOfLogin(loginId, first.handle)).toMatchObject({ personId: mia.id, sessionId: mia.sessionId });
  expect(await findActorOfLogin(loginId, second.handle.toUpperCase())).toMatchObject({
    personId: there.id,
    sessionId: there.sessionId,
    organizationId: second.id,
    handle: second.handle,
  });
  const stranger = await makeOrganization();
  for (const handle of [stranger.handle, "nowhere", "", first.id, `${first.handle} `])
    expect(await findActorOfLogin(loginId, handle), handle).toBeNull();
  const query = vi.spyOn(pool(), "query");
  await findActorOfLogin(loginId, first.handle);
  expect(query).toHaveBeenCalledTimes(1);
  query.mockRestore();
});

it("Without a name, a login is found in its only organization, and of several in none", async () => {
  const { mia, there, loginId } = await setting();
  expect(await findActorOfLogin(loginId, null)).toBe("several");
  await db().person.update({ where: { id: mia.id }, data: { deactivatedAt: new Date() } });
  expect(await findActorOfLogin(loginId, null)).toMatchObject({ personId: there.id });
  await db().person.update({ where: { id: there.id }, data: { deactivatedAt: new Date() } });
  expect(await findActorOfLogin(loginId, null)).toBeNull();
  expect(await findActorOfLogin(uuidv7(), null)).toBeNull();
});

const updateSession = (data: object) => (given: Setting) =>
  db().session.update({ where: { id: given.there.sessionId }, data });
const updatePerson = (data: object) => (given: Setting) => db().person.update({ where: { id: given.there.id }, data });

it.each<[string, (given: Setting) => Promise<unknown>]>([
  ["A session past its time", updateSession({ expiresAt: new Date() })],
  ["A session unused for 14 days", updateSession({ lastUsedAt: new Date(Date.now() - maxIdleMs - 1_000) })],
  ["A deactivated person", updatePerson({ deactivatedAt: new Date() })],
  ["A guest whose end has come", updatePerson({ role: "guest", endsAt: new Date() })],
])("%s in one organization changes nothing in the other", async (_, end) => {
  const given = await setting();
  const { first, second, mia, there, loginId } = given;
  expect(await placesOf(given, loginId)).toEqual({ first: true, second: true });
  await end(given);
  expect(await placesOf(given, loginId)).toEqual({ first: true, second: false });
  expect(outcome(await as(there).ask("home.show", {}))).toBe("unauthenticated");
  expect(outcome(await as(mia).ask("home.show", {}))).toBe("ok");
  const cookies = `${cookieName("session")}=${loginToken({ loginId, accountId: mia.accountId }, 60)}`;
  expect(await whyEnded(cookies, first.handle)).toBeNull();
  expect(await whyEnded(cookies, second.handle)).not.toBeNull();
});

it.each<[string, (given: Setting, other: TestPerson) => Promise<unknown>]>([
  ["Signing out", ({ there }) => as(there).do("session.end", {})],
  ["Signing out through the form", ({ loginId }) => endLogin(loginId)],
  [
    "Ending the session from another browser",
    ({ mia }, other) => as(other).do("session.revoke", { sessionId: mia.sessionId }),
  ],
  ["A new password", (_, other) => as(other).do("password.change", { current: password, next: "another password" })],
])("%s ends a login in all organizations, and no other login", async (_, end) => {
  const given = await setting();
  const { first, second, mia, loginId } = given;
  const other = { ...mia, sessionId: await makeSession(mia) };
  const before = [await proofOf(first), await proofOf(second)];
  await end(given, other);
  expect(await placesOf(given, loginId)).toEqual({ first: false, second: false });
  expect(await placesOf(given, other.sessionId)).toEqual({ first: true, second: false });
  // The new proofs make everything cached about sessions stale, in both organizations.
  expect([await proofOf(first), await proofOf(second)]).toEqual(before.map((proof) => proof + 1));
  const { endedAt } = await db().login.findUniqueOrThrow({ where: { id: loginId } });
  expect(endedAt).not.toBeNull();
});

it("Changing the password in one organization keeps this browser signed in to both", async () => {
  const given = await setting();
  const next = "another password";
  await as(given.there).do("password.change", { current: password, next });
  expect(await placesOf(given, given.loginId)).toEqual({ first: true, second: true });
});

it("A session of the other organization is not found in this one, although both belong to one login", async () => {
  const given = await setting();
  const { mia, there, loginId } = given;
  expect(outcome(await as(mia).ask("session.revoke", { sessionId: there.sessionId }))).toBe("not_found");
  const { sessions } = await as(mia).do("session.list", {});
  expect(sessions.map(({ id }) => id)).toEqual([mia.sessionId]);
  expect(await placesOf(given, loginId)).toEqual({ first: true, second: true });
});

it("The oldest of too many logins ends in all organizations", async () => {
  const given = await setting();
  const { mia, loginId } = given;
  const minuteAgo = new Date(Date.now() - 60_000);
  await db().session.updateMany({ where: { loginId }, data: { lastUsedAt: minuteAgo } });
  for (let n = 0; n < 99; n++) await makeSession(mia);
  const latest = await signIn(mia);
  expect(await placesOf(given, loginId)).toEqual({ first: false, second: false });
  expect(await placesOf(given, latest?.loginId ?? "")).toEqual({ first: true, second: true });
});

/** Accepts an invite to a third organization in a browser with this login. Returns whether the login is signed in there. */
async function acceptIn({ mia }: Setting, login: { loginId: string; accountId: string } | null): Promise<boolean> {
  const third = await makeOrganization();
  await proveAddress(mia);
  const { token } = await as(third.owner).do("invite.create", {});
  const caller = { ...(await callerOf(nobody())), login };
  const answer = await execute(accept, caller, { token, name: mia.name, email: mia.email, password });
  expect(answer).toMatchObject({ ok: true, data: { organizationId: third.id, handle: third.handle } });
  return login !== null && (await findActorOfLogin(login.loginId, third.handle)) !== null;
}

it("Accepting an invite signs the browser's login in to that organization, if it is of that account and has not ended", async () => {
  const given = await setting();
  const { accountId } = given.mia;
  const other = { ...given.mia, sessionId: await makeSession(given.mia) };
  expect(await acceptIn(given, { loginId: given.loginId, accountId })).toBe(true);
  expect(await acceptIn(given, null)).toBe(false);
  const stranger = await makePerson(given.first);
  expect(await acceptIn(given, { loginId: stranger.sessionId, accountId: stranger.accountId })).toBe(false);
  await endLogin(other.sessionId);
  expect(await acceptIn(given, { loginId: other.sessionId, accountId })).toBe(false);
  // Only the login in that browser got a third session.
  expect(await sessionsOfLogin(given.loginId)).toHaveLength(3);
});

it("A login that ends while its browser accepts an invite has no session afterwards", async () => {
  const given = await setting();
  const { loginId } = given;
  let accepted: Promise<boolean> | undefined;
  await db().$transaction(async (tx) => {
    await endLogins(tx, { after() {} }, { id: loginId }, "here");
    accepted = acceptIn(given, { loginId, accountId: given.mia.accountId });
    const waits = async () =>
      (
        await pool().query(
          `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%"Login" WHERE id%'`,
        )
      ).rowCount ?? 0;
    await expect.poll(waits, { timeout: 10_000 }).toBeGreaterThan(0);
  });
  expect(await accepted).toBe(false);
});

it("A login may know of the organizations of its account and of those it was signed in to, and of no other", async () => {
  const { first, second, mia, there, loginId } = await setting();
  const knows = (handle: string) => mayKnowOrganization({ loginId, accountId: mia.accountId }, handle);
  const stranger = await makeOrganization();
  expect([await knows(first.handle), await knows(second.handle.toUpperCase())]).toEqual([true, true]);
  expect([await knows(stranger.handle), await knows("nowhere")]).toEqual([false, false]);
  await db().person.update({ where: { id: there.id }, data: { deactivatedAt: new Date() } });
  expect(await knows(second.handle), "the sign-in page says why").toBe(true);
  await db().session.delete({ where: { id: there.sessionId } });
  expect(await knows(second.handle)).toBe(false);
});
