import { expect, it } from "vitest";
import { type OperationName, operations } from "@/lib/contract/index";
import { db } from "@/lib/server/db";
import { as, outcome } from "@/tests/harness/people";
import { makeWorld, samples, type World } from "@/tests/harness/samples";

process.env.LIMIT_FACTOR = "1000"; // this is not about limits

/** A call that takes less than this did not wait. */
const aWhileMs = 150;

/**
 * Calls an operation as the owner while another transaction locks the rooms. Once the call has waited for a while, something
 * happens to the owner, and the rooms are unlocked. Resolves to "not waited" if the call did not wait.
 */
async function waitedFor(name: OperationName, world: World, happens: () => Promise<unknown>): Promise<string> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  let holding = (_pid: number) => {};
  const holder = new Promise<number>((resolve) => (holding = resolve));
  const holds = db().$transaction(
    async (tx) => {
      const [row] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid FROM "Room"
        WHERE id IN (${world.room.id}::uuid, ${world.openRoom.id}::uuid) FOR NO KEY UPDATE`;
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

/** Operations that wait for a room and then check the caller again. Sending locks the login in its statement instead. */
const waiting = [
  "membership.add",
  "membership.join",
  "membership.leave",
  "membership.remove",
  "message.delete",
  "message.edit",
] as const;
const session = ({ owner }: World) => ({ where: { id: owner.sessionId } });

it("These are all operations that wait for a locked room", { timeout: 60_000 }, async () => {
  const found: string[] = [];
  const names = Object.keys(operations) as OperationName[];
  for (const name of names.filter((each) => !operations[each].http.startsWith("GET"))) {
    const world = await makeWorld({ withPasswords: name === "password.change" });
    if ((await waitedFor(name, world, async () => {})) !== "not waited") found.push(name);
  }
  expect(found.toSorted()).toEqual([...waiting, "message.send"]);
});

it.each(waiting)(
  "%s that waits while the login of who asked ends is refused; one that nothing happens to is done",
  async (name) => {
    expect(await waitedFor(name, await makeWorld(), async () => {})).toBe("ok");
    const world = await makeWorld();
    const ends = () => db().session.update({ ...session(world), data: { revokedAt: new Date() } });
    expect(await waitedFor(name, world, ends)).toBe("unauthenticated");
  },
);

it.each(waiting)("%s is refused if the caller is deactivated while it waits", async (name) => {
  const world = await makeWorld();
  const { id } = world.owner;
  const deactivated = () => db().person.update({ where: { id }, data: { deactivatedAt: new Date() } });
  expect(await waitedFor(name, world, deactivated)).toBe("unauthenticated");
});

it.each(["membership.add", "membership.join"] as const)(
  "%s that waits while who asked becomes a guest is decided by what they are then",
  async (name) => {
    const world = await makeWorld();
    const { id } = world.owner;
    await db().membership.updateMany({ where: { personId: id }, data: { role: "member" } });
    const demoted = () => db().person.update({ where: { id }, data: { role: "guest" } });
    expect(await waitedFor(name, world, demoted)).toBe(name === "membership.add" ? "forbidden" : "not_found");
  },
);
