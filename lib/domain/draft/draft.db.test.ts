import { readdirSync, readFileSync } from "node:fs";
import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import type { Draft } from "@/lib/contract/draft";
import type { Answer } from "@/lib/contract/errors";
import type { Input } from "@/lib/contract/index";
import { limits } from "@/lib/contract/limits";
import { db } from "@/lib/server/db";
import { as, joinAs, makeOrganization, makePerson, makeRoom, makeRooms, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const failure = async (asked: Promise<Answer<unknown>>) => {
  const answer = await asked;
  return answer.ok ? null : answer.error;
};
type Writing = Partial<Input<"draft.write">> & { roomId: string };
const inputOf = (writing: Writing) => ({ id: uuidv7(), text: "Half a sentence", baseTick: 0, ...writing });
const write = (who: TestPerson, writing: Writing) => as(who).do("draft.write", inputOf(writing));
const refusal = (who: TestPerson, writing: Writing) => failure(as(who).ask("draft.write", inputOf(writing)));
const show = (who: TestPerson, roomId: string) => as(who).do("draft.show", { roomId });
const draftsOf = async (who: TestPerson) => (await as(who).do("home.show", {})).drafts;
const clockOf = async ({ id: personId }: TestPerson) =>
  (await db().personLog.findUnique({ where: { personId } }))?.clock ?? 1;
const catchUp = async (who: TestPerson, from: { clock: number; epoch: string }) =>
  (await as(who).do("sync", { rooms: {}, me: from.clock, epoch: from.epoch })).me?.changes ?? [];
const textsIn = (drafts: Draft[]) => drafts.map(({ text }) => text);

/** Ann and Pat in a room. */
async function setting() {
  const organization = await makeOrganization();
  const [ann, pat] = [await makePerson(organization, { name: "Ann" }), await makePerson(organization, { name: "Pat" })];
  const room = await makeRoom(organization, { access: "private" });
  await joinAs("member", room, ann, pat);
  return { organization, ann, pat, room, roomId: room.id };
}

it("A draft is kept as typed, for its author alone, and a device that was away catches up on it", async () => {
  const { organization, ann, pat, roomId } = await setting();
  const home = await as(ann).do("home.show", {});
  const before = await Promise.all([pat, organization.owner].map(clockOf));
  const text = "  Half a\u200b sentence \n\n  and ";
  const draft = await write(ann, { roomId, text });
  expect(draft).toMatchObject({ roomId, text, isWhole: true, tick: await clockOf(ann) });
  expect(await show(ann, roomId)).toEqual(draft);
  expect(await draftsOf(ann)).toEqual([draft]);
  expect(await catchUp(ann, home)).toEqual([{ type: "draft", draft }]);
  expect(await draftsOf(pat)).toEqual([]);
  expect(await show(pat, roomId)).toMatchObject({ text: "", tick: 0 });
  expect(await Promise.all([pat, organization.owner].map(clockOf))).toEqual(before);
  expect(await db().auditEntry.count({ where: { organizationId: organization.id } })).toBe(0);
});

it("The same text again has no tick, and an empty text removes a draft, with one", async () => {
  const { ann, roomId } = await setting();
  const id = uuidv7();
  expect(await write(ann, { roomId, id, text: "" })).toMatchObject({ text: "", tick: 0 });
  expect(await db().draft.count({ where: { roomId } })).toBe(0);
  const draft = await write(ann, { roomId, id });
  expect(await write(ann, { roomId, id }), "although its base is old").toEqual(draft);
  const home = await as(ann).do("home.show", {});
  const removed = await write(ann, { roomId, id: uuidv7(), text: "", baseTick: draft.tick });
  expect(removed).toMatchObject({ text: "", tick: draft.tick + 1 });
  expect(await draftsOf(ann)).toEqual([]);
  expect(await catchUp(ann, home)).toEqual([{ type: "draft", draft: removed }]);
  expect(await write(ann, { roomId, text: "" })).toMatchObject({ tick: removed.tick });
});

it("A text that continues another version than the stored one is a conflict and changes nothing", async () => {
  const { ann, roomId } = await setting();
  const first = await write(ann, { roomId, text: "From the desk" });
  expect(await refusal(ann, { roomId, text: "From the sofa" })).toMatchObject({ code: "conflict" });
  expect(await refusal(ann, { roomId, text: "", baseTick: first.tick - 1 })).toMatchObject({ code: "conflict" });
  expect(await show(ann, roomId)).toEqual(first);
  const second = await write(ann, { roomId, text: "From the sofa", baseTick: first.tick });
  expect(await show(ann, roomId)).toEqual(second);
  // Nothing is lost by writing over an empty draft.
  await write(ann, { roomId, text: "", baseTick: second.tick });
  expect((await write(ann, { roomId, text: "Anew", baseTick: 0 })).text).toBe("Anew");
});

it("Of twenty devices that write at once, one wins, and all others get a conflict", async () => {
  const { ann, roomId } = await setting();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => as(ann).ask("draft.write", inputOf({ roomId, text: `Text ${at}` }))),
  );
  const stored = answers.flatMap((answer) => (answer.ok ? [answer.data] : []));
  expect(stored).toEqual([await show(ann, roomId)]);
  expect(answers.filter((answer) => !answer.ok && answer.error.code === "conflict")).toHaveLength(19);
});

