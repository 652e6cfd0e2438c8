import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { limits } from "@/lib/contract/limits";
import { db } from "@/lib/server/db";
import {
  as,
  joinAs,
  makeGroup,
  makeOrganization,
  makePeople,
  makePerson,
  makeRoom,
  outcome,
  type TestPerson,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const people = await makePeople(organization, [{ name: "Mia" }, { name: "Bo" }, { name: "Cy" }]);
  const [mia, bo, cy] = people as [TestPerson, TestPerson, TestPerson];
  for (const [person, handle] of [
    [mia, "mia"],
    [bo, "bo"],
    [cy, "cy"],
  ] as const)
    await setHandle(person, handle);
  const room = await makeRoom(organization);
  await joinAs("member", room, mia, bo);
  const say = (who: TestPerson, body: string) => as(who).do("message.send", { roomId: room.id, body });
  return { organization, mia, bo, cy, room, roomId: room.id, say };
}
const setHandle = ({ id }: TestPerson, handle: string) => db().person.update({ where: { id }, data: { handle } });
const rowsOf = async (messageId: string) =>
  (await db().mention.findMany({ where: { messageId }, orderBy: [{ kind: "asc" }, { targetId: "asc" }] })).map(
    ({ kind, targetId }) => [kind, targetId],
  );
const person = ({ id }: TestPerson) => ({ kind: "person", id });

async function entryOf(who: TestPerson, roomId: string) {
  const { rooms } = await as(who).do("home.show", {});
  const entry = rooms.find(({ room }) => room.id === roomId);
  if (!entry) throw new Error("They are in the room.");
  return entry;
}
const mentionsOf = async (who: TestPerson, roomId: string) => (await entryOf(who, roomId)).mentions;

it("A mention is stored with its message: a map, and one row for each target however often it is named", async () => {
  const { mia, bo, say } = await setting();
  const message = await say(mia, "@Bo, @bo and @MIA. Not @nobody or `@cy`");
  expect(message.mentions).toEqual({ bo: person(bo), mia: person(mia) });
  expect(message).not.toHaveProperty("notes");
  const [first, second] = mia.id < bo.id ? [mia, bo] : [bo, mia];
  expect(await rowsOf(message.id)).toEqual([
    ["person", first.id],
    ["person", second.id],
  ]);
  expect((await say(mia, "No sign")).mentions).toBeNull();
  expect((await say(mia, "x@bo.example")).mentions).toBeNull();
});

it("It counts for who is mentioned, not for the author or others, until it is read", async () => {
  const { mia, bo, cy, room, roomId, say } = await setting();
  await joinAs("member", room, cy);
  await say(mia, "Hello");
  const { seq } = await say(mia, "@bo @mia");
  expect(await entryOf(bo, roomId)).toMatchObject({ unread: [1, seq], mentions: [seq] });
  expect(await mentionsOf(cy, roomId)).toEqual([]);
  expect(await mentionsOf(mia, roomId)).toEqual([]);
  await as(bo).do("membership.setMuted", { roomId, isMuted: true });
  expect(await mentionsOf(bo, roomId), "also in a muted room").toEqual([seq]);
  await as(bo).do("room.read", { roomId, upToSeq: seq });
  expect(await mentionsOf(bo, roomId)).toEqual([]);
  await as(bo).do("room.markUnread", { roomId, fromSeq: 1 });
  expect(await mentionsOf(bo, roomId)).toEqual([seq]);
});

