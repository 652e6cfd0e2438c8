import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { as, joinAs, makeOrganization, makePerson, makeRoom, outcome } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const [mia, moe] = [await makePerson(organization), await makePerson(organization, { name: "Moe" })];
  const room = await makeRoom(organization);
  await joinAs("member", room, mia);
  await joinAs("moderator", room, moe);
  const roomId = room.id;
  const message = await as(mia).do("message.send", { roomId, body: "First" });
  return { organization, mia, moe, roomId, message, messageId: message.id };
}
const clockOf = async (id: string) => (await db().room.findUniqueOrThrow({ where: { id } })).clock;

it("An edit keeps the position, takes a tick, and stores the earlier version", async () => {
  const { mia, moe, roomId, message, messageId } = await setting();
  const edited = await as(mia).do("message.edit", { messageId, body: "Second" });
  expect(edited).toMatchObject({ id: messageId, body: "Second", seq: message.seq, changedSeq: 2 });
  expect(edited.editedAt).not.toBeNull();
  await as(mia).do("message.edit", { messageId, body: "Third" });
  const { revisions } = await as(moe).do("message.history", { messageId });
  expect(revisions.map((revision) => revision.body)).toEqual(["Second", "First"]);
  expect(await clockOf(roomId)).toBe(3);
});

it("An edit to the same text changes nothing", async () => {
  const { mia, roomId, message, messageId } = await setting();
  expect(await as(mia).do("message.edit", { messageId, body: "First" })).toEqual(message);
  expect((await as(mia).do("message.history", { messageId })).revisions).toEqual([]);
  expect(await clockOf(roomId)).toBe(1);
});

it("An edit says what it is based on, and is refused when the message was edited since", async () => {
  const { mia, messageId } = await setting();
  const edit = (body: string, basedOn: string | null) => as(mia).ask("message.edit", { messageId, body, basedOn });
  const both = await Promise.all([edit("By the desk", null), edit("By the phone", null)]);
  expect(both.map(outcome).toSorted()).toEqual(["conflict", "ok"]);
  const now = await db().message.findFirstOrThrow({ where: { id: messageId } });
  expect((await as(mia).do("message.history", { messageId })).revisions).toHaveLength(1);
  expect(outcome(await edit("Both", now.editedAt?.toISOString() ?? null))).toBe("ok");
  expect(outcome(await edit("Both", null)), "what is there already is no conflict: it may be a retry").toBe("ok");
});

it("Of ten edits at once, history and message tell each exactly once, in the order they were made", async () => {
  const { mia, messageId } = await setting();
  const edits = await Promise.all(
    Array.from({ length: 10 }, (_, n) => as(mia).do("message.edit", { messageId, body: `Edit ${n}` })),
  );
  const inOrder = edits.toSorted((a, b) => a.changedSeq - b.changedSeq).map((edit) => edit.body);
  const { revisions } = await as(mia).do("message.history", { messageId });
  const now = await db().message.findFirstOrThrow({ where: { id: messageId } });
  expect([now.body, ...revisions.map((revision) => revision.body)]).toEqual(["First", ...inOrder].toReversed());
});

it("Deleting leaves a tombstone without body and history at the same position", async () => {
  const { mia, moe, message, messageId } = await setting();
  await as(mia).do("message.edit", { messageId, body: "Second" });
  expect((await as(moe).do("message.history", { messageId })).revisions).toHaveLength(1);
  const deleted = await as(moe).do("message.delete", { messageId });
  expect(deleted).toMatchObject({ id: messageId, body: "", seq: message.seq, changedSeq: 3 });
  expect((await as(moe).do("message.history", { messageId })).revisions).toEqual([]);
  expect(await db().messageRevision.count({ where: { messageId } })).toBe(0);
});

it("Deleting again gives the same answer and takes no tick", async () => {
  const { mia, roomId, messageId } = await setting();
  const answers = await Promise.all([1, 2, 3].map(() => as(mia).do("message.delete", { messageId })));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await clockOf(roomId)).toBe(2);
});

it("A deleted message cannot be edited, even if both happen at once", async () => {
  const { mia, messageId } = await setting();
  const [edit] = await Promise.all([
    as(mia).ask("message.edit", { messageId, body: "Second" }),
    as(mia).do("message.delete", { messageId }),
  ]);
  expect(["ok", "gone"]).toContain(outcome(edit));
  expect(outcome(await as(mia).ask("message.edit", { messageId, body: "Third" }))).toBe("gone");
  const row = await db().message.findFirstOrThrow({ where: { id: messageId }, include: { revisions: true } });
  expect(row).toMatchObject({ body: null, revisions: [] });
});

it("Messages of an archived room cannot be edited or deleted", async () => {
  const { mia, roomId, messageId } = await setting();
  expect(outcome(await as(mia).ask("message.edit", { messageId, body: "Second" }))).toBe("ok");
  await db().room.update({ where: { id: roomId }, data: { archivedAt: new Date() } });
  expect(outcome(await as(mia).ask("message.edit", { messageId, body: "Third" }))).toBe("room_archived");
  expect(outcome(await as(mia).ask("message.delete", { messageId }))).toBe("room_archived");
});

it("A notice cannot be edited or deleted by its author or an admin", async () => {
  const { organization, moe, roomId } = await setting();
  const newcomer = await makePerson(organization);
  await as(newcomer).do("membership.join", { roomId });
  const { id: messageId } = await db().message.findFirstOrThrow({ where: { roomId, kind: "notice" } });
  for (const somebody of [newcomer, moe]) {
    expect(outcome(await as(somebody).ask("message.edit", { messageId, body: "Hello" }))).toBe("forbidden");
    expect(outcome(await as(somebody).ask("message.delete", { messageId }))).toBe("forbidden");
  }
});
