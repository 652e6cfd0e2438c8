// Nobody waits for somebody else's room: a change of several rooms that finds one locked holds none of the others meanwhile.
import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import {
  as,
  joinAs,
  makeGroup,
  makeOrganization,
  makePerson,
  makeRoom,
  outcome,
  type TestRoom,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

/** A group that opens three rooms, with one person in it who is in all of them. The rooms are in the order of their ids. */
async function setting() {
  const organization = await makeOrganization();
  const { owner } = organization;
  const mia = await makePerson(organization);
  const groupId = await makeGroup(organization, [mia]);
  const rooms: TestRoom[] = [];
  for (let at = 0; at < 3; at++) {
    const room = await makeRoom(organization, { access: "restricted", groupIds: [groupId] });
    await joinAs("member", room, owner);
    await as(mia).do("membership.join", { roomId: room.id });
    rooms.push(room);
  }
  const leaveGroup = () => as(owner).send("group.removeMembers", { groupId, personIds: [mia.id] });
  const send = (roomId: string) => as(owner).send("message.send", { roomId, body: "Hello" });
  return { owner, mia, rooms, leaveGroup, send };
}

/** Holds a room's lock while `work` runs. `work` gets a function that counts the transactions that wait for this lock. */
const whileLocked = (
  room: TestRoom | undefined,
  work: (waiting: () => Promise<number>) => Promise<void>,
): Promise<void> =>
  db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Room" WHERE id = ${room?.id}::uuid FOR NO KEY UPDATE`;
    const [{ pid }] = await tx.$queryRaw<[{ pid: number }]>`SELECT pg_backend_pid() AS pid`;
    await work(async () => {
      const [row] = await db().$queryRaw<[{ count: number }]>`
        SELECT count(*)::int AS count FROM pg_stat_activity WHERE ${pid}::int = ANY(pg_blocking_pids(pid))`;
      return row.count;
    });
  });
const soon = { timeout: 5_000, interval: 2 };

it.each([0, 1, 2])("While room %i is locked, a change of all three delays no other room", async (lockedAt) => {
  const { mia, rooms, leaveGroup, send } = await setting();
  let left: ReturnType<typeof leaveGroup> | undefined;
  await whileLocked(rooms[lockedAt], async (waiting) => {
    left = leaveGroup();
    await expect.poll(waiting, soon).toBe(1);
    for (const { id } of rooms.filter((_, at) => at !== lockedAt)) expect(outcome(await send(id))).toBe("ok");
    await expect.poll(waiting, { ...soon, message: "the change still waits" }).toBe(1);
  });
  expect(await left).toMatchObject({ ok: true });
  expect(await db().membership.count({ where: { personId: mia.id } })).toBe(0);
});

it("A change of three rooms waits for one after the other, if two are locked", async () => {
  const { mia, rooms, leaveGroup, send } = await setting();
  let left: ReturnType<typeof leaveGroup> | undefined;
  await whileLocked(rooms[2], async (waitingForLast) => {
    await whileLocked(rooms[1], async (waiting) => {
      left = leaveGroup();
      await expect.poll(waiting, soon).toBe(1);
    });
    // The change gets the one that is free now, finds the last one locked, and gives back what it holds.
    await expect.poll(waitingForLast, soon).toBe(1);
    for (const { id } of rooms.slice(0, 2)) expect(outcome(await send(id))).toBe("ok");
  });
  expect(await left).toMatchObject({ ok: true });
  expect(await db().membership.count({ where: { personId: mia.id } })).toBe(0);
});

it("Requests that wait for two locked rooms delay none for a third one that was locked for a moment", async () => {
  const { owner, rooms } = await setting();
  const change = ({ id }: TestRoom) => as(owner).send("room.update", { roomId: id, topic: "Changed" });
  const [first, second, third] = rooms as [TestRoom, TestRoom, TestRoom];
  const late: ReturnType<typeof change>[] = [];
  await whileLocked(first, async (waitingForFirst) => {
    late.push(change(first));
    await expect.poll(waitingForFirst, soon).toBe(1);
    await whileLocked(second, async (waitingForSecond) => {
      late.push(change(second));
      await expect.poll(waitingForSecond, soon).toBe(1);
      const changing: typeof late = [];
      await whileLocked(third, async (waitingForThird) => {
        changing.push(change(third));
        await expect.poll(waitingForThird, soon).toBe(1);
      });
      expect((await Promise.all(changing)).map(outcome)).toEqual(["ok"]);
    });
  });
  expect((await Promise.all(late)).map(outcome)).toEqual(["ok", "ok"]);
});