it("A draft is empty once its author has sent the message that it becomes, and a late write does not bring it back", async () => {
  const { ann, pat, roomId } = await setting();
  const id = uuidv7();
  const draft = await write(ann, { roomId, id });
  await as(ann).do("message.send", { roomId, id, body: "A sentence" });
  expect(await draftsOf(ann)).toEqual([]);
  expect(await show(ann, roomId)).toMatchObject({ id, text: "", tick: draft.tick });
  const late = await write(ann, { roomId, id, text: "Half a sentence more", baseTick: draft.tick });
  expect(late).toMatchObject({ id, text: "", tick: draft.tick + 1 });
  // A late write does not touch the next draft either.
  const next = await write(ann, { roomId, text: "The next one", baseTick: late.tick });
  expect(await write(ann, { roomId, id, text: "Too late", baseTick: next.tick })).toEqual(next);
  expect(await show(ann, roomId)).toEqual(next);
  // Only one's own message counts: nobody finds out whether a message exists.
  const theirs = await as(pat).do("message.send", { roomId, body: "Theirs" });
  const own = await write(ann, { roomId, id: theirs.id, text: "Mine", baseTick: next.tick });
  expect(await draftsOf(ann)).toEqual([own]);
});

it("A device that was away learns that the message of a draft was sent", async () => {
  const { ann, roomId } = await setting();
  const id = uuidv7();
  const home = await as(ann).do("home.show", {});
  await write(ann, { roomId, id });
  await as(ann).do("message.send", { roomId, id, body: "A sentence" });
  expect(await catchUp(ann, home)).toMatchObject([{ type: "draft", draft: { text: "" } }]);
});

it("A draft stays when its author leaves the room, and when the room is deleted and purged", async () => {
  const { organization, ann, room, roomId } = await setting();
  await joinAs("admin", room, organization.owner);
  const draft = await write(ann, { roomId });
  await as(organization.owner).do("membership.remove", { roomId, personId: ann.id });
  expect(await draftsOf(ann)).toEqual([draft]);
  expect(await show(ann, roomId)).toEqual(draft);
  await as(organization.owner).do("room.delete", { roomId, name: room.name });
  await db().room.delete({ where: { id: roomId } });
  const removed = await write(ann, { roomId, text: "", baseTick: draft.tick });
  expect(await draftsOf(ann)).toEqual([]);
  // Undo.
  await write(ann, { roomId, baseTick: removed.tick });
  expect(textsIn(await draftsOf(ann))).toEqual(["Half a sentence"]);
});

