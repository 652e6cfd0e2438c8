import { expect, it } from "vitest";
import { db, named, Prisma, readAsJson, snapshot } from "./db";

it("Rows that are read as JSON keep the order of their query, and no rows are an empty list", async () => {
  const numbers = (to: number) => Prisma.sql`SELECT n FROM generate_series(1, ${to}::int) n ORDER BY n DESC`;
  expect(await readAsJson(db(), null, numbers(3))).toEqual([{ n: 3 }, { n: 2 }, { n: 1 }]);
  expect(await readAsJson(db(), "test-numbers", numbers(2))).toEqual([{ n: 2 }, { n: 1 }]);
  expect(await readAsJson(db(), "test-numbers", numbers(0))).toEqual([]);
});

it("A named query is prepared once, one without a name is not, and another text under the same name is refused", async () => {
  await snapshot(async (tx) => {
    for (const value of [1, 2]) {
      expect(await tx.$queryRaw`${named("test-named")} SELECT ${value}::int AS value`).toEqual([{ value }]);
      await tx.$queryRaw`SELECT ${value}::int AS "testUnnamed"`;
    }
    const prepared = await tx.$queryRaw<{ name: string; calls: number }[]>`
      SELECT name, (generic_plans + custom_plans)::int AS calls FROM pg_prepared_statements
      WHERE name = 'test-named' OR statement LIKE '%testUnnamed"'`;
    expect(prepared).toEqual([{ name: "test-named", calls: 2 }]);
    await expect(tx.$queryRaw`${named("test-named")} SELECT 1`).rejects.toThrow("unique");
  });
});
