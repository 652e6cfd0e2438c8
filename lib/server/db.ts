import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { Prisma, PrismaClient } from "@/lib/generated/prisma/client";
import { env } from "./env";
import { log } from "./log";
import { once } from "./once";

/** The connections of this process. Prisma takes its own from here; the append speaks to it directly. */
export function pool(): pg.Pool {
  return once("pool", () => {
    const made = new pg.Pool({
      connectionString: env().databaseUrl,
      max: env().poolSize,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 60_000,
      // A query that hangs must not hang its caller for ever.
      statement_timeout: 30_000,
      // Nor must one whose answer never comes, as of a database that has moved elsewhere without a word.
      query_timeout: 35_000,
    });
    // An idle connection that breaks is replaced at its next use.
    made.on("error", (error) => log().warn({ err: error.message }, "database connection lost"));
    // One that breaks in the hands of somebody who asks nothing at the moment, as between two statements of a
    // transaction, would end the process: the next question fails instead.
    made.on("connect", (client) => client.on("error", () => {}));
    return made;
  });
}

/** The one Prisma client of this process. */
export function db(): PrismaClient {
  return once("db", () => {
    const adapter = new PrismaPg(pool());
    return new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 15_000 } });
  });
}

/** The client, or a transaction of it. */
export type Tx = Prisma.TransactionClient;
export { Prisma };

/** Runs what must see one moment of the database. */
export function snapshot<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return db().$transaction(work, { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead });
}

/** Whether the database refused because a value is taken; the name of the constraint when it says so. */
export function takenConstraint(error: unknown): string | null {
  const known = error as { code?: string; meta?: { driverAdapterError?: { cause?: { constraint?: unknown } } } };
  if (known?.code !== "P2002") return null;
  return JSON.stringify(known.meta?.driverAdapterError?.cause?.constraint ?? "");
}

/** Whether the same transaction would likely succeed if tried again: a deadlock or a serialization failure. */
export function isRetryable(error: unknown): boolean {
  const known = error as { code?: string; message?: string };
  return known?.code === "P2034" || /deadlock detected|could not serialize/i.test(known?.message ?? "");
}
