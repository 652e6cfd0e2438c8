import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { limits } from "@/lib/contract/limits";
import { as, joinAs, makeOrganization, makePeople, makeRoom, type TestPerson } from "@/tests/harness/people";
import { fillRoom } from "@/tests/harness/rooms";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const [mia, ben] = (await makePeople(organization, [{}, { name: "Ben" }])) as [TestPerson, TestPerson];
  const room = await makeRoom(organization);
  await joinAs("member", room, mia, ben);
  const home = await as(mia).do("home.show", {});
  const sync = (clocks: Record<string, number>, more: { me?: number; epoch?: string; organization?: number } = {}) =>
    as(mia).do("sync", { rooms: clocks, me: home.clock, epoch: home.epoch, ...more });
  return { organization, mia, ben, room, roomId: room.id, home, sync };
}

it("Rooms that did not change are left out", async () => {
  const { roomId, sync } = await setting();
  expect(await sync({ [roomId]: 0 })).toMatchObject({ home: null, rooms: {}, people: [] });
});

it("A delta has each message that is new, edited or deleted since, once, in its latest state, and the authors", async () => {
  const { ben, roomId, sync } = await setting();
  const send = (body: string) => as(ben).do("message.send", { roomId, body });
  const [kept, edited, deleted] = [await send("One"), await send("Two"), await send("Three")];
  await as(ben).do("message.edit", { messageId: edited.id, body: "Two!" });
  await as(ben).do("message.delete", { messageId: deleted.id });
  const { rooms, people } = await sync({ [roomId]: 1 });
  expect(rooms[roomId]).toMatchObject({
    kind: "delta",
    from: 1,
    to: 5,
    rows: [
      { id: edited.id, body: "Two!", seq: 2, changedSeq: 4 },
      { id: deleted.id, body: "", seq: 3, changedSeq: 5 },
    ],
    room: null,
  });
  expect(people.map((person) => person.id)).toEqual([ben.id]);
  const all = (await sync({ [roomId]: 0 })).rooms[roomId];
  expect(all).toMatchObject({ rows: [{ id: kept.id }, { id: edited.id }, { id: deleted.id }] });
});

it("A delta includes the room if it or its members changed", async () => {
  const { organization, roomId, sync } = await setting();
  await as(organization.owner).do("membership.join", { roomId });
  expect((await sync({ [roomId]: 0 })).rooms[roomId]).toMatchObject({ kind: "delta", room: { memberCount: 3 } });
});

it("Too many changes for a delta, or a clock ahead of the server's, give only the entry", async () => {
  const { ben, room, roomId, sync } = await setting();
  const clock = limits.delta + 7;
  await fillRoom(room, ben, clock);
  const kind = async (from: number) => (await sync({ [roomId]: from })).rooms[roomId];
  expect(await kind(clock - limits.delta)).toMatchObject({ kind: "delta" });
  const entry = { clock, unread: { length: limits.unread }, lastMessage: { seq: clock } };
  expect(await kind(clock - limits.delta - 1)).toMatchObject({ kind: "limited", entry });
  expect(await kind(clock + 1)).toMatchObject({ kind: "limited", entry });
});

it("A room that the person left, never joined or that does not exist is `gone`, with the same answer", async () => {
  const { organization, mia, roomId, sync } = await setting();
  const [hidden, elsewhere] = [
    await makeRoom(organization, { access: "private" }),
    await makeRoom(await makeOrganization()),
  ];
  await as(organization.owner).do("membership.join", { roomId });
  expect((await sync({ [roomId]: 0 })).rooms[roomId]).toMatchObject({ kind: "delta" });
  await as(organization.owner).do("membership.remove", { roomId, personId: mia.id });
  const asked = [roomId, hidden.id, elsewhere.id, randomUUID()];
  const { rooms } = await sync(Object.fromEntries(asked.map((id) => [id, 0])));
  expect(rooms).toEqual(Object.fromEntries(asked.map((id) => [id, { kind: "gone" }])));
});

it("The answer has what changed for the person, and the home only if it is asked for or the epoch changed", async () => {
  const { organization, mia, home, roomId, sync } = await setting();
  const { id } = await makeRoom(organization);
  expect(await sync({})).toMatchObject({ home: null, me: null });
  await as(mia).do("membership.join", { roomId: id });
  const { clock } = home;
  expect(await sync({})).toMatchObject({
    home: null,
    me: { from: clock, to: clock + 1, changes: [{ type: "entry", entry: { room: { id }, clock: 1 } }] },
  });
  await as(mia).do("membership.leave", { roomId: id });
  expect((await sync({})).me).toEqual({
    from: clock,
    to: clock + 2,
    changes: [{ type: "gone", roomId: id }],
    more: false,
  });
  expect(await sync({}, { me: 0 })).toMatchObject({ home: { clock: clock + 2 }, me: null });
  const over = await sync({ [roomId]: 0 }, { epoch: randomUUID() });
  expect(over).toMatchObject({ epoch: home.epoch, rooms: {}, home: { epoch: home.epoch } });
});