it("Nobody begins a draft in a room that they are not in, but in an archived one, or one in which others post", async () => {
  const { organization, ann, pat, roomId } = await setting();
  const stranger = await makePerson(organization);
  expect(await refusal(stranger, { roomId })).toMatchObject({ code: "not_found" });
  expect(await failure(as(stranger).ask("draft.show", { roomId }))).toMatchObject({ code: "not_found" });
  const unknown = uuidv7();
  expect(await refusal(ann, { roomId: unknown })).toMatchObject({ code: "not_found" });
  const data = { archivedAt: new Date(), postingPolicy: "moderators" as const };
  await db().room.update({ where: { id: roomId }, data });
  await write(pat, { roomId });
  expect(await draftsOf(pat)).toHaveLength(1);
});

it(`The home and events have the beginnings of drafts, and a draft has at most ${limits.draft} characters`, async () => {
  const { ann, roomId } = await setting();
  const text = "上海 🚒 ab".repeat(limits.draft / 8);
  const home = await as(ann).do("home.show", {});
  const answer = await write(ann, { roomId, text });
  const start = Array.from(text).slice(0, limits.preview).join("");
  expect(answer).toMatchObject({ text: start, isWhole: false });
  expect(await draftsOf(ann)).toEqual([answer]);
  expect(await catchUp(ann, home)).toEqual([{ type: "draft", draft: answer }]);
  expect(await show(ann, roomId)).toEqual({ ...answer, text, isWhole: true });
  const tooLong = "x".repeat(limits.draft + 1);
  expect(await refusal(ann, { roomId, text: tooLong, baseTick: answer.tick })).toMatchObject({ code: "invalid_input" });
  const short = Array.from("👩‍🚒".repeat(200)).slice(0, limits.preview).join("");
  expect(await write(ann, { roomId, text: short, baseTick: answer.tick })).toMatchObject({
    text: short,
    isWhole: true,
  });
  expect(await draftsOf(ann)).toMatchObject([{ text: short, isWhole: true }]);
});

it(`Nobody has more than ${limits.drafts} drafts, and empty ones do not count`, async () => {
  const { organization, ann, roomId } = await setting();
  const { id: organizationId } = organization;
  const rooms = await makeRooms(
    organization,
    Array.from({ length: limits.drafts }, (_, at) => ({ name: `Room ${at}` })),
  );
  await db().draft.createMany({
    data: rooms.map(({ id }) => ({ organizationId, personId: ann.id, roomId: id, id: uuidv7(), text: "x" })),
  });
  expect(await refusal(ann, { roomId })).toMatchObject({
    code: "conflict",
    message: "You have 200 drafts already. Send or delete one first.",
  });
  expect(await draftsOf(ann)).toHaveLength(limits.drafts);
  await write(ann, { roomId: rooms[0]?.id ?? "", text: "" });
  await write(ann, { roomId });
  expect(await draftsOf(ann)).toHaveLength(limits.drafts);
});

it("A thread has a draft of its own, which stays when its author leaves the room", async () => {
  const { organization, ann, pat, room, roomId } = await setting();
  await joinAs("admin", room, organization.owner);
  const { id: threadId } = await as(pat).do("message.send", { roomId, body: "A question" });
  const home = await as(ann).do("home.show", {});
  const inRoom = await write(ann, { roomId, text: "To all" });
  const inThread = await write(ann, { roomId, threadId, text: "An answer" });
  expect(inThread).toMatchObject({ roomId, threadId, text: "An answer" });
  expect(await as(ann).do("draft.show", { roomId, threadId })).toEqual(inThread);
  expect(await show(ann, roomId)).toEqual(inRoom);
  expect(textsIn(await draftsOf(ann)).toSorted()).toEqual(["An answer", "To all"]);
  expect(await catchUp(ann, home)).toEqual([inThread, inRoom].map((draft) => ({ type: "draft", draft })));
  await as(organization.owner).do("membership.remove", { roomId, personId: ann.id });
  await write(ann, { roomId, threadId, text: "", baseTick: inThread.tick });
  expect(await draftsOf(ann)).toEqual([inRoom]);
});

