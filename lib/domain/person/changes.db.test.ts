import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { touchOrganization } from "@/lib/server/touch";
import { as, joinAs, makeOrganization, makePeople, makePerson, makeRoom } from "@/tests/harness/people";
import { organizationLog } from "../organization/log";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const mia = await makePerson(organization, { name: "Mia" });
  const guest = await makePerson(organization, { name: "Gus", role: "guest" });
  const near = await makePerson(organization, { name: "Near" });
  const room = await makeRoom(organization);
  await joinAs("member", room, guest, near);
  const touch = (...ids: string[]) => db().$transaction((tx) => touchOrganization(tx, organization.id, ids));
  return { organization, mia, guest, near, touch };
}
/** Pulls the whole log, for these sessions and for guests whose sessions an earlier pull has checked. */
const pull = ({ id }: { id: string }, sessionIds: string[], guestIds: string[] = []) =>
  organizationLog.pull({
    id,
    from: 0,
    sessionIds,
    knownListeners: () => guestIds.map((guestId) => ({ until: 0, guestId })),
  });
type Setting = Awaited<ReturnType<typeof setting>>;

const idsOf = (people: { id: string }[] | undefined) => people?.map(({ id }) => id).toSorted();
async function sync({ organization }: Setting, who: Setting["mia"], from: number) {
  const { epoch, clock } = await as(who).do("home.show", {});
  expect(organization.id).toBe(who.organizationId);
  return (await as(who).do("sync", { rooms: {}, me: clock, organization: from, epoch })).organization;
}

it("A member is sent everybody who changed, and a guest only those they share a room with", async () => {
  const all = await setting();
  const { organization, mia, guest, near, touch } = all;
  const other = await setting();
  await touch(mia.id, near.id);
  await other.touch(other.mia.id);
  expect(await sync(all, mia, 0)).toMatchObject({ from: 0, to: 1, more: false });
  expect(idsOf((await sync(all, mia, 0))?.people)).toEqual([mia.id, near.id].toSorted());
  expect(idsOf((await sync(all, guest, 0))?.people)).toEqual([near.id]);
  expect(await sync(all, mia, 1)).toBeNull();

  const sessions = [mia.sessionId, guest.sessionId, other.mia.sessionId];
  const pulled = await pull(organization, sessions);
  expect(pulled).toMatchObject({ frame: { from: 0, to: 1 }, hasMore: false });
  expect(idsOf(pulled?.frame.people)).toEqual([mia.id, near.id].toSorted());
  expect([...(pulled?.listeners.keys() ?? [])].toSorted()).toEqual([mia.sessionId, guest.sessionId].toSorted());
  expect(pulled?.listeners.get(guest.sessionId)?.guestId).toBe(guest.id);
  expect(pulled?.frame.visibleTo).toEqual(new Map([[guest.id, new Set([near.id])]]));
  // The same guest, whose session the first pull has checked.
  const again = await pull(organization, [], [guest.id]);
  expect(again).toMatchObject({ frame: { visibleTo: pulled?.frame.visibleTo }, listeners: new Map() });
});

it("A guest who is in no room is sent themselves, and finds themselves", async () => {
  const all = await setting();
  const { guest, near, touch } = all;
  await db().membership.deleteMany({ where: { personId: guest.id } });
  await touch(guest.id, near.id);
  expect(idsOf((await sync(all, guest, 0))?.people)).toEqual([guest.id]);
  expect((await as(guest).do("person.show", { personId: guest.id })).person.id).toBe(guest.id);
  expect(idsOf((await as(guest).do("person.list", {})).people)).toEqual([guest.id]);
});

it("A session that has ended, and a role that has changed, move the proof and who receives what", async () => {
  const { organization, mia, guest, near, touch } = await setting();
  const pulled = async () => pull(organization, [mia.sessionId, guest.sessionId]);
  await touch(near.id);
  const before = await pulled();
  await db().person.update({ where: { id: guest.id }, data: { role: "member" } });
  await db().session.update({ where: { id: mia.sessionId }, data: { revokedAt: new Date() } });
  const after = await pulled();
  expect(after?.versions.authVersion).toBe((before?.versions.authVersion ?? 0) + 2);
  expect([...(after?.listeners ?? [])]).toMatchObject([[guest.sessionId, { guestId: null }]]);
});

it("Many changes arrive part by part, and a part never ends inside a tick", async () => {
  const all = await setting();
  const { organization, mia, touch } = all;
  const people = await makePeople(
    organization,
    Array.from({ length: 450 }, (_, at) => ({ name: `Person ${at}` })),
  );
  const ids = people.map(({ id }) => id);
  await touch(...ids.slice(0, 150));
  await touch(...ids.slice(150, 400));
  await touch(...ids.slice(400));
  const parts: [number, number, boolean][] = [];
  for (let from = 0, more = true; more; ) {
    const part = await sync(all, mia, from);
    if (!part) break;
    parts.push([part.to, part.people.length, part.more]);
    [from, more] = [part.to, part.more];
  }
  expect(parts).toEqual([
    [2, 400, true],
    [3, 50, false],
  ]);
});

it("Whoever accepts an invite is in the log at the next tick, in the same transaction", async () => {
  const { organization, mia } = await setting();
  const clockOf = async () => (await as(mia).do("home.show", {})).organizationClock;
  const { token } = await as(organization.owner).do("invite.create", { role: "member", maxUses: 1 });
  const before = await clockOf();
  const join = { token, name: "Nia", email: `${organization.id}@example.org`, password: "a long password" };
  const { personId } = await as(mia).do("invite.accept", join);
  expect(await clockOf()).toBe(before + 1);
  const pulled = await organizationLog.pull({
    id: organization.id,
    from: before,
    sessionIds: [],
    knownListeners: () => [],
  });
  expect(idsOf(pulled?.frame.people)).toEqual([personId]);
});
