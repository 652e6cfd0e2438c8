import { expect, it } from "vitest";
import { begin } from "@/lib/domain/session/begin";
import { db } from "@/lib/server/db";
import {
  as,
  joinAs,
  makeGroup,
  makeOrganization,
  makePerson,
  makeRoom,
  makeSession,
  outcome,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const { owner } = organization;
  const [admin, mia, guest] = [
    await makePerson(organization, { role: "admin", name: "Ada" }),
    await makePerson(organization, { name: "Mia", password: "correct horse battery" }),
    await makePerson(organization, { role: "guest", name: "Gus" }),
  ];
  const room = await makeRoom(organization);
  await joinAs("member", room, mia, guest);
  return { organization, owner, admin, mia, guest, room };
}
const signIn = (email: string) =>
  begin(
    { email, password: "correct horse battery" },
    { actor: null, address: "198.51.100.1", cookies: null, userAgent: "a test", requestId: "" },
  );

it("Deactivating ends logins, invites and links; reactivating brings the rooms back, and none of these", async () => {
  const { organization, owner, admin, mia, room } = await setting();
  const second = { ...mia, sessionId: await makeSession(mia) };
  await as(owner).do("organization.update", { membersInvite: true });
  const { token } = await as(mia).do("invite.create", {});
  const link = await as(owner).do("password.link", { personId: mia.id });
  expect(outcome(await as(second).ask("home.show", {}))).toBe("ok");

  const deactivated = await as(admin).do("person.deactivate", { personId: mia.id });
  expect(deactivated).toMatchObject({ id: mia.id, deactivatedAt: expect.any(String) });
  for (const who of [mia, second]) expect(outcome(await as(who).ask("home.show", {}))).toBe("unauthenticated");
  expect(await signIn(mia.email)).toBeNull();
  expect(await as(owner).do("invite.show", { token })).toEqual({ state: "revoked" });

  expect(await as(admin).do("person.reactivate", { personId: mia.id })).toMatchObject({ deactivatedAt: null });
  for (const who of [mia, second]) expect(outcome(await as(who).ask("home.show", {}))).toBe("unauthenticated");
  expect(await as(owner).do("invite.show", { token })).toEqual({ state: "revoked" });
  const reset = await as(owner).ask("password.reset", { token: link.token, password: "another long password" });
  expect(outcome(reset)).toBe("gone");
  const login = await signIn(mia.email);
  expect(login).not.toBeNull();
  const home = await as({ ...mia, sessionId: login?.loginId ?? "" }).do("home.show", {});
  expect(home.rooms.map((entry) => entry.room.id)).toEqual([room.id]);
  const acts = await db().auditEntry.findMany({ where: { organizationId: organization.id, subjectId: mia.id } });
  expect(acts.map(({ act }) => act)).toEqual(["password.link", "person.deactivate", "person.reactivate"]);
});

it("Nobody deactivates themselves, and an admin no owner", async () => {
  const { owner, admin } = await setting();
  expect(outcome(await as(owner).ask("person.deactivate", { personId: owner.id }))).toBe("forbidden");
  expect(outcome(await as(admin).ask("person.deactivate", { personId: admin.id }))).toBe("forbidden");
  expect(outcome(await as(admin).ask("person.deactivate", { personId: owner.id }))).toBe("forbidden");
  expect(outcome(await as(owner).ask("person.deactivate", { personId: admin.id }))).toBe("ok");
});

it("A message that is sent while its author is deactivated is stored before it or not at all", async () => {
  const { owner, mia, room } = await setting();
  const sends = Array.from({ length: 20 }, () => as(mia).ask("message.send", { roomId: room.id, body: "Hello" }));
  await as(owner).do("person.deactivate", { personId: mia.id });
  const sent = (await Promise.all(sends)).filter(({ ok }) => ok).length;
  expect(await db().message.count({ where: { authorId: mia.id, kind: "person" } })).toBe(sent);
  expect(outcome(await as(mia).ask("message.send", { roomId: room.id, body: "Late" }))).toBe("unauthenticated");
});

it("Ending somebody's logins ends those of this organization, and the person signs in again", async () => {
  const { owner, mia } = await setting();
  await as(owner).do("person.endLogins", { personId: mia.id });
  expect(outcome(await as(mia).ask("home.show", {}))).toBe("unauthenticated");
  expect(await signIn(mia.email)).not.toBeNull();
});

it("A guest has access until their end, and again when it is moved into the future", async () => {
  const { owner, mia, guest } = await setting();
  const set = (who: { id: string }, endsAt: string | null) =>
    as(owner).ask("person.setEnd", { personId: who.id, endsAt });
  const future = new Date(Date.now() + 3_600_000).toISOString();
  expect(outcome(await set(mia, future))).toBe("forbidden");
  expect(outcome(await set(guest, new Date().toISOString()))).toBe("invalid_input");
  expect(outcome(await set(guest, future))).toBe("ok");
  expect(outcome(await as(guest).ask("home.show", {}))).toBe("ok");
  await db().person.update({ where: { id: guest.id }, data: { endsAt: new Date() } });
  expect(outcome(await as(guest).ask("home.show", {}))).toBe("unauthenticated");
  await set(guest, null);
  // As after a reactivation, they are still in their rooms, but their logins have ended.
  expect(outcome(await as(guest).ask("home.show", {}))).toBe("unauthenticated");
  const again = { ...guest, sessionId: await makeSession(guest) };
  expect(outcome(await as(again).ask("home.show", {}))).toBe("ok");
});

it("Admins list everyone with groups and logins, filtered, sorted and counted", async () => {
  const { organization, owner, admin, mia, guest } = await setting();
  const groupId = await makeGroup(organization, [mia, admin]);
  await makeSession(mia);
  await as(owner).do("person.deactivate", { personId: guest.id });
  const hour = (hours: number) => ({ lastSeenAt: new Date(Date.now() - hours * 3_600_000) });
  await db().person.update({ where: { id: mia.id }, data: hour(1) });
  await db().person.update({ where: { id: admin.id }, data: hour(2) });
  const list = async (input: object) => {
    const { people, total } = await as(admin).do("person.administer", input);
    if (!("query" in input)) expect(total).toBe(people.length);
    return people.map(({ person }) => person.name);
  };
  expect(await list({})).toEqual(["Ada", "Gus", "Mia", "Olga Owner"]);
  expect(await list({ groupId })).toEqual(["Ada", "Mia"]);
  expect(await list({ role: "admin" })).toEqual(["Ada"]);
  expect(await list({ status: "deactivated" })).toEqual(["Gus"]);
  expect(await list({ status: "active", groupId, query: "mi" })).toEqual(["Mia"]);
  expect((await list({ sort: "lastSeen" })).slice(0, 2)).toEqual(["Mia", "Ada"]);
  expect((await list({ sort: "newest" })).at(-1)).toBe("Olga Owner");
  const { people } = await as(owner).do("person.administer", { query: "mia" });
  expect(people).toMatchObject([{ person: { id: mia.id }, groups: [{ id: groupId }], logins: 2, endsAt: null }]);
});

it("A page by the last time seen continues after people who were never seen", async () => {
  const { owner, mia } = await setting();
  await db().person.update({ where: { id: mia.id }, data: { lastSeenAt: new Date() } });
  const ids: string[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await as(owner).do("person.administer", { sort: "lastSeen", limit: 1, ...(after && { after }) });
    ids.push(...page.people.map(({ person }) => person.id));
    after = page.next;
  }
  expect(new Set(ids).size).toBe(4);
  expect(ids[0]).toBe(mia.id);
});
