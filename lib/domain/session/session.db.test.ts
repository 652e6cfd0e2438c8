import { uuidv7 } from "uuidv7";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { roomLog } from "@/lib/domain/room/log";
import { endedSessions, findActor, validSessions } from "@/lib/server/actor";
import { db } from "@/lib/server/db";
import {
  as,
  joinAs,
  makeOrganization,
  makePerson,
  makeRoom,
  makeSession,
  outcome,
  maxIdleMs,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const mia = await makePerson(organization);
  const room = await makeRoom(organization);
  await joinAs("member", room, mia);
  return { organization, mia, roomId: room.id, other: { ...mia, sessionId: await makeSession(mia) } };
}

const pull = (id: string, sessionIds: string[]) => roomLog.pull({ id, from: 0, sessionIds, knownListeners: () => [] });
const update = (id: string, data: object) => db().session.update({ where: { id }, data });
const endings: Record<string, (sessionId: string, personId: string) => Promise<unknown>> = {
  revoked: (id) => update(id, { revokedAt: new Date() }),
  "past its time": (id) => update(id, { expiresAt: new Date() }),
  "unused for 14 days": (id) => update(id, { lastUsedAt: new Date(Date.now() - maxIdleMs - 1_000) }),
  "of somebody deactivated": (_, id) => db().person.update({ where: { id }, data: { deactivatedAt: new Date() } }),
  "of a guest whose end has come": (_, id) => db().person.update({ where: { id }, data: { endsAt: new Date() } }),
};

it.each(Object.entries(endings))("A session that is %s gets no answers and no events", async (_, end) => {
  const { mia, roomId } = await setting();
  const { sessionId } = mia;
  const state = async () => ({
    actor: (await findActor(sessionId))?.personId ?? null,
    answer: outcome(await as(mia).ask("home.show", {})),
    hearsMe: (await validSessions([sessionId])).has(sessionId),
    hearsRoom: (await pull(roomId, [sessionId]))?.listeners.has(sessionId),
  });
  expect(await state()).toEqual({ actor: mia.id, answer: "ok", hearsMe: true, hearsRoom: true });
  await end(sessionId, mia.id);
  expect(await state()).toEqual({ actor: null, answer: "unauthenticated", hearsMe: false, hearsRoom: false });
});

it.each(Object.entries(endings).filter(([what]) => what !== "unused for 14 days"))(
  "A session that is %s moves the proof; being used does not",
  async (_, end) => {
    const { mia, roomId } = await setting();
    const versions = async () => (await pull(roomId, []))?.versions;
    const before = await versions();
    await update(mia.sessionId, { lastUsedAt: new Date() });
    expect(await versions()).toEqual(before);
    await end(mia.sessionId, mia.id);
    expect(await versions()).toEqual({ ...before, authVersion: (before?.authVersion ?? 0) + 1 });
  },
);

it("A pull has the time at which the session of each listener expires", async () => {
  const { mia, roomId } = await setting();
  const until = async () => (await pull(roomId, [mia.sessionId]))?.listeners.get(mia.sessionId)?.until ?? 0;
  const expiresAt = new Date(Date.now() + 60_000);
  await update(mia.sessionId, { expiresAt });
  expect(await until()).toBe(expiresAt.getTime());
  const lastUsedAt = new Date(Date.now() - maxIdleMs + 30_000);
  await update(mia.sessionId, { lastUsedAt });
  expect(await until()).toBe(lastUsedAt.getTime() + maxIdleMs);
});

const hourMs = 3_600_000;
const beganAgo = (hours: number) => ({ createdAt: new Date(Date.now() - hours * hourMs) });

it.each([
  ["owner", 12],
  ["admin", 12],
  ["member", 90 * 24],
  ["guest", 90 * 24],
] as const)("A session of a %s lasts %i hours, whatever they were when they signed in", async (role, hours) => {
  const { mia, roomId } = await setting();
  await db().person.update({ where: { id: mia.id }, data: { role } });
  await update(mia.sessionId, { expiresAt: new Date(Date.now() + 1_000 * hourMs), ...beganAgo(hours - 1) });
  expect(outcome(await as(mia).ask("home.show", {}))).toBe("ok");
  expect((await validSessions([mia.sessionId])).size).toBe(1);
  if (hours === 12) {
    const { createdAt } = await db().session.findUniqueOrThrow({ where: { id: mia.sessionId } });
    const until = (await pull(roomId, [mia.sessionId]))?.listeners.get(mia.sessionId)?.until;
    expect(until).toBe(createdAt.getTime() + 12 * hourMs);
    await update(mia.sessionId, beganAgo(hours));
    expect(outcome(await as(mia).ask("home.show", {}))).toBe("unauthenticated");
    expect((await validSessions([mia.sessionId])).size).toBe(0);
    expect((await pull(roomId, [mia.sessionId]))?.listeners.has(mia.sessionId)).toBe(false);
  }
});

