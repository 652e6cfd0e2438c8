import { expect, it } from "vitest";
import type { Answer } from "@/lib/contract/errors";
import { limits } from "@/lib/contract/limits";
import { db } from "@/lib/server/db";
import {
  as,
  joinAs,
  makeOrganization,
  makePeople,
  makePerson,
  makeRoom,
  makeRooms,
  type TestPerson,
  type TestRoom,
} from "@/tests/harness/people";
import { fillRoom } from "@/tests/harness/rooms";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const failure = async (asked: Promise<Answer<unknown>>) => {
  const answer = await asked;
  return answer.ok ? null : answer.error;
};
const block = (who: TestPerson, { id: personId }: { id: string }) => as(who).do("block.add", { personId });
const unblock = (who: TestPerson, { id: personId }: { id: string }) => as(who).do("block.remove", { personId });
const homeOf = (who: TestPerson) => as(who).do("home.show", {});
const say = (who: TestPerson, roomId: string, body = "Hello") => as(who).do("message.send", { roomId, body });
const clockOf = async ({ id: personId }: TestPerson) =>
  (await db().personLog.findUnique({ where: { personId } }))?.clock ?? 1;

/** Ann, Pat and Cy in a room. */
async function setting() {
  const organization = await makeOrganization();
  const people = await makePeople(organization, [{ name: "Ann" }, { name: "Pat" }, { name: "Cy" }]);
  const [ann, pat, cy] = people as [TestPerson, TestPerson, TestPerson];
  const room = await makeRoom(organization);
  await joinAs("member", room, ann, pat, cy);
  const entry = async () => {
    const { rooms, blocks } = await homeOf(ann);
    const [{ unread, lastMessage, blocksTick } = { unread: [], lastMessage: null, blocksTick: -1 }] = rooms;
    expect(blocksTick).toBe(blocks.tick);
    return { unread, last: lastMessage?.id ?? null };
  };
  return { organization, ann, pat, cy, room, roomId: room.id, entry };
}

it("Messages of somebody blocked, also earlier ones, are neither unread nor the last, and are again after unblocking", async () => {
  const { ann, pat, cy, roomId, entry } = await setting();
  const first = await say(pat, roomId);
  const cys = await say(cy, roomId);
  const last = await say(pat, roomId);
  expect(await entry()).toEqual({ unread: [first.seq, cys.seq, last.seq], last: last.id });
  await block(ann, pat);
  expect(await entry()).toEqual({ unread: [cys.seq], last: cys.id });
  await say(pat, roomId);
  expect(await entry()).toEqual({ unread: [cys.seq], last: cys.id });
  await unblock(ann, pat);
  expect((await entry()).unread).toHaveLength(4);
});

it("What was read while its author was blocked stays read after unblocking", async () => {
  const { ann, pat, roomId, entry } = await setting();
  await block(ann, pat);
  const { seq } = await say(pat, roomId);
  await as(ann).do("room.read", { roomId, upToSeq: seq });
  const later = await say(pat, roomId);
  await unblock(ann, pat);
  expect((await entry()).unread).toEqual([later.seq]);
});

it("A hundred messages of others are counted, however many of somebody blocked came after them", async () => {
  const { ann, pat, cy, room, entry } = await setting();
  await fillRoom(room, cy, 120);
  await db().message.updateMany({ where: { roomId: room.id, seq: { gt: 110 } }, data: { authorId: pat.id } });
  await block(ann, pat);
  const { unread } = await entry();
  expect([unread.length, unread[0], unread.at(-1)]).toEqual([limits.unread, 11, 110]);
});

it("Messages without an author, as of bots, count for those who block somebody", async () => {
  const { ann, pat, room, entry } = await setting();
  await fillRoom(room, pat, 2);
  await db().message.updateMany({ where: { roomId: room.id, seq: 1 }, data: { authorId: null, kind: "bot" } });
  await block(ann, pat);
  expect((await entry()).unread).toEqual([1]);
});

