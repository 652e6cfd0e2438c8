import { afterEach, expect, test } from "vitest";
import { db } from "./db";
import { isReady } from "./health";

// The server's role may not write the table of migrations, so this test connects as the owner.
process.env.DATABASE_URL = process.env.OWNER_DATABASE_URL;
const newer = "99990101000000_next_version";

afterEach(async () => {
  await db().$executeRaw`DELETE FROM "_prisma_migrations" WHERE migration_name = ${newer}`;
  await db().$executeRaw`UPDATE "_prisma_migrations" SET finished_at = now() WHERE finished_at IS NULL`;
});

test("A process stays ready while the next version's migrations are there already, and is not without its own", async () => {
  expect(await isReady()).toBe(true);
  await db().$executeRaw`
    INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at) VALUES ('next', '', ${newer}, now())`;
  expect(await isReady()).toBe(true);
  await db().$executeRaw`
    UPDATE "_prisma_migrations" SET finished_at = NULL
    WHERE migration_name = (SELECT max(migration_name) FROM "_prisma_migrations" WHERE migration_name <> ${newer})`;
  // The result of a check is cached for a moment.
  await expect.poll(isReady).toBe(false);
});
