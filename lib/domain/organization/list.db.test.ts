import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import type { OwnOrganization } from "@/lib/contract/own-organizations";
import { handlers } from "@/lib/domain/index";
import { db } from "@/lib/server/db";
import { execute } from "@/lib/server/execute";
import type { Handler } from "@/lib/server/handler";
import {
  as,
  callerOf,
  joinAs,
  joinOrganization,
  makeOrganization,
  makePerson,
  makeRoom,
  makeSession,
  nobody,
  outcome,
  type TestPerson,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

/** Mia in two organizations, with one login, and a colleague in the second. */
async function setting() {
  const [first, second] = [await makeOrganization(), await makeOrganization()];
  await db().organization.update({ where: { id: first.id }, data: { name: "Alpha" } });
  await db().organization.update({ where: { id: second.id }, data: { name: "Beta" } });
  const mia = await makePerson(first);
  const there = await joinOrganization(mia, second);
  const colleague = await makePerson(second);
  const listed = async (who: TestPerson = mia) => (await as(who).do("organization.list", {})).organizations;
  /** What is new in the second one. */
  const news = async () => {
    const found = (await listed()).find(({ id }) => id === second.id);
    return found && { isUnread: found.isUnread, waiting: found.waiting };
  };
  return { first, second, mia, there, colleague, listed, news };
}
const namesOf = (organizations: OwnOrganization[]) => organizations.map(({ name }) => name);
const say = (who: TestPerson, roomId: string) => as(who).do("message.send", { roomId, body: "Hello" });
const quiet = { isUnread: false, waiting: 0 };

it("An account's organizations are listed by name, with which one the request is for, and no other", async () => {
  const { first, second, mia, there, listed } = await setting();
  await makeOrganization();
  expect(await listed()).toEqual([
    {
      id: first.id,
      name: "Alpha",
      handle: first.handle,
      picture: null,
      isCurrent: true,
      isSignedIn: true,
      isUnread: false,
      waiting: 0,
    },
    expect.objectContaining({ id: second.id, name: "Beta", isCurrent: false, isSignedIn: true }),
  ]);
  expect((await listed(there)).map(({ isCurrent }) => isCurrent)).toEqual([false, true]);
  expect(namesOf(await listed(first.owner))).toEqual(["Alpha"]);
  // The answer has nothing else of the other organization, such as the person there.
  expect(JSON.stringify(await listed(mia))).not.toContain(there.id);
});

it.each<[string, (given: Awaited<ReturnType<typeof setting>>) => Promise<unknown>]>([
  ["deactivated", ({ there }) => db().person.update({ where: { id: there.id }, data: { deactivatedAt: new Date() } })],
  [
    "a guest whose end has come",
    ({ there }) => db().person.update({ where: { id: there.id }, data: { endsAt: new Date() } }),
  ],
  ["somebody who left", ({ there }) => as(there).do("organization.leave", {})],
])("An organization in which one is %s is not listed", async (_, end) => {
  const given = await setting();
  expect(namesOf(await given.listed())).toEqual(["Alpha", "Beta"]);
  await end(given);
  expect(namesOf(await given.listed())).toEqual(["Alpha"]);
});

it("Messages that are unread in rooms make an organization unread, but not in muted ones, one's own, or notices", async () => {
  const { second, there, colleague, news } = await setting();
  const room = await makeRoom(second);
  await joinAs("member", room, there, colleague);
  expect(await news()).toEqual(quiet);
  await as(colleague).do("room.update", { roomId: room.id, topic: "A notice" });
  await say(there, room.id);
  expect(await news()).toEqual(quiet);
  const { seq } = await say(colleague, room.id);
  expect(await news()).toEqual({ isUnread: true, waiting: 0 });
  await as(there).do("membership.setMuted", { roomId: room.id, isMuted: true });
  expect(await news()).toEqual(quiet);
  await as(there).do("membership.setMuted", { roomId: room.id, isMuted: false });
  expect(await news()).toEqual({ isUnread: true, waiting: 0 });
  await as(there).do("room.read", { roomId: room.id, upToSeq: seq });
  expect(await news()).toEqual(quiet);
});

it("Unread replies in a thread make an organization unread, unless the thread is muted", async () => {
  const { second, there, colleague, news } = await setting();
  const room = await makeRoom(second);
  await joinAs("member", room, there, colleague);
  const { id: threadId } = await say(there, room.id);
  const reply = () => as(colleague).do("message.send", { roomId: room.id, threadId, body: "A reply" });
  await reply();
  expect(await news()).toEqual({ isUnread: true, waiting: 0 });
  await as(there).do("thread.setMuted", { threadId, isMuted: true });
  expect(await news()).toEqual(quiet);
  await as(there).do("thread.setMuted", { threadId, isMuted: null });
  await as(there).do("membership.setMuted", { roomId: room.id, isMuted: true });
  expect(await news(), "a thread is as its room").toEqual(quiet);
  await as(there).do("thread.setMuted", { threadId, isMuted: false });
  expect(await news()).toEqual({ isUnread: true, waiting: 0 });
  await as(there).do("thread.read", { threadId });
  expect(await news()).toEqual(quiet);
});

it("Direct messages, room invites and requests to join wait for somebody, and are counted", async () => {
  const { second, there, colleague, news } = await setting();
  const { room: direct } = await as(colleague).do("direct.open", { personIds: [there.id] });
  for (let count = 0; count < 3; count++) await say(colleague, direct.id);
  expect(await news()).toEqual({ isUnread: true, waiting: 3 });
  const room = await makeRoom(second, { access: "private" });
  await joinAs("admin", room, colleague);
  await as(colleague).do("roomInvite.send", { roomId: room.id, personId: there.id });
  expect((await news())?.waiting).toBe(4);
  const mine = await makeRoom(second, { access: "private" });
  await joinAs("admin", mine, there);
  await db().joinRequest.create({
    data: { id: uuidv7(), organizationId: second.id, roomId: mine.id, personId: colleague.id },
  });
  expect((await news())?.waiting).toBe(5);
  await as(there).do("membership.setMuted", { roomId: mine.id, isMuted: true });
  expect((await news())?.waiting, "a muted room counts nothing").toBe(4);
  await as(there).do("membership.setMuted", { roomId: mine.id, isMuted: false });
  expect((await news())?.waiting).toBe(5);
  const where = { roomId_personId: { roomId: mine.id, personId: there.id } };
  await db().membership.update({ where, data: { role: "member" } });
  expect((await news())?.waiting, "a plain member decides nothing").toBe(4);
});

it("What somebody sends whom one blocks there neither marks the organization nor is counted", async () => {
  const { second, there, colleague, news } = await setting();
  const [room, inviting] = [await makeRoom(second), await makeRoom(second, { access: "private" })];
  await joinAs("member", room, there, colleague);
  await joinAs("admin", inviting, colleague);
  const { room: direct } = await as(colleague).do("direct.open", { personIds: [there.id] });
  for (const roomId of [room.id, direct.id]) await say(colleague, roomId);
  await as(colleague).do("roomInvite.send", { roomId: inviting.id, personId: there.id });
  expect(await news()).toEqual({ isUnread: true, waiting: 2 });
  await as(there).do("block.add", { personId: colleague.id });
  expect(await news()).toEqual(quiet);
  await as(there).do("block.remove", { personId: colleague.id });
  expect(await news()).toEqual({ isUnread: true, waiting: 2 });
});

it("More than a hundred are counted as a hundred", async () => {
  const { there, colleague, news } = await setting();
  const { room } = await as(colleague).do("direct.open", { personIds: [there.id] });
  for (let count = 0; count < 101; count++) await say(colleague, room.id);
  expect(await news()).toEqual({ isUnread: true, waiting: 100 });
});

it.each<[string, (sessionId: string) => Promise<unknown>]>([
  ["was revoked", (id) => db().session.update({ where: { id }, data: { revokedAt: new Date() } })],
  ["has expired", (id) => db().session.update({ where: { id }, data: { expiresAt: new Date() } })],
])("Of an organization where this login's session %s, nothing but its name is answered", async (_, end) => {
  const { there, colleague, listed, second } = await setting();
  const { room } = await as(colleague).do("direct.open", { personIds: [there.id] });
  await say(colleague, room.id);
  const find = async () => (await listed()).find(({ id }) => id === second.id);
  expect(await find()).toMatchObject({ isSignedIn: true, isUnread: true, waiting: 1 });
  // A valid session of another login there does not count.
  await makeSession(there);
  await end(there.sessionId);
  expect(await find()).toMatchObject({ name: "Beta", isSignedIn: false, ...quiet });
});

it("A login of the account that has only one of its organizations lists both, and is signed in to one", async () => {
  const { mia, listed } = await setting();
  const other = { ...mia, sessionId: await makeSession(mia) };
  expect((await listed(other)).map(({ isSignedIn }) => isSignedIn)).toEqual([true, false]);
});

it("A request that names none of several organizations is answered, and is for the one that was used last", async () => {
  const { first, second, mia, there } = await setting();
  const use = (place: TestPerson, ms: number) =>
    db().session.update({ where: { id: place.sessionId }, data: { lastUsedAt: new Date(Date.now() - ms) } });
  const login = { loginId: mia.sessionId, accountId: mia.accountId };
  const ask = async (name: "organization.list" | "home.show") => {
    const caller = { ...(await callerOf(nobody())), login, mustNameOrganization: true };
    return execute(handlers[name] as Handler, caller, {});
  };
  const current = async () => {
    const answer = await ask("organization.list");
    if (!answer.ok) throw new Error(answer.error.message);
    const { organizations } = answer.data as { organizations: OwnOrganization[] };
    return organizations.find(({ isCurrent }) => isCurrent)?.id;
  };
  await use(mia, 2_000);
  await use(there, 1_000);
  expect(await current()).toBe(second.id);
  await use(mia, 500);
  expect(await current()).toBe(first.id);
  expect(outcome(await ask("home.show"))).toBe("invalid_input");
});

it("Whether one may create another organization is as the server's setting and one's role say", async () => {
  const { first, mia, there } = await setting();
  const may = async (who: TestPerson) => (await as(who).do("organization.list", {})).mayCreate;
  expect([await may(first.owner), await may(mia)]).toEqual([true, false]);
  await db().person.update({ where: { id: there.id }, data: { role: "owner" } });
  // Being an owner elsewhere does not count here.
  expect([await may(there), await may(mia)]).toEqual([true, false]);
});

it("One unread message in one of many rooms is found", async () => {
  const { second, there, colleague, listed } = await setting();
  const rooms: { id: string }[] = [];
  for (let count = 0; count < 30; count++) {
    const room = await makeRoom(second);
    await joinAs("member", room, there, colleague);
    rooms.push(room);
  }
  await say(colleague, rooms[29]?.id ?? "");
  expect((await listed()).map(({ isUnread }) => isUnread)).toEqual([false, true]);
});
