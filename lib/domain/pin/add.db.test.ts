import { expect, it } from "vitest";
import { limits } from "@/lib/contract/limits";
import { db } from "@/lib/server/db";
import { as, joinAs, makeOrganization, makePeople, makePerson, makeRoom, outcome } from "@/tests/harness/people";
import { fillRoom } from "@/tests/harness/rooms";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const [mia, moe] = [await makePerson(organization), await makePerson(organization)];
  const room = await makeRoom(organization);
  await joinAs("member", room, mia, moe);
  const { id: roomId } = room;
  const say = (body = "Hello") => as(mia).do("message.send", { roomId, body });
  const pinned = async (who = mia) => (await as(who).do("pin.list", { roomId })).messages.map(({ id }) => id);
  return { organization, mia, moe, room, roomId, say, pinned };
}
const roomOf = (id: string) => db().room.findUniqueOrThrow({ where: { id } });
const noticesIn = async (roomId: string) =>
  (await db().message.findMany({ where: { roomId, kind: "notice" }, orderBy: { seq: "asc" } })).map(
    ({ authorId, notice }) => ({ authorId, notice }),
  );

it("A pinned message takes a tick, says who pinned it, and the log tells of it", async () => {
  const { mia, moe, roomId, say } = await setting();
  const message = await say();
  const pinned = await as(moe).do("pin.add", { messageId: message.id });
  expect(pinned).toMatchObject({ id: message.id, seq: message.seq, changedSeq: 2, pinnedById: moe.id });
  expect(pinned.pinnedAt).not.toBeNull();
  expect(await roomOf(roomId)).toMatchObject({ clock: 3, changedSeq: 3, pinsSeq: 2 });
  expect(await noticesIn(roomId)).toEqual([{ authorId: moe.id, notice: { type: "pinned", messageId: message.id } }]);
  const { messages, people } = await as(mia).do("pin.list", { roomId });
  expect(messages).toEqual([pinned]);
  expect(people.map(({ id }) => id).toSorted()).toEqual([mia.id, moe.id].toSorted());
});

it("The log does not tell of it if the room has turned notices off", async () => {
  const { mia, roomId, say } = await setting();
  await db().room.update({ where: { id: roomId }, data: { notices: false } });
  const { id: messageId } = await say();
  await as(mia).do("pin.add", { messageId });
  expect(await noticesIn(roomId)).toEqual([]);
});

it("Pinning again, or unpinning what is not pinned, changes nothing and takes no tick", async () => {
  const { mia, moe, roomId, say } = await setting();
  const [message, other] = [await say(), await say()];
  const pinned = await as(mia).do("pin.add", { messageId: message.id });
  const { clock } = await roomOf(roomId);
  expect(await as(moe).do("pin.add", { messageId: message.id })).toEqual(pinned);
  expect(await as(moe).do("pin.remove", { messageId: other.id })).toEqual(other);
  expect((await roomOf(roomId)).clock).toBe(clock);
});

it("An unpinned message is in the list no more, and can be pinned again", async () => {
  const { mia, moe, roomId, say, pinned } = await setting();
  const { id: messageId } = await say();
  await as(mia).do("pin.add", { messageId });
  const unpinned = await as(moe).do("pin.remove", { messageId });
  expect(unpinned).toMatchObject({ pinnedAt: null, pinnedById: null, changedSeq: 4 });
  expect(await roomOf(roomId)).toMatchObject({ clock: 4, changedSeq: 4, pinsSeq: 4 });
  expect(await pinned()).toEqual([]);
  await as(mia).do("pin.add", { messageId });
  expect(await pinned()).toEqual([messageId]);
});

it("The latest pin comes first, with the beginning of a long text", async () => {
  const { mia, roomId, say, pinned } = await setting();
  const [first, second] = [await say("x".repeat(limits.preview + 1)), await say()];
  for (const { id } of [second, first]) await as(mia).do("pin.add", { messageId: id });
  expect(await pinned()).toEqual([first.id, second.id]);
  const { messages } = await as(mia).do("pin.list", { roomId });
  expect(messages[0]?.body).toHaveLength(limits.preview);
});

it("A deleted message is unpinned, and cannot be pinned", async () => {
  const { mia, roomId, say, pinned } = await setting();
  const { id: messageId } = await say();
  await as(mia).do("pin.add", { messageId });
  expect(await as(mia).do("message.delete", { messageId })).toMatchObject({ pinnedAt: null, changedSeq: 4 });
  expect(await roomOf(roomId)).toMatchObject({ changedSeq: 4, pinsSeq: 4 });
  expect(await pinned()).toEqual([]);
  expect(outcome(await as(mia).ask("pin.add", { messageId }))).toBe("gone");
});

it("An edit of a pinned message is a change of the pinned messages", async () => {
  const { mia, roomId, say } = await setting();
  const { id: messageId } = await say();
  await as(mia).do("message.edit", { messageId, body: "Not yet" });
  expect((await roomOf(roomId)).pinsSeq).toBe(0);
  await as(mia).do("pin.add", { messageId });
  const { changedSeq } = await as(mia).do("message.edit", { messageId, body: "Now" });
  expect(await roomOf(roomId)).toMatchObject({ changedSeq, pinsSeq: changedSeq });
});