it("Nobody begins a draft in a thread that they don't see, or in what is no thread of the room", async () => {
  const { organization, ann, pat, roomId } = await setting();
  const { id: threadId } = await as(pat).do("message.send", { roomId, body: "A question" });
  const reply = await as(pat).do("message.send", { roomId, threadId, body: "A reply" });
  const stranger = await makePerson(organization);
  const other = await makeRoom(organization, { access: "private" });
  await joinAs("member", other, ann);
  const refused: [TestPerson, Writing][] = [
    [stranger, { roomId, threadId }],
    [ann, { roomId, threadId: reply.id }],
    [ann, { roomId, threadId: uuidv7() }],
    [ann, { roomId: other.id, threadId }],
  ];
  for (const [who, writing] of refused) {
    expect(await refusal(who, writing)).toMatchObject({ code: "not_found" });
    const { threadId: of } = writing;
    const asked = as(who).ask("draft.show", { roomId: writing.roomId, ...(of && { threadId: of }) });
    expect(await failure(asked)).toMatchObject({ code: "not_found" });
  }
  await write(ann, { roomId, threadId });
  expect(await refusal(ann, { roomId: other.id, threadId, text: "" })).toMatchObject({ code: "not_found" });
  expect(await refusal(ann, { roomId: threadId, text: "" })).toMatchObject({ code: "not_found" });
});

it("A draft of a thread is empty once its reply was sent, and when its author leaves the organization", async () => {
  const { ann, pat, roomId } = await setting();
  const { id: threadId } = await as(pat).do("message.send", { roomId, body: "A question" });
  const id = uuidv7();
  await write(ann, { roomId, threadId, id });
  await as(ann).do("message.send", { roomId, threadId, id, body: "An answer" });
  const sent = await as(ann).do("draft.show", { roomId, threadId });
  expect(sent).toMatchObject({ threadId, text: "" });
  await write(ann, { roomId, threadId, baseTick: sent.tick });
  await as(ann).do("organization.leave", {});
  expect(await db().draft.findMany({ where: { personId: ann.id }, select: { text: true } })).toEqual([{ text: "" }]);
});

it("Who leaves the organization leaves no draft", async () => {
  const { ann, roomId } = await setting();
  await write(ann, { roomId });
  await as(ann).do("organization.leave", {});
  expect(await db().draft.findMany({ where: { personId: ann.id }, select: { text: true } })).toEqual([{ text: "" }]);
});

/** The files that use the table. Each reads and writes the drafts of the person who asks, or gives them their ticks. */
const users = [
  "lib/domain/draft/drafts.ts",
  "lib/domain/draft/empty.ts",
  "lib/domain/draft/write.ts",
  "lib/domain/home/my-changes.ts",
  "lib/domain/home/show.ts",
  "lib/server/touch.ts",
];

it("No search, export, list of an administrator or anything else reads drafts", () => {
  const files = readdirSync("lib", { recursive: true, encoding: "utf8" })
    .map((file) => `lib/${file}`)
    .filter((file) => /^lib\/(domain|server)\/.*\.ts$/.test(file) && !file.includes(".test."));
  const using = files.filter((file) =>
    /"Draft"|\b(?:tx|db\(\))\.draft\.|\bdrafts: \{/.test(readFileSync(file, "utf8")),
  );
  expect(using.toSorted()).toEqual(users);
});

it("A thread whose first message has the id of a room takes no draft, and never that room's", async () => {
  const { organization, ann, pat, roomId } = await setting();
  const other = await makeRoom(organization);
  await joinAs("member", other, pat);
  await as(ann).do("message.send", { roomId, id: other.id, body: "A message with the id of a room" });
  const inThread = { roomId, threadId: other.id };
  for (const text of ["Before the room has one", "After it has one"]) {
    expect(await refusal(pat, { ...inThread, text })).toMatchObject({ code: "not_found" });
    await write(pat, { roomId: other.id, text: "For the room", baseTick: (await show(pat, other.id)).tick });
  }
  expect(await draftsOf(pat)).toMatchObject([{ roomId: other.id, threadId: null, text: "For the room" }]);
});
