import { expect, it } from "vitest";
import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import type { ReactionChange } from "@/lib/contract/reaction";
import { roomLog } from "@/lib/domain/room/log";
import { type Actor, findActor } from "@/lib/server/actor";
import { db } from "@/lib/server/db";
import { as, joinAs, makeOrganization, makePerson, makeRoom, type TestPerson } from "@/tests/harness/people";
import { storeLocked } from "./store";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const [mia, bo] = [await makePerson(organization), await makePerson(organization)];
  const { id: roomId, ...room } = await makeRoom(organization);
  await joinAs("member", { id: roomId, ...room }, mia, bo);
  const { id: messageId } = await as(mia).do("message.send", { roomId, body: "The body of the message" });
  return { organization, mia, bo, roomId, messageId };
}
const add = (person: TestPerson, messageId: string, emoji = "🎉") =>
  as(person).do("reaction.add", { messageId, emoji });

/** The frame after a tick, as it is sent. */
async function frameAfter(roomId: string, from: number) {
  const pulled = await roomLog.pull({ id: roomId, from, sessionIds: [], knownListeners: () => [] });
  if (!pulled) throw new Error("The room has a log.");
  return {
    ...(pulled.frame as { to: number; rows: Message[]; reactions?: ReactionChange[] }),
    hasMore: pulled.hasMore,
  };
}
async function deltaAfter(person: TestPerson, roomId: string, clock: number) {
  const { epoch } = await as(person).do("home.show", {});
  const { rooms } = await as(person).do("sync", { rooms: { [roomId]: clock }, me: 1, epoch });
  const answer = rooms[roomId];
  return answer?.kind === "delta" ? answer : null;
}

/** People who exist only for their reactions, each with a tick. */
async function makeMany(organizationId: string, roomId: string, messageId: string, count: number) {
  await db().$executeRaw`
    WITH people AS (
      INSERT INTO "Person" (id, "organizationId", name, handle)
      SELECT gen_random_uuid(), ${organizationId}::uuid, 'Reader', 'reader-' || n FROM generate_series(1, ${count}::int) n RETURNING id),
    before AS (SELECT clock FROM "Room" WHERE id = ${roomId}::uuid)
    INSERT INTO "Reaction" ("organizationId", "roomId", "messageId", emoji, "personId", seq, "changedSeq", "isGiven")
    SELECT ${organizationId}::uuid, ${roomId}::uuid, ${messageId}::uuid, '🎉', p.id, b.clock + row_number() OVER (), b.clock + row_number() OVER (), true
    FROM people p, before b`;
  await db().room.update({ where: { id: roomId }, data: { clock: { increment: count } } });
}

it("The frame of a reaction has neither the message nor its people: under 2 KB with 500 reactions of 20 kinds", async () => {
  const { organization, mia, bo, roomId, messageId } = await setting();
  await makeMany(organization.id, roomId, messageId, 500);
  for (const emoji of ["👍", "👀", "🚀", "👩‍❤️‍💋‍👨", "🧑🏿‍❤️‍💋‍🧑🏻"]) await add(bo, messageId, emoji);
  const { kind } = await add(mia, messageId);
  const { rows, reactions, ...frame } = await frameAfter(roomId, kind.changedSeq - 1);
  expect(rows).toEqual([]);
  expect(reactions).toMatchObject([{ messageId, messageSeq: 1, emoji: "🎉", count: 501, changed: { [mia.id]: true } }]);
  const bytes = Buffer.byteLength(JSON.stringify({ ...frame, rows, reactions }));
  expect(bytes).toBeLessThan(2_048);
  expect(JSON.stringify(reactions)).not.toContain("The body");
});

it("A frame and a delta say of each emoji once what changed, and who gave it and who took it back", async () => {
  const { mia, bo, roomId, messageId } = await setting();
  await add(mia, messageId);
  const from = (await add(mia, messageId, "👍")).kind.changedSeq;
  await add(bo, messageId);
  await as(mia).do("reaction.remove", { messageId, emoji: "🎉" });
  const { reactions } = await frameAfter(roomId, from);
  expect(reactions).toEqual([
    {
      messageId,
      messageSeq: 1,
      emoji: "🎉",
      count: 1,
      personIds: [bo.id],
      seq: 2,
      changedSeq: from + 2,
      changed: { [bo.id]: true, [mia.id]: false },
    },
  ]);
  expect((await deltaAfter(bo, roomId, from))?.reactions).toEqual(reactions);
  expect((await frameAfter(roomId, from + 2)).reactions).toBeUndefined();
});