it("Of several messages at once, each keeps its own mentions", async () => {
  const { mia, bo, roomId } = await setting();
  const bodies = Array.from({ length: 24 }, (_, at) => (at % 3 === 0 ? "@bo" : at % 3 === 1 ? "@mia @bo" : "Plain"));
  const sent = await Promise.all(bodies.map((body) => as(mia).do("message.send", { roomId, body })));
  for (const message of sent) {
    expect(
      Object.keys(message.mentions ?? {})
        .toSorted()
        .join(" "),
    ).toBe(message.body === "Plain" ? "" : message.body === "@bo" ? "bo" : "bo mia");
    expect(await rowsOf(message.id)).toHaveLength(Object.keys(message.mentions ?? {}).length);
  }
  const seqs = sent.flatMap(({ seq, mentions }) => (mentions ? [seq] : [])).toSorted((a, b) => a - b);
  expect(await mentionsOf(bo, roomId)).toEqual(seqs);
});

it("The same message sent again is answered with the same mentions and adds no row", async () => {
  const { mia, roomId } = await setting();
  const id = uuidv7();
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => as(mia).do("message.send", { roomId, id, body: "@bo" })),
  );
  for (const { mentions, seq } of answers)
    expect({ mentions, seq }).toEqual({ mentions: answers[0]?.mentions, seq: 1 });
  expect(await rowsOf(id)).toHaveLength(1);
});

it("A renamed person stays mentioned, and their former handle means nobody else", async () => {
  const { mia, bo, cy, roomId, say } = await setting();
  const { id } = await say(mia, "@bo");
  await as(bo).do("person.update", { handle: "bo.larsen" });
  expect(outcome(await as(cy).ask("person.update", { handle: "bo" }))).toBe("conflict");
  const { messages } = await as(mia).do("message.list", { roomId });
  expect(messages.find((message) => message.id === id)?.mentions).toEqual({ bo: person(bo) });
  expect((await say(mia, "@bo and @bo.larsen")).mentions).toEqual({ bo: person(bo), "bo.larsen": person(bo) });
});

it("Somebody who left or was deactivated is not mentioned any more", async () => {
  const { mia, bo, say } = await setting();
  await db().person.update({ where: { id: bo.id }, data: { deactivatedAt: new Date() } });
  expect((await say(mia, "@bo")).mentions).toBeNull();
});

it("Who is not in the room is mentioned, and the author is told that they cannot see it", async () => {
  const { mia, cy, say } = await setting();
  const { mentions, notes } = await say(mia, "@cy");
  expect(mentions).toEqual({ cy: person(cy) });
  expect(notes).toEqual({ refused: [], outsiderIds: [cy.id] });
});

it("A guest mentions only people whom they may know, and groups that they are in", async () => {
  const { organization, bo, room, say } = await setting();
  const guest = await makePerson(organization, { role: "guest" });
  await joinAs("member", room, guest);
  const [own, other] = [await makeGroup(organization, [guest]), await makeGroup(organization, [bo])];
  const handleOf = async (id: string) => (await db().group.findUniqueOrThrow({ where: { id } })).handle;
  const [ownHandle, otherHandle] = [await handleOf(own), await handleOf(other)];
  const { mentions, notes } = await say(guest, `@bo @cy @${ownHandle} @${otherHandle}`);
  expect(mentions).toEqual({ bo: person(bo), [ownHandle]: { kind: "group", id: own } });
  expect(notes).toBeUndefined();
});

it("A group means those who are in it now, and were before the message", async () => {
  const { organization, mia, bo, cy, room, roomId, say } = await setting();
  await joinAs("member", room, cy);
  const { id: groupId, handle } = await as(organization.owner).do("group.create", { name: "Developers" });
  const change = (name: "group.addMembers" | "group.removeMembers", who: TestPerson) =>
    as(organization.owner).do(name, { groupId, personIds: [who.id] });
  await change("group.addMembers", bo);
  const { seq, mentions } = await say(mia, `@${handle}`);
  expect(mentions).toEqual({ [handle]: { kind: "group", id: groupId } });
  await change("group.addMembers", cy);
  expect(await mentionsOf(bo, roomId)).toEqual([seq]);
  expect(await mentionsOf(cy, roomId), "who came later").toEqual([]);
  const forMe = async (who: TestPerson) =>
    (await as(who).do("message.list", { roomId })).messages.map(({ isForMe }) => isForMe === true);
  expect([await forMe(bo), await forMe(cy)]).toEqual([[true], [false]]);
  const before = (await entryOf(bo, roomId)).groupsTick;
  await change("group.removeMembers", bo);
  expect(await entryOf(bo, roomId)).toMatchObject({ mentions: [], groupsTick: expect.any(Number) });
  expect((await entryOf(bo, roomId)).groupsTick).toBeGreaterThan(before);
  await change("group.addMembers", bo);
  expect(await mentionsOf(bo, roomId), "who came back").toEqual([]);
});

