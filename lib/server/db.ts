import { PrismaPg } from "@prisma/adapter-pg";
import { Prisma, PrismaClient } from "@/lib/generated/prisma/client";
import { once } from "./once";
import { pool } from "./pool";

/** The one Prisma client of this process. */
export function db(): PrismaClient {
  return once("db", () => {
    // Postgres keeps nothing of a statement whose name is empty.
    const adapter = new PrismaPg(pool(), { statementNameGenerator: ({ sql }) => nameIn.exec(sql)?.[1] ?? "" });
    return new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 15_000 } });
  });
}

/** The Prisma client, or a transaction of it. */
export type Tx = Prisma.TransactionClient;
export { Prisma };

/** Runs `read` in a transaction whose reads all see the same snapshot. */
export function snapshot<T>(read: (tx: Tx) => Promise<T>): Promise<T> {
  return db().$transaction(read, { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead });
}

/**
 * The time by the database's clock. Write it where the database compares it with its `now()`, as in sessions: the clock of this
 * process may be wrong.
 */
export async function databaseTime(tx: Tx): Promise<Date> {
  const [row] = await tx.$queryRaw<[{ now: Date }]>`${named("time")} SELECT now()`;
  return row.now;
}

const nameIn = /^\/\* ([\w-]+) \*\//;

/**
 * SQL that begins a raw query and names it. Postgres parses and plans a query with a name once for each connection, and one without
 * a name at each call (decision 0013). Two queries with the same name must have the same text; the driver refuses anything else.
 */
// oxlint-disable-next-line no-restricted-properties -- the text is from our own names
export const named = (name: string): Prisma.Sql => Prisma.raw(`/* ${name} */`);

/**
 * Reads many rows, or wide ones, fast: Postgres encodes all of them as one JSON text, so the driver and Prisma need not convert each
 * value. Times are text in the format of Postgres, which `RowKind.fromJson` converts. The rows keep the order of the query. `name` is
 * for `named`; it is null if the text of the query varies.
 */
export async function readAsJson<Row>(tx: Tx, name: string | null, query: Prisma.Sql): Promise<Row[]> {
  const [{ rows }] = await tx.$queryRaw<[{ rows: string }]>`${name === null ? Prisma.empty : named(name)}
    SELECT coalesce(json_agg(x), '[]')::text AS rows FROM (${query}) x`;
  return JSON.parse(rows) as Row[];
}