it("A member who becomes an admin has an admin's session at once, and an admin who becomes a member a member's", async () => {
  const { organization, mia, roomId } = await setting();
  const { owner } = organization;
  await update(mia.sessionId, { expiresAt: new Date(Date.now() + 1_000 * hourMs), ...beganAgo(13) });
  const setRole = (role: "admin" | "member") => as(owner).do("organization.setRole", { personId: mia.id, role });
  const hears = async () => [
    outcome(await as(mia).ask("home.show", {})),
    (await pull(roomId, [mia.sessionId]))?.listeners.has(mia.sessionId),
  ];
  expect(await hears()).toEqual(["ok", true]);
  await setRole("admin");
  expect(await hears()).toEqual(["unauthenticated", false]);
  await setRole("member");
  expect(await hears()).toEqual(["ok", true]);
});

it("A session unused for almost 14 days is valid, and its use starts a new 14 days", async () => {
  const { mia } = await setting();
  await update(mia.sessionId, { lastUsedAt: new Date(Date.now() - maxIdleMs + 60_000) });
  expect(outcome(await as(mia).ask("home.show", {}))).toBe("ok");
  const { lastUsedAt } = await db().session.findUniqueOrThrow({ where: { id: mia.sessionId } });
  expect(Date.now() - lastUsedAt.getTime()).toBeLessThan(60_000);
});

it("An unknown session id is no session", async () => {
  expect(await findActor(uuidv7())).toBeNull();
});

it("Signing out ends this session and no other", async () => {
  const { mia, other } = await setting();
  await as(mia).do("session.end", {});
  expect(outcome(await as(mia).ask("home.show", {}))).toBe("unauthenticated");
  expect(outcome(await as(other).ask("home.show", {}))).toBe("ok");
});

it("A person can end one of their sessions; to others it is not_found", async () => {
  const { organization, mia, other } = await setting();
  const { sessionId } = other;
  const refusal = await as(organization.owner).ask("session.revoke", { sessionId });
  expect(refusal).toEqual(await as(organization.owner).ask("session.revoke", { sessionId: uuidv7() }));
  expect(outcome(refusal)).toBe("not_found");
  expect(outcome(await as(mia).ask("session.revoke", { sessionId }))).toBe("ok");
  expect(outcome(await as(mia).ask("session.revoke", { sessionId }))).toBe("not_found");
  expect(outcome(await as(other).ask("home.show", {}))).toBe("unauthenticated");
});

it("The list has the person's valid sessions, and none that has ended or is another person's", async () => {
  const { mia, other } = await setting();
  const ended = await Promise.all([
    makeSession(mia, { expiresAt: new Date() }),
    makeSession(mia, { lastUsedAt: new Date(Date.now() - maxIdleMs - 1_000) }),
  ]);
  const { sessions } = await as(mia).do("session.list", {});
  expect(new Map(sessions.map(({ id, current }) => [id, current]))).toEqual(
    new Map([
      [mia.sessionId, true],
      [other.sessionId, false],
    ]),
  );
  expect(ended).toHaveLength(2);
});

describe("On a process whose clock is an hour behind", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - hourMs });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("a session that is in use stays, though it may go unused for one hour only", async () => {
    const { organization, mia } = await setting();
    await db().organization.update({ where: { id: organization.id }, data: { idleHours: 1 } });
    await update(mia.sessionId, { lastUsedAt: new Date(Date.now() + hourMs - 180_000) });
    for (let use = 0; use < 2; use++) expect((await findActor(mia.sessionId))?.personId).toBe(mia.id);
  });

  it("the others find the sessions that it ends", async () => {
    const { organization, mia, other } = await setting();
    await as(mia).do("session.revoke", { sessionId: other.sessionId });
    expect(await endedSessions()).toContain(other.sessionId);
    await as(organization.owner).do("person.deactivate", { personId: mia.id });
    expect(await endedSessions()).toContain(mia.sessionId);
  });
});
