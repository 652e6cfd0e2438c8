import { expect, it } from "vitest";
import { type OperationName, operations } from "@/lib/contract/index";
import { db, type Tx } from "@/lib/server/db";
import { as, outcome } from "@/tests/harness/people";
import { makeWorld, samples, type World, worldFor } from "@/tests/harness/samples";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

/** A call that takes less time than this did not wait. */
const aWhileMs = 150;

const lockRooms = (tx: Tx, { room, openRoom }: World) =>
  tx.$queryRaw`SELECT 1 FROM "Room" WHERE id IN (${room.id}::uuid, ${openRoom.id}::uuid) FOR NO KEY UPDATE`;

/**
 * Calls an operation as the owner while another transaction holds a lock, by default the rooms' locks. After the call has waited
 * for `aWhileMs`, runs `happens` and then releases the lock. Resolves to "not waited" if the call did not wait.
 */
async function waitedFor(
  name: OperationName,
  world: World,
  happens: () => Promise<unknown>,
  lock: (tx: Tx, world: World) => Promise<unknown> = lockRooms,
): Promise<string> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  let holding = (_pid: number) => {};
  const holder = new Promise<number>((resolve) => (holding = resolve));
  const holds = db().$transaction(
    async (tx) => {
      await lock(tx, world);
      const [row] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      holding(row?.pid ?? 0);
      await held;
    },
    { timeout: 30_000 },
  );
  const pid = await holder;
  const began = performance.now();
  let answered: string | undefined;
  const asked = as(world.owner)
    .send(name, samples[name](world))
    .then((answer) => (answered = outcome(answer)));
  const waits = async () => {
    const [row] = await db().$queryRaw<{ waits: boolean }[]>`
      SELECT count(*) > 0 AS waits FROM pg_stat_activity WHERE ${pid} = ANY(pg_blocking_pids(pid))`;
    return row?.waits === true && performance.now() - began > aWhileMs;
  };
  try {
    await expect
      .poll(async () => answered !== undefined || (await waits()), { timeout: 10_000, interval: 10 })
      .toBe(true);
    if (answered !== undefined) return "not waited";
    await happens();
  } finally {
    letGo();
    await holds;
  }
  return asked;
}

/** What happens to the owner during the wait. Both end the session. */
const happenings = {
  "the session ended": ({ owner }: World) =>
    db().session.update({ where: { id: owner.sessionId }, data: { revokedAt: new Date() } }),
  "they were deactivated": ({ owner }: World) =>
    db().person.update({ where: { id: owner.id }, data: { deactivatedAt: new Date() } }),
};
/** Operations that are not tested here, and why. */
const exceptions: { [N in OperationName]?: string } = {
  "message.send": "Its statement keeps the session from ending until it commits.",
};
const names = Object.keys(operations) as OperationName[];
const changing = names.filter((name) => !operations[name].http.startsWith("GET") && !exceptions[name]);
const waited: OperationName[] = [];

it.each(changing)(
  "%s, if it waits for a room, is refused if the session ended while it waited",
  { timeout: 60_000 },
  async (name) => {
    const world = await worldFor(name);
    const undisturbed = await waitedFor(name, world, async () => {});
    if (undisturbed === "not waited") return;
    waited.push(name);
    expect(undisturbed).toBe("ok");
    for (const [what, happens] of Object.entries(happenings)) {
      const another = await makeWorld();
      expect(await waitedFor(name, another, () => happens(another)), what).toBe("unauthenticated");
    }
  },
);

it("At least six operations waited for a room", () => expect(waited.length).toBeGreaterThan(5));

it.each(["membership.add", "membership.join"] as const)(
  "%s, if the asker becomes a guest while it waits, is decided by the new role",
  async (name) => {
    const world = await makeWorld();
    const { id } = world.owner;
    await db().membership.updateMany({ where: { personId: id }, data: { role: "member" } });
    const demoted = () => db().person.update({ where: { id }, data: { role: "guest" } });
    expect(await waitedFor(name, world, demoted)).toBe(name === "membership.add" ? "forbidden" : "not_found");
  },
);

it("A read whose session ends while it waits is refused, because what it reads may be newer than the session", async () => {
  const lockRevisions = (tx: Tx) => tx.$executeRaw`LOCK TABLE "MessageRevision" IN ACCESS EXCLUSIVE MODE`;
  const undisturbed = await waitedFor("message.history", await makeWorld(), async () => {}, lockRevisions);
  expect(undisturbed).toBe("ok");
  const world = await makeWorld();
  const ends = () => happenings["the session ended"](world);
  expect(await waitedFor("message.history", world, ends, lockRevisions)).toBe("unauthenticated");
});
