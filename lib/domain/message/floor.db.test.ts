// No operation shows anyone a message up to their floor, the `seq` up to which a room is hidden from them. New operations are
// included automatically.
import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { z } from "zod";
import { type OperationName, operations } from "@/lib/contract/index";
import { db } from "@/lib/server/db";
import { as, joinAs, makeStaffedRoom, outcome, type TestPerson } from "@/tests/harness/people";
import { makeWorld, samples, type World } from "@/tests/harness/samples";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const names = Object.keys(operations) as OperationName[];

/** More inputs, besides the sample, with which an operation could show a message. */
const variants: { readonly [N in OperationName]?: (seq: number) => object[] } = {
  "message.list": (seq) => [{ around: seq }, { around: 1 }, { before: seq + 1 }, { before: seq }, { after: 0 }],
  "room.markUnread": (seq) => [{ fromSeq: 1 }, { fromSeq: seq }],
};

/**
 * A world with a moderator whose floor is after the owner's message. Without the floor, they could see and delete that message.
 */
async function worldWithFloor(): Promise<{ world: World; late: TestPerson; seq: number }> {
  const world = await makeWorld({ withPasswords: true });
  const { room, archivedRoom, messageId, owner, organization, outsider: late } = world;
  const where = { organizationId_id: { organizationId: organization.id, id: messageId } };
  const { seq } = await db().message.findUniqueOrThrow({ where });
  await as(owner).do("room.update", { roomId: room.id, history: "fromJoining" });
  await as(owner).do("membership.add", { roomId: room.id, personIds: [late.id] });
  await as(owner).do("membership.setRole", { roomId: room.id, personId: late.id, role: "moderator" });
  await joinAs("moderator", archivedRoom, late);
  return { world, late, seq };
}

/** The answers of an operation that could show the message, for the sample and its variants. */
async function answersOf(name: OperationName, who: TestPerson, world: World, seq: number): Promise<string> {
  const sample = samples[name](world);
  const inputs = [sample, ...(variants[name]?.(seq) ?? []).map((given) => ({ ...sample, ...given }))];
  const answers: unknown[] = [];
  for (const input of inputs) answers.push(await as(who).send(name, input));
  return JSON.stringify(answers);
}
const shows = (answers: string, { messageId }: World) =>
  answers.includes(messageId) || answers.includes("What I wrote");

it.each(names)("%s shows nothing from below the floor", { timeout: 30_000 }, async (name) => {
  const { world, late, seq } = await worldWithFloor();
  const answers = await answersOf(name, late, world, seq);
  expect(shows(answers, world), answers).toBe(false);
  const namesTheMessage = "messageId" in operations[name].input.shape;
  if (namesTheMessage) {
    const unknown = await as(late).send(name, { ...samples[name](world), messageId: uuidv7() });
    expect(await as(late).send(name, samples[name](world))).toEqual(unknown);
    expect(outcome(unknown)).toBe("not_found");
  }
});

/** Operations that answer with messages, but not with the message of the world, and why. */
const otherMessages: { readonly [N in OperationName]?: string } = {
  "message.send": "It answers with the new message.",
  "room.create": "The room is new.",
  "organization.addRooms": "The rooms are new.",
  "membership.join": "It is another room.",
  "roomInvite.accept": "It is another room.",
  "direct.open": "It is another room.",
};

it("Without a floor, every operation that answers with messages shows the message", { timeout: 60_000 }, async () => {
  const answering = names.filter((name) => {
    const schema = JSON.stringify(z.toJSONSchema(operations[name].output, { unrepresentable: "any" }));
    return schema.includes('"changedSeq"') && schema.includes('"authorId"') && !(name in otherMessages);
  });
  const showing: OperationName[] = [];
  for (const name of answering) {
    const { world, seq } = await worldWithFloor();
    if (shows(await answersOf(name, world.owner, world, seq), world)) showing.push(name);
  }
  expect(answering.length).toBeGreaterThan(4);
  expect(showing).toEqual(answering);
});

const say = (who: TestPerson, roomId: string, body: string) => as(who).do("message.send", { roomId, body });
const bodies = async (who: TestPerson, roomId: string, given = {}) =>
  (await as(who).do("message.list", { roomId, ...given })).messages.flatMap(({ kind, body }) =>
    kind === "notice" ? [] : [body],
  );

it("Under 'from joining', newcomers see what is said from their joining on; who is in the room keeps what they see", async () => {
  const { ada, mia, outsider, roomId } = await makeStaffedRoom();
  await say(ada, roomId, "Before");
  expect(await bodies(outsider, roomId)).toEqual(["Before"]);
  await as(ada).do("room.update", { roomId, history: "fromJoining" });
  // The preview shows nothing, not even new messages.
  await say(ada, roomId, "Between");
  expect(await bodies(outsider, roomId)).toEqual([]);
  const entry = await as(outsider).do("membership.join", { roomId });
  expect(entry).toMatchObject({ lastMessage: null, unread: [] });
  expect(entry.membership.floorSeq).toBe(entry.membership.joinedSeq - 1);
  await say(ada, roomId, "After");
  expect(await bodies(outsider, roomId)).toEqual(["After"]);
  expect(await bodies(mia, roomId)).toEqual(["Before", "Between", "After"]);
  const page = await as(outsider).do("message.list", { roomId });
  expect([page.before, page.messages.length]).toEqual([false, 2]);
  expect(await as(outsider).do("message.list", { roomId, limit: 1 })).toMatchObject({ before: true });
});