it("With a home of the same epoch, the answer says which people changed, too", async () => {
  const { ben, home, sync } = await setting();
  await as(ben).do("person.update", { title: "Lighthouse keeper" });
  const organization = home.organizationClock;
  const changed = { from: organization, people: [{ id: ben.id, title: "Lighthouse keeper" }] };
  expect(await sync({}, { organization })).toMatchObject({ home: null, organization: changed });
  expect(await sync({}, { organization, me: 0 })).toMatchObject({ home: { me: {} }, organization: changed });
  expect(await sync({}, { organization, epoch: randomUUID() })).toMatchObject({ home: { me: {} }, organization: null });
});

/** Rooms of the caller, each with `messages` unread messages of `characters` characters. */
async function longRooms(count: number, messages: number, characters: number) {
  const { organization, mia, ben, sync } = await setting();
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const room = await makeRoom(organization);
    await joinAs("member", room, mia, ben);
    await fillRoom(room, ben, messages, "x".repeat(characters));
    ids.push(room.id);
  }
  return { mia, ids, sync };
}
const bytes = (answer: unknown) => Buffer.byteLength(JSON.stringify(answer));

it("However much was missed, an answer stays within its byte limit, and repeated calls for `later` get everything", async () => {
  for (const [rooms, messages, characters] of [
    [4, 200, 8_000],
    [30, 20, 1_000],
    [12, 210, 2_000],
  ] as const) {
    const { ids, sync } = await longRooms(rooms, messages, characters);
    const told = new Map<string, string>();
    let asked = ids;
    for (let rounds = 0; asked.length > 0; rounds++) {
      expect(rounds).toBeLessThan(rooms);
      const answer = await sync(Object.fromEntries(asked.map((id) => [id, 0])));
      expect(bytes(answer)).toBeLessThan(1.5 * limits.answer);
      for (const [id, { kind }] of Object.entries(answer.rooms)) told.set(id, kind);
      expect([...Object.keys(answer.rooms), ...answer.later].toSorted()).toEqual([...asked].toSorted());
      asked = answer.later;
    }
    expect(told.size).toBe(rooms);
    const kind = messages * characters > limits.answer / 2 || messages > limits.delta ? "limited" : "delta";
    expect(new Set(told.values())).toEqual(new Set([kind]));
  }
});

it("Every answer with long messages stays within its byte limit, and paging through them reaches the end", async () => {
  const { mia, ids } = await longRooms(1, 120, 16_000);
  const roomId = ids[0] as string;
  expect(bytes(await as(mia).do("home.show", {}))).toBeLessThan(20_000);
  const seen: number[] = [];
  for (let before: number | undefined, more = true; more; before = seen[0]) {
    const page = await as(mia).do("message.list", { roomId, limit: 100, before });
    expect(bytes(page)).toBeLessThan(1.5 * limits.answer);
    seen.unshift(...page.messages.map(({ seq }) => seq));
    more = page.before;
  }
  expect(seen).toEqual(Array.from({ length: 120 }, (_, n) => n + 1));
  for (let after = 0, more = true; more; ) {
    const page = await as(mia).do("message.list", { roomId, limit: 100, after });
    expect(bytes(page)).toBeLessThan(1.5 * limits.answer);
    expect(page.messages[0]?.seq).toBe(after + 1);
    after = page.messages.at(-1)?.seq ?? after;
    more = page.after;
    if (!more) expect(after).toBe(120);
  }
  const around = await as(mia).do("message.list", { roomId, limit: 100, around: 60 });
  expect(bytes(around)).toBeLessThan(1.5 * limits.answer);
  expect(around).toMatchObject({ before: true, after: true });
  expect(around.messages.map(({ seq }) => seq)).toContain(60);
});

it("Repeated syncs while others write end with the room's log, nothing twice and nothing missing", async () => {
  const { ben, roomId, sync } = await setting();
  let writing = true;
  const writer = Promise.all(
    Array.from({ length: 30 }, (_, n) => as(ben).do("message.send", { roomId, body: String(n) })),
  ).finally(() => {
    writing = false;
  });
  let clock = 0;
  const seen: number[] = [];
  const catchUp = async () => {
    const room = (await sync({ [roomId]: clock })).rooms[roomId];
    if (room?.kind !== "delta") return;
    expect(room.from).toBe(clock);
    seen.push(...room.rows.map((row) => row.seq));
    clock = room.to;
  };
  while (writing) await catchUp();
  await writer;
  await catchUp();
  expect(seen).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
});