it("Frames without reactions are as they were", async () => {
  const { mia, roomId } = await setting();
  const { changedSeq } = await as(mia).do("message.send", { roomId, body: "Another" });
  const frame = await frameAfter(roomId, changedSeq - 1);
  expect(Object.hasOwn(frame, "reactions")).toBe(false);
  expect(Object.keys((await deltaAfter(mia, roomId, changedSeq - 1)) ?? {}).toSorted()).toEqual([
    "from",
    "kind",
    "room",
    "rows",
    "to",
  ]);
});

it("More changes than a frame holds come in several, and none is lost", async () => {
  const { organization, mia, roomId, messageId } = await setting();
  await makeMany(organization.id, roomId, messageId, limits.delta + 50);
  const { id } = await as(mia).do("message.send", { roomId, body: "After them" });
  const people = new Set<string>();
  const messages = new Set<string>();
  let [from, hasMore, frames] = [1, true, 0];
  while (hasMore) {
    const frame = await frameAfter(roomId, from);
    expect(frame.to).toBeGreaterThan(from);
    for (const { changed } of frame.reactions ?? []) for (const person of Object.keys(changed)) people.add(person);
    for (const row of frame.rows) messages.add(row.id);
    [from, hasMore, frames] = [frame.to, frame.hasMore, frames + 1];
  }
  expect(frames).toBeGreaterThan(1);
  expect(people.size).toBe(limits.delta + 50);
  expect([...messages]).toEqual([id]);
});

it("A reader gets no reaction to a message below their floor", async () => {
  const { mia, bo, roomId, messageId } = await setting();
  await db().membership.update({ where: { roomId_personId: { roomId, personId: bo.id } }, data: { floorSeq: 1 } });
  const { kind } = await add(mia, messageId);
  expect((await deltaAfter(mia, roomId, kind.changedSeq - 1))?.reactions).toHaveLength(1);
  expect(await deltaAfter(bo, roomId, kind.changedSeq - 1)).toMatchObject({ rows: [], to: kind.changedSeq });
  expect((await deltaAfter(bo, roomId, kind.changedSeq - 1))?.reactions).toBeUndefined();
});

it("A deletion tells its tombstone alone", async () => {
  const { mia, roomId, messageId } = await setting();
  const from = (await add(mia, messageId)).kind.changedSeq - 1;
  await as(mia).do("message.delete", { messageId });
  const { rows, reactions } = await frameAfter(roomId, from);
  expect(rows).toMatchObject([{ id: messageId, body: "" }]);
  expect(reactions).toBeUndefined();
});

it("The frame that a batch hands over is the one that a pull would read", async () => {
  const { mia, bo, roomId, messageId } = await setting();
  const { kind } = await add(mia, messageId);
  const [asMia, asBo] = [await findActor(mia.sessionId), await findActor(bo.sessionId)] as [Actor, Actor];
  const wish = (actor: Actor, emoji: string, isGiven: boolean) => {
    return { actor, messageId, emoji, isGiven, receivedAt: performance.now() };
  };
  const wishes = [
    wish(asBo, "🎉", true),
    wish(asMia, "🎉", false),
    wish(asMia, "👍", true),
    // Nothing changes in the end, but it took two ticks.
    wish(asBo, "👀", true),
    wish(asBo, "👀", false),
  ];
  const { frames, outcomes } = await db().$transaction((tx) => storeLocked(tx, wishes));
  const { hasMore: _, ...pulled } = await frameAfter(roomId, kind.changedSeq);
  const [handedOver] = frames;
  const sorted = (reactions: readonly ReactionChange[] = []) =>
    reactions.toSorted((a, b) => a.changedSeq - b.changedSeq);
  expect(frames).toHaveLength(1);
  expect({ ...handedOver?.frame, reactions: sorted(handedOver?.frame.reactions) }).toEqual({
    ...pulled,
    reactions: sorted(pulled.reactions),
  });
  expect(pulled.to).toBe(kind.changedSeq + 5);
  expect([...outcomes.values()]).toMatchObject([
    { kind: { emoji: "🎉", count: 1, isMine: true } },
    { kind: { emoji: "🎉", count: 1, isMine: false } },
    { kind: { emoji: "👍", count: 1, isMine: true } },
    { kind: { emoji: "👀", count: 0, isMine: false } },
    { kind: { emoji: "👀", count: 0, isMine: false } },
  ]);
});