it("A later change of the policy affects those who join later", async () => {
  const { ada, owner, outsider, roomId } = await makeStaffedRoom();
  await as(ada).do("room.update", { roomId, history: "fromJoining" });
  await say(ada, roomId, "One");
  await as(outsider).do("membership.join", { roomId });
  await as(ada).do("room.update", { roomId, history: "everything" });
  expect([await bodies(outsider, roomId), await bodies(owner, roomId)]).toEqual([[], ["One"]]);
  await as(owner).do("membership.join", { roomId });
  expect(await bodies(owner, roomId)).toEqual(["One"]);
  await as(outsider).do("membership.leave", { roomId });
  await as(outsider).do("membership.join", { roomId });
  expect(await bodies(outsider, roomId)).toEqual(["One"]);
});

it("Whoever leaves under 'from joining' and comes back does not see what they saw, nor their own messages", async () => {
  const { ada, mia, roomId } = await makeStaffedRoom();
  await as(ada).do("room.update", { roomId, history: "fromJoining" });
  const mine = await say(mia, roomId, "Mine");
  await as(mia).do("membership.leave", { roomId });
  await as(mia).do("membership.join", { roomId });
  expect(await bodies(mia, roomId)).toEqual([]);
  expect(outcome(await as(mia).ask("message.edit", { messageId: mine.id, body: "Still mine" }))).toBe("not_found");
  // A retry of the send that stored the message.
  expect(outcome(await as(mia).ask("message.send", { roomId, id: mine.id, body: "Mine" }))).toBe("not_found");
});

it("A private room that opens hides what was said until then from newcomers and previews, unless it is asked to show it", async () => {
  const { ada, mia, outsider, owner, roomId } = await makeStaffedRoom({ access: "private" });
  await say(ada, roomId, "Secret");
  await as(ada).do("room.setAccess", { roomId, access: "public" });
  await say(ada, roomId, "Open");
  expect(await bodies(outsider, roomId)).toEqual(["Open"]);
  // The first message that they see is the notice of this change.
  expect((await as(outsider).do("message.list", { roomId })).messages[0]?.notice).toMatchObject({ type: "access" });
  const { unread, lastMessage } = await as(outsider).do("membership.join", { roomId });
  expect([unread, lastMessage?.body]).toEqual([[], "Open"]);
  expect(await bodies(outsider, roomId)).toEqual(["Open"]);
  expect(await bodies(mia, roomId)).toEqual(["Secret", "Open"]);
  await as(ada).do("room.setAccess", { roomId, access: "private" });
  await as(ada).do("room.setAccess", { roomId, access: "public", showEarlier: true });
  expect(await bodies(owner, roomId)).toEqual(["Secret", "Open"]);
});

it("Whoever is added to a room that opened once has its floor, too", async () => {
  const { ada, outsider, roomId } = await makeStaffedRoom({ access: "private" });
  await say(ada, roomId, "Secret");
  await as(ada).do("room.setAccess", { roomId, access: "public" });
  await as(ada).do("membership.add", { roomId, personIds: [outsider.id] });
  expect(await bodies(outsider, roomId)).toEqual([]);
});

it("Nothing from below the floor is unread, however far back a room is marked as unread", async () => {
  const { ada, outsider, roomId } = await makeStaffedRoom();
  for (const body of ["One", "Two", "Three"]) await say(ada, roomId, body);
  await as(ada).do("room.update", { roomId, history: "fromJoining" });
  await as(outsider).do("membership.join", { roomId });
  const { seq } = await say(ada, roomId, "Four");
  const { unread, membership } = await as(outsider).do("room.markUnread", { roomId, fromSeq: 1 });
  expect([unread, membership.lastReadSeq]).toEqual([[seq], membership.floorSeq]);
});

it("A delta has no change of a message below the floor, and its clock is the room's", async () => {
  const { ada, mia, outsider, roomId } = await makeStaffedRoom();
  const { id: messageId } = await say(ada, roomId, "Before");
  await as(ada).do("room.update", { roomId, history: "fromJoining" });
  const { clock } = await as(outsider).do("membership.join", { roomId });
  await as(ada).do("message.edit", { messageId, body: "Before, edited" });
  const { seq } = await say(ada, roomId, "After");
  const { epoch, clock: me } = await as(outsider).do("home.show", {});
  const delta = async (who: TestPerson) =>
    (await as(who).do("sync", { rooms: { [roomId]: clock }, me: who === outsider ? me : 1, epoch })).rooms[roomId];
  expect(await delta(outsider)).toMatchObject({ kind: "delta", from: clock, to: clock + 2, rows: [{ seq }] });
  expect(await delta(mia)).toMatchObject({ rows: [{ id: messageId, body: "Before, edited" }, { seq }] });
});
