import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { makeWorld } from "@/tests/harness/samples";

it("One statement deletes an organization with everything in it, and nothing of another", async () => {
  const [world, other] = [await makeWorld(), await makeWorld()];
  const { organizationId } = world.owner;
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'organizationId'`;
  const countOf = async (id: string) => {
    const counts: Record<string, number> = {};
    for (const { name } of tables) {
      const where = { organizationId: id };
      const model = name.charAt(0).toLowerCase() + name.slice(1);
      counts[name] = await (db() as never as Record<string, { count(query: object): Promise<number> }>)[model]!.count({
        where,
      });
    }
    return counts;
  };
  const before = await countOf(other.owner.organizationId);
  expect(Object.values(await countOf(organizationId)).filter((count) => count > 0).length).toBeGreaterThan(5);
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`SET CONSTRAINTS ALL DEFERRED`;
    await tx.organization.delete({ where: { id: organizationId } });
  });
  expect(Object.values(await countOf(organizationId)).every((count) => count === 0)).toBe(true);
  expect(await countOf(other.owner.organizationId)).toEqual(before);
});