it("@here means those who were active when it was sent, also later", async () => {
  const { mia, bo, cy, room, roomId, say } = await setting();
  await joinAs("member", room, cy);
  await as(bo).do("presence.update", { state: "active" });
  await as(cy).do("presence.update", { state: "idle" });
  await expect
    .poll(async () => (await as(mia).do("person.browse", { presence: "active" })).people.map(({ id }) => id))
    .toEqual([bo.id]);
  const { seq, mentions, id } = await say(mia, "@here");
  expect(mentions).toEqual({ here: { kind: "here" } });
  await as(cy).do("presence.update", { state: "active" });
  await expect.poll(async () => (await as(mia).do("person.browse", { presence: "active" })).people).toHaveLength(2);
  expect([await mentionsOf(bo, roomId), await mentionsOf(cy, roomId)]).toEqual([[seq], []]);
  expect(await db().mention.findMany({ where: { messageId: id } })).toMatchObject([
    { kind: "here", targetId: roomId, activeIds: [bo.id] },
  ]);
});

it("@room and its other names mean everybody in the room, in one row", async () => {
  const { mia, bo, roomId, say } = await setting();
  const { mentions, id, seq } = await say(mia, "@room @everyone");
  expect(mentions).toEqual({ room: { kind: "room" }, everyone: { kind: "room" } });
  expect(await rowsOf(id)).toEqual([["room", roomId]]);
  expect(await mentionsOf(bo, roomId)).toEqual([seq]);
});

it("In a room of 50, @room of a member stays text, the message is sent, and the answer says so", async () => {
  const { organization, mia, bo, room, roomId, say } = await setting();
  await joinAs(
    "member",
    room,
    ...(await makePeople(
      organization,
      Array.from({ length: 48 }, () => ({})),
    )),
  );
  const { mentions, notes, id } = await say(mia, "@room @bo");
  expect(mentions).toEqual({ bo: person(bo) });
  expect(notes).toEqual({
    refused: [{ handle: "room", reason: expect.stringContaining("Only moderators and admins") }],
    outsiderIds: [],
  });
  expect(await rowsOf(id)).toEqual([["person", bo.id]]);
  await db().membership.updateMany({ where: { roomId, personId: mia.id }, data: { role: "moderator" } });
  expect((await say(mia, "@room")).mentions).toEqual({ room: { kind: "room" } });
});

it("A room, or else the organization, says whether its members may mention everyone: when sending and when editing", async () => {
  const { organization, mia, roomId, say } = await setting();
  const { owner } = organization;
  const mentioned = async () => {
    const { id, mentions } = await say(mia, "@here");
    const edited = await as(mia).do("message.edit", { messageId: id, body: `${uuidv7()} @here` });
    const { id: other } = await say(mia, "Hello");
    const added = await as(mia).do("message.edit", { messageId: other, body: "Hello @room" });
    return [mentions, edited.mentions, added.mentions].map((each) => each !== null);
  };
  const ofRoom = (membersMentionEveryone: boolean | null) =>
    as(owner).do("room.update", { roomId, membersMentionEveryone });
  const all = [true, true, true];
  const none = [false, false, false];
  expect(await mentioned(), "in a small room").toEqual(all);
  expect(await ofRoom(false)).toMatchObject({ membersMentionEveryone: false });
  expect(await mentioned()).toEqual(none);
  const { notes } = await say(mia, "@here");
  expect(notes?.refused).toEqual([{ handle: "here", reason: expect.stringContaining("in this room") }]);
  await ofRoom(null);
  await as(owner).do("organization.update", { membersMentionEveryone: false });
  expect(await mentioned()).toEqual(none);
  await ofRoom(true);
  expect(await mentioned()).toEqual(all);
});