it("Twenty people who pin one message at once make one pin and one notice, for all the same", async () => {
  const { organization, mia, room, roomId, say } = await setting();
  const people = await makePeople(
    organization,
    Array.from({ length: 20 }, () => ({})),
  );
  await joinAs("member", room, ...people);
  const { clock } = await roomOf(roomId);
  const { id: messageId } = await say();
  const answers = await Promise.all(people.map((person) => as(person).do("pin.add", { messageId })));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await noticesIn(roomId)).toEqual([
    { authorId: answers[0]?.pinnedById, notice: { type: "pinned", messageId } },
  ]);
  expect((await roomOf(roomId)).clock).toBe(clock + 3);
  expect((await as(mia).do("pin.list", { roomId })).messages).toEqual([answers[0]]);
});

it("Twenty people who pin twenty messages at once make one order, for all the same", async () => {
  const { organization, mia, room, roomId, say, pinned } = await setting();
  const people = await makePeople(
    organization,
    Array.from({ length: 20 }, () => ({})),
  );
  await joinAs("member", room, ...people);
  const messages = await Promise.all(people.map(() => say()));
  const answers = await Promise.all(
    people.map((person, at) => as(person).do("pin.add", { messageId: messages[at]?.id ?? "" })),
  );
  const order = await pinned();
  expect(order.toSorted()).toEqual(messages.map(({ id }) => id).toSorted());
  expect(await Promise.all(people.map((person) => pinned(person)))).toEqual(people.map(() => order));
  expect(new Set(answers.map(({ changedSeq }) => changedSeq)).size).toBe(20);
  const page = await as(mia).do("message.list", { roomId });
  const inLog = page.messages.filter(({ pinnedAt }) => pinnedAt).toSorted((a, b) => a.seq - b.seq);
  expect(inLog).toEqual(answers.toSorted((a, b) => a.seq - b.seq));
});

it(`A room has at most ${limits.pins} pinned messages, also when two more are pinned at once`, async () => {
  const { mia, room, roomId, pinned } = await setting();
  await fillRoom(room, mia, limits.pins + 2);
  const data = { pinnedAt: new Date(), pinnedById: mia.id };
  await db().message.updateMany({ where: { roomId, seq: { lt: limits.pins } }, data });
  const rest = await db().message.findMany({ where: { roomId, pinnedAt: null }, select: { id: true } });
  const answers = await Promise.all(rest.map(({ id }) => as(mia).ask("pin.add", { messageId: id })));
  expect(answers.map(outcome).toSorted()).toEqual(["conflict", "conflict", "ok"]);
  expect(await pinned()).toHaveLength(limits.pins);
  const refused = answers.find((answer) => !answer.ok);
  expect(refused).toMatchObject({ error: { message: "This room has 50 pinned messages already. Unpin one first." } });
});

it("Who joined later neither sees nor pins what is before their floor, and who left pins nothing", async () => {
  const { organization, mia, moe, room, roomId, say, pinned } = await setting();
  const { id: messageId } = await say();
  await as(mia).do("pin.add", { messageId });
  await db().room.update({ where: { id: roomId }, data: { history: "fromJoining" } });
  const late = await makePerson(organization);
  expect(await pinned(late)).toEqual([]);
  await as(late).do("membership.join", { roomId });
  expect(await pinned(late)).toEqual([]);
  expect(outcome(await as(late).ask("pin.remove", { messageId }))).toBe("not_found");
  await db().membership.delete({ where: { roomId_personId: { roomId: room.id, personId: moe.id } } });
  expect(outcome(await as(moe).ask("pin.remove", { messageId }))).toBe("not_found");
});

it("Who may preview a room sees its pinned messages, and in an archived room they stay", async () => {
  const { organization, mia, roomId, say, pinned } = await setting();
  const { id: messageId } = await say();
  await as(mia).do("pin.add", { messageId });
  await db().room.update({ where: { id: roomId }, data: { archivedAt: new Date() } });
  expect(await pinned(await makePerson(organization))).toEqual([messageId]);
  expect(outcome(await as(mia).ask("pin.remove", { messageId }))).toBe("room_archived");
  const guest = await makePerson(organization, { role: "guest" });
  expect(outcome(await as(guest).ask("pin.list", { roomId }))).toBe("not_found");
});

it("A client that was away gets a pin with the next delta, and the room that says so", async () => {
  const { mia, roomId, say } = await setting();
  const { id: messageId } = await say();
  const { epoch, clock: me } = await as(mia).do("home.show", {});
  const { clock } = await roomOf(roomId);
  const pinned = await as(mia).do("pin.add", { messageId });
  const { rooms } = await as(mia).do("sync", { rooms: { [roomId]: clock }, me, epoch });
  expect(rooms[roomId]).toMatchObject({
    kind: "delta",
    rows: [pinned, { notice: { type: "pinned", messageId } }],
    room: { pinsSeq: pinned.changedSeq },
  });
});
