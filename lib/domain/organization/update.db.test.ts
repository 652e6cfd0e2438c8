import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { validSessions } from "@/lib/server/actor";
import { as, joinAs, makeOrganization, makePerson, makeRoom, makeSession, outcome } from "@/tests/harness/people";
import { organizationLog } from "./log";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const [mia, admin] = [await makePerson(organization), await makePerson(organization, { role: "admin" })];
  const room = await makeRoom(organization);
  await joinAs("member", room, mia);
  const update = (input: object) => as(organization.owner).do("organization.update", input);
  const homeOf = async (who: typeof mia) => (await as(who).do("home.show", {})).organization;
  return { organization, owner: organization.owner, mia, admin, room, update, homeOf };
}
const pull = (id: string, from: number, sessionIds: string[] = []) =>
  organizationLog.pull({ id, from, sessionIds, knownListeners: () => [] });

it("Changes the given settings, tells everybody at the next tick, and leaves the others", async () => {
  const { organization, mia, update, homeOf } = await setting();
  const before = await homeOf(mia);
  const changed = await update({ name: "Northwind", membersCreateRooms: false });
  expect(changed).toEqual({ ...before, name: "Northwind", membersCreateRooms: false, tick: before.tick + 1 });
  expect(await homeOf(mia)).toEqual(changed);
  expect((await pull(organization.id, before.tick))?.frame).toMatchObject({
    from: before.tick,
    to: changed.tick,
    organization: changed,
    people: [],
  });
  const { epoch, clock } = await as(mia).do("home.show", {});
  const synced = await as(mia).do("sync", { rooms: {}, me: clock, organization: before.tick, epoch });
  expect(synced.organization).toMatchObject({ to: changed.tick, organization: changed });
  expect((await pull(organization.id, changed.tick))?.frame.organization).toBeNull();
});

it("What stays as it was takes no tick and writes no entry", async () => {
  const { organization, update } = await setting();
  const changed = await update({ idleHours: 48 });
  expect(await update({ idleHours: 48 })).toEqual(changed);
  const entries = await db().auditEntry.findMany({ where: { organizationId: organization.id } });
  expect(entries).toMatchObject([
    { act: "organization.update", subjectId: organization.id, before: { idleHours: 336 }, after: { idleHours: 48 } },
  ]);
});

it("Two changes at once are both made", async () => {
  const { mia, update, homeOf } = await setting();
  await Promise.all([update({ idleHours: 24 }), update({ membersInvite: true })]);
  expect(await homeOf(mia)).toMatchObject({ idleHours: 24, membersInvite: true, tick: 2 });
});

it("A change and the demotion of an admin at once do not block each other", async () => {
  const { admin, update, homeOf, mia } = await setting();
  const demote = () => db().person.update({ where: { id: admin.id }, data: { role: "member" } });
  for (let round = 0; round < 5; round++) {
    await Promise.all([update({ idleHours: 24 + round }), demote(), update({ adminIdleHours: 24 + round })]);
    await db().person.update({ where: { id: admin.id }, data: { role: "admin" } });
  }
  expect(await homeOf(mia)).toMatchObject({ idleHours: 28, adminIdleHours: 28 });
});

it("Members may do what the settings say, from the next request on", async () => {
  const { mia, room, owner, update } = await setting();
  const other = await makePerson({ id: owner.organizationId });
  const { id: messageId } = await as(mia).do("message.send", { roomId: room.id, body: "Hello" });
  const asks = {
    membersCreateRooms: () => as(mia).ask("room.create", { name: `New ${crypto.randomUUID()}` }),
    membersSetTopic: () => as(mia).ask("room.update", { roomId: room.id, topic: crypto.randomUUID() }),
    membersAddPeople: () => as(mia).ask("membership.add", { roomId: room.id, personIds: [other.id] }),
    membersPin: () => as(mia).ask("pin.add", { messageId }),
    membersInvite: () => as(mia).ask("invite.create", {}),
  };
  for (const [rule, ask] of Object.entries(asks)) {
    await update({ [rule]: true });
    expect(outcome(await ask()), rule).toBe("ok");
    await update({ [rule]: false });
    expect(outcome(await ask()), rule).toBe("forbidden");
  }
});

it("A room decides about its topic and adding people for itself, until it says: as in the organization", async () => {
  const { mia, room, owner, update } = await setting();
  const set = (own: boolean | null) => as(owner).do("room.update", { roomId: room.id, membersSetTopic: own });
  const topic = async () => outcome(await as(mia).ask("room.update", { roomId: room.id, topic: crypto.randomUUID() }));
  await update({ membersSetTopic: false });
  expect(await topic()).toBe("forbidden");
  expect(await set(true)).toMatchObject({ membersSetTopic: true });
  expect(await topic()).toBe("ok");
  await set(null);
  expect(await topic()).toBe("forbidden");
});

it("An invite that a member made works only while members may invite", async () => {
  const { mia, update } = await setting();
  await update({ membersInvite: true });
  const { token } = await as(mia).do("invite.create", {});
  expect(await as(mia).do("invite.show", { token })).toMatchObject({ state: "open" });
  await update({ membersInvite: false });
  expect(await as(mia).do("invite.show", { token })).toEqual({ state: "revoked" });
});

it("A session ends after the idle time of its person's role, and a shorter time moves the proof", async () => {
  const { organization, mia, admin, update } = await setting();
  const hoursAgo = (hours: number) => ({ lastUsedAt: new Date(Date.now() - hours * 3_600_000) });
  const [ofMember, ofAdmin] = [await makeSession(mia, hoursAgo(5)), await makeSession(admin, hoursAgo(5))];
  const valid = async () => [...(await validSessions([ofMember, ofAdmin]))].toSorted();
  const versions = async () => (await pull(organization.id, 0))?.versions;
  expect(await valid()).toEqual([ofMember, ofAdmin].toSorted());
  const before = await versions();
  await update({ adminIdleHours: 4 });
  expect(await valid()).toEqual([ofMember]);
  expect(await versions()).not.toEqual(before);
  await update({ idleHours: 4 });
  expect(await valid()).toEqual([]);
  // A longer limit does not bring a session back.
  await update({ idleHours: 6, adminIdleHours: 6 });
  expect(await valid()).toEqual([]);
});