it("Somebody blocked starts a conversation as before, and its entry leaves out what they write", async () => {
  const { ann, pat } = await setting();
  const { tick } = await block(ann, pat);
  const { clock, epoch } = await homeOf(ann);
  const { room } = await as(pat).do("direct.open", { personIds: [ann.id] });
  await say(pat, room.id);
  const { me } = await as(ann).do("sync", { rooms: {}, me: clock, epoch });
  expect(me?.changes).toMatchObject([
    { type: "entry", entry: { room: { id: room.id }, unread: [], lastMessage: null, blocksTick: tick } },
  ]);
  expect(me?.changes).toHaveLength(1);
});

it("Blocking twice, or unblocking somebody who is not blocked, changes nothing and has no tick", async () => {
  const { ann, pat, cy } = await setting();
  const first = await block(ann, pat);
  expect(first).toMatchObject({ people: [{ personId: pat.id }], tick: await clockOf(ann) });
  expect(await block(ann, pat)).toEqual(first);
  expect(await unblock(ann, cy)).toEqual(first);
  expect(await clockOf(ann)).toBe(first.tick);
  expect(await unblock(ann, pat)).toEqual({ people: [], tick: first.tick + 1 });
});

it("Twenty people who are blocked at once are all blocked", async () => {
  const { organization, ann } = await setting();
  const people = await makePeople(
    organization,
    Array.from({ length: 20 }, () => ({})),
  );
  await Promise.all(people.map((person) => block(ann, person)));
  expect((await homeOf(ann)).blocks.people).toHaveLength(20);
});

it(`Nobody blocks more than ${limits.blocks} people, or themselves`, async () => {
  const { organization, ann, pat } = await setting();
  expect(await failure(as(ann).ask("block.add", { personId: ann.id }))).toMatchObject({ code: "forbidden" });
  const people = await makePeople(
    organization,
    Array.from({ length: limits.blocks }, () => ({})),
  );
  const { id: organizationId } = organization;
  await db().block.createMany({ data: people.map(({ id }) => ({ organizationId, blockerId: ann.id, blockedId: id })) });
  expect(await failure(as(ann).ask("block.add", { personId: pat.id }))).toMatchObject({
    code: "conflict",
    message: "You have blocked 500 people already. Unblock someone first.",
  });
});

it("Owners, and people who are deactivated, can be blocked", async () => {
  const { organization, ann } = await setting();
  const gone = await makePerson(organization);
  await db().person.update({ where: { id: gone.id }, data: { deactivatedAt: new Date() } });
  await block(ann, organization.owner);
  expect((await block(ann, gone)).people).toHaveLength(2);
});

it("A guest blocks people of their rooms, and can unblock them when they share none", async () => {
  const { organization, pat, cy, room } = await setting();
  const guest = await makePerson(organization, { role: "guest" });
  const stranger = await makePerson(organization);
  await joinAs("member", room, guest);
  expect(await failure(as(guest).ask("block.add", { personId: stranger.id }))).toMatchObject({ code: "not_found" });
  await block(guest, pat);
  await db().membership.delete({ where: { roomId_personId: { roomId: room.id, personId: guest.id } } });
  const { blocked } = await as(guest).do("block.list", {});
  // Not their profile: `person.show` does not show it to the guest either.
  expect(blocked.map(({ person }) => person)).toEqual([
    { id: pat.id, name: "Pat", handle: expect.any(String), picture: null },
  ]);
  expect(await failure(as(guest).ask("person.show", { personId: pat.id }))).toMatchObject({ code: "not_found" });
  expect(await failure(as(guest).ask("block.remove", { personId: cy.id }))).toMatchObject({ code: "not_found" });
  expect((await unblock(guest, pat)).people).toEqual([]);
});

it("Room invites of somebody blocked succeed and wait, but only the list of blocked people shows them", async () => {
  const { organization, ann, pat } = await setting();
  const room = await makeRoom(organization, { access: "private" });
  await joinAs("admin", room, pat);
  await block(ann, pat);
  const invite = await as(pat).do("roomInvite.send", { roomId: room.id, personId: ann.id });
  expect(invite.state).toBe("pending");
  expect((await homeOf(ann)).invites).toEqual([]);
  expect((await as(ann).do("roomInvite.list", {})).invites).toEqual([]);
  const { blocked } = await as(ann).do("block.list", {});
  expect(blocked).toMatchObject([{ person: { id: pat.id }, directRooms: [], invites: [{ id: invite.id }] }]);
  await unblock(ann, pat);
  expect((await homeOf(ann)).invites).toMatchObject([{ id: invite.id }]);
  expect((await as(ann).do("roomInvite.accept", { roomInviteId: invite.id })).room.id).toBe(room.id);
});