it(`A message mentions at most ${limits.mentions}; what comes after them stays text`, async () => {
  const { organization, mia, room, say } = await setting();
  const people = await makePeople(
    organization,
    Array.from({ length: limits.mentions + 5 }, () => ({})),
  );
  await joinAs("member", room, ...people);
  const handles = await Promise.all(
    people.map(async ({ id }) => (await db().person.findUniqueOrThrow({ where: { id } })).handle),
  );
  const { mentions, id } = await say(mia, handles.map((handle) => `@${handle}`).join(" "));
  expect(Object.keys(mentions ?? {}).toSorted()).toEqual(handles.slice(0, limits.mentions).toSorted());
  expect(await rowsOf(id)).toHaveLength(limits.mentions);
});

it("An edit keeps the targets of what stays, adds and removes others, and raises nothing on a read message", async () => {
  const { mia, bo, cy, room, roomId, say } = await setting();
  await joinAs("member", room, cy);
  const { id, seq } = await say(mia, "@bo");
  await setHandle(bo, "bo.larsen");
  await setHandle(cy, "bo");
  const edit = (body: string) => as(mia).do("message.edit", { messageId: id, body });
  expect((await edit("@bo, please")).mentions, "resolved once").toEqual({ bo: person(bo) });
  await setHandle(cy, "cy");
  expect((await edit("@bo and @cy")).mentions).toEqual({ bo: person(bo), cy: person(cy) });
  expect(await mentionsOf(cy, roomId)).toEqual([seq]);
  expect((await edit("Only @cy")).mentions).toEqual({ cy: person(cy) });
  expect(await mentionsOf(bo, roomId)).toEqual([]);
  expect((await edit("Nobody")).mentions).toBeNull();
  expect(await rowsOf(id)).toEqual([]);
  await as(cy).do("room.read", { roomId, upToSeq: seq });
  await edit("@cy again");
  expect(await mentionsOf(cy, roomId), "it was read").toEqual([]);
});

it("A deleted message mentions nobody, and neither does somebody whom one blocks", async () => {
  const { mia, bo, roomId, say } = await setting();
  const { id } = await say(mia, "@bo @room");
  const second = await say(mia, "@bo");
  await as(mia).do("message.delete", { messageId: id });
  expect(await rowsOf(id)).toEqual([]);
  expect(await mentionsOf(bo, roomId)).toEqual([second.seq]);
  await as(bo).do("block.add", { personId: mia.id });
  expect(await mentionsOf(bo, roomId)).toEqual([]);
  await as(bo).do("block.remove", { personId: mia.id });
  expect(await mentionsOf(bo, roomId)).toEqual([second.seq]);
});

it("A mention of another organization's people stays text", async () => {
  const { mia, say } = await setting();
  const stranger = await makePerson(await makeOrganization());
  await setHandle(stranger, "stranger");
  expect((await say(mia, "@stranger")).mentions).toBeNull();
});

it("In an archived room, and without the right to post, nobody is mentioned", async () => {
  const { mia, bo, roomId } = await setting();
  await db().room.update({ where: { id: roomId }, data: { archivedAt: new Date() } });
  for (const body of ["@bo", "@room"])
    expect(outcome(await as(mia).ask("message.send", { roomId, body }))).toBe("room_archived");
  expect(await mentionsOf(bo, roomId)).toEqual([]);
  expect(await db().mention.count({ where: { roomId } })).toBe(0);
});
