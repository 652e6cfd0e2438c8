import { expect, it } from "vitest";
import { applySyncAnswer, applyMyChanges } from "@/lib/client/catch-up";
import { type RoomsState, stateFromHome } from "@/lib/client/stores/rooms";
import type { MeEvent } from "@/lib/contract/events";
import { db } from "@/lib/server/db";
import { touchPeople } from "@/lib/server/touch";
import { as, joinAs, makeOrganization, makePerson, makeRoom, type TestPerson } from "@/tests/harness/people";
import { randomFrom } from "@/tests/harness/random";
import { entriesOf } from "../room/entries";
import { myChanges } from "./my-changes";

process.env.LIMIT_FACTOR = "100000"; // rate limits are not tested here

const homeOf = (who: TestPerson) => as(who).do("home.show", {});

/** Changes one of Mia's memberships and returns the event that her devices receive. */
async function change(
  mia: TestPerson,
  roomId: string,
  kind: "enter" | "leave" | "read" | undefined,
): Promise<MeEvent | undefined> {
  return db().$transaction(async (tx) => {
    const where = { roomId_personId: { roomId, personId: mia.id } };
    const there = await tx.membership.findUnique({ where });
    const { organizationId } = mia;
    if (kind === "enter" && !there) {
      // Someone who joins again does so at a later tick of the room, and has read everything before it.
      const { clock: seq } = await tx.room.update({ where: { id: roomId }, data: { clock: { increment: 100 } } });
      const read = { joinedSeq: seq, lastReadSeq: seq };
      await tx.membership.create({ data: { roomId, personId: mia.id, organizationId, ...read } });
    }
    if (kind === "leave" && there) await tx.membership.delete({ where });
    if (kind === "read" && there) await tx.membership.update({ where, data: { lastReadSeq: { increment: 1 } } });
    if ((kind === "enter") === Boolean(there)) return undefined;
    const [entry] = await entriesOf(tx, mia.id, [roomId]);
    const changes = entry ? [{ type: "entry" as const, entry }] : [{ type: "gone" as const, roomId }];
    return (await touchPeople(tx, new Map([[mia.id, changes]]))).get(mia.id);
  });
}

/** A device that receives only some of the events, and calls `sync` until it is up to date. */
async function caughtUp(mia: TestPerson, begin: RoomsState, events: MeEvent[]) {
  let state = events.reduce(applyMyChanges, begin);
  let homes = 0;
  for (;;) {
    const { epoch, clock } = state;
    const rooms = Object.fromEntries([...state.rooms].map(([id, room]) => [id, room.clock]));
    const requested = new Map([...state.rooms].map(([id, { membership }]) => [id, membership.joinedSeq]));
    const answer = await as(mia).do("sync", { rooms, me: clock, epoch });
    if (answer.home) homes++;
    if (!answer.me && !answer.home) return { state, homes };
    state = applySyncAnswer(state, requested, answer);
  }
}
const membershipsIn = ({ rooms }: RoomsState) =>
  Object.fromEntries([...rooms].map(([id, { membership }]) => [id, membership]));

it("After 1,000 changes whose events come in any order or not at all, three devices are equal and loaded no home", {
  timeout: 120_000,
}, async () => {
  const random = randomFrom(7);
  const organization = await makeOrganization();
  const mia = await makePerson(organization);
  const rooms = await Promise.all(Array.from({ length: 10 }, () => makeRoom(organization)));
  for (const room of rooms.slice(0, 5)) await joinAs("member", room, mia);
  const home = await homeOf(mia);
  const events: MeEvent[] = [];
  // Changes within one room happen one after another. Changes in different rooms happen at the same time.
  const lanes = rooms.map(async ({ id }) => {
    for (let count = 0; count < 100; ) {
      const event = await change(mia, id, (["enter", "leave", "read", "read"] as const)[Math.floor(random() * 4)]);
      if (!event) continue;
      count++;
      events.push(event);
    }
  });
  await Promise.all(lanes);
  events.sort((a, b) => a.to - b.to);
  const truth = stateFromHome(await homeOf(mia));
  expect(truth.clock).toBe(home.clock + 1_000);
  for (let device = 0; device < 3; device++) {
    const received = events.filter(() => random() > 1 / 3);
    // The first device receives the events in order, the other devices in random order.
    if (device > 0) received.sort(() => random() - 0.5);
    const { state, homes } = await caughtUp(mia, stateFromHome(home), received);
    expect(homes).toBe(0);
    expect(state.clock).toBe(truth.clock);
    expect(membershipsIn(state)).toEqual(membershipsIn(truth));
  }
});

it("300 changes at one tick all arrive, and more than 100 ticks arrive part by part", {
  timeout: 120_000,
}, async () => {
  const organization = await makeOrganization();
  const mia = await makePerson(organization);
  const rooms = await Promise.all(Array.from({ length: 300 }, () => makeRoom(organization)));
  const home = await homeOf(mia);
  await db().membership.createMany({
    data: rooms.map(({ id: roomId }) => ({ roomId, personId: mia.id, organizationId: organization.id })),
  });
  const entries = await entriesOf(db(), mia.id);
  await db().$transaction((tx) =>
    touchPeople(tx, new Map([[mia.id, entries.map((entry) => ({ type: "entry", entry }))]])),
  );
  const all = await myChanges(db(), mia.id, home.clock);
  expect(all).toMatchObject({ from: home.clock, to: home.clock + 1 });
  expect(all.changes).toHaveLength(300);

  for (const { id } of rooms.slice(0, 150)) await change(mia, id, "leave");
  const first = await myChanges(db(), mia.id, home.clock + 1);
  expect(first).toMatchObject({ to: home.clock + 101 });
  expect(first.changes).toHaveLength(100);
  const second = await myChanges(db(), mia.id, first.to);
  expect(second).toMatchObject({ to: home.clock + 151 });
  expect(second.changes).toHaveLength(50);
});

it("A room that was left and joined again is present, not gone", async () => {
  const organization = await makeOrganization();
  const [mia, room] = [await makePerson(organization), await makeRoom(organization)];
  await joinAs("member", room, mia);
  const { clock } = await homeOf(mia);
  for (const kind of ["leave", "enter"] as const) await change(mia, room.id, kind);
  expect((await myChanges(db(), mia.id, clock)).changes).toMatchObject([
    { type: "entry", entry: { room: { id: room.id } } },
  ]);
});