/** The conversations that the list of blocked people has, by the name of the person. */
async function conversationsOf(who: TestPerson): Promise<Record<string, string[]>> {
  const { blocked } = await as(who).do("block.list", {});
  return Object.fromEntries(blocked.map(({ person, directRooms }) => [person.name, directRooms.map(({ id }) => id)]));
}

it("The list of blocked people has their conversation once something was said in it", async () => {
  const { ann, pat } = await setting();
  await block(ann, pat);
  const { room } = await as(pat).do("direct.open", { personIds: [ann.id] });
  expect(await conversationsOf(ann)).toEqual({ Pat: [] });
  await say(pat, room.id);
  expect(await conversationsOf(ann)).toEqual({ Pat: [room.id] });
  const { blocked } = await as(ann).do("block.list", {});
  expect(blocked[0]?.directRooms).toEqual([{ id: room.id, others: [{ id: pat.id, name: "Pat" }] }]);
});

it("A conversation of three is there while no list shows it: nobody else has written, or both others are blocked", async () => {
  const { ann, pat, cy } = await setting();
  await block(ann, pat);
  const { room } = await as(pat).do("direct.open", { personIds: [ann.id, cy.id] });
  await say(pat, room.id);
  expect(await conversationsOf(ann)).toEqual({ Pat: [room.id] });
  await say(cy, room.id);
  expect(await conversationsOf(ann)).toEqual({ Pat: [] });
  await block(ann, cy);
  expect(await conversationsOf(ann)).toEqual({ Pat: [room.id], Cy: [room.id] });
  // One that Ann has hidden for good is not there.
  await unblock(ann, cy);
  await as(ann).do("membership.setHidden", { roomId: room.id, hiding: "always" });
  expect(await conversationsOf(ann)).toEqual({ Pat: [] });
});

it("Many invites of one person do not push out those of another", async () => {
  const { organization, ann, pat, cy } = await setting();
  await block(ann, pat);
  await block(ann, cy);
  const rooms = await makeRooms(
    organization,
    Array.from({ length: 12 }, (_, at) => ({ name: `Room ${at}`, access: "private" as const })),
  );
  const invite = async (who: TestPerson, room: TestRoom) => {
    await joinAs("admin", room, who);
    return (await as(who).do("roomInvite.send", { roomId: room.id, personId: ann.id })).id;
  };
  const [first, ...others] = rooms as [TestRoom, ...TestRoom[]];
  const cys = await invite(cy, first);
  const pats: string[] = [];
  for (const room of others) pats.push(await invite(pat, room));
  const { blocked } = await as(ann).do("block.list", {});
  expect(Object.fromEntries(blocked.map(({ person, invites }) => [person.name, invites.map(({ id }) => id)]))).toEqual({
    Cy: [cys],
    Pat: pats.slice(-10).toReversed(),
  });
});

it("However much a room has changed since, what others wrote stays unread after a block", async () => {
  const { ann, pat, cy, roomId, entry } = await setting();
  const { seq } = await say(cy, roomId);
  await db().room.update({ where: { id: roomId }, data: { clock: 50_000 } });
  await say(pat, roomId);
  await block(ann, pat);
  expect((await entry()).unread).toEqual([seq]);
});

it("A device that was away catches up on blocks, and only the blocker's clock moves", async () => {
  const { organization, ann, pat, cy } = await setting();
  const before = await Promise.all([pat, cy, organization.owner].map(clockOf));
  const { clock, epoch, organizationClock } = await homeOf(ann);
  await block(ann, pat);
  await block(ann, cy);
  const answer = await as(ann).do("sync", { rooms: {}, me: clock, organization: organizationClock, epoch });
  expect(answer.me?.changes).toEqual([{ type: "blocks", blocks: (await homeOf(ann)).blocks }]);
  expect(answer.organization).toBeNull();
  expect(await Promise.all([pat, cy, organization.owner].map(clockOf))).toEqual(before);
  expect(await db().auditEntry.count({ where: { organizationId: organization.id } })).toBe(0);
});
