import pg from "pg";
import { expect } from "vitest";
import { pool } from "@/lib/server/pool";
import { waitingForRooms } from "@/lib/server/room-locks";
import { quote, readTables } from "@/scripts/backup/tables.mjs";
import { rowsText, type Table } from "./everything";

// Shows in which order a transaction takes its locks. Every row of some organizations, their names and their proofs are locked
// by a connection each. The transaction then waits for the first lock that it wants. It gets that one and waits for the next.

/** The kinds of locks, in the order in which a transaction must take them. Locks of one kind are taken in the order of their keys. */
export const lockOrder = [
  "names",
  "Group",
  "Room",
  "Membership",
  "PersonLog",
  "Person",
  "OrganizationLog",
  "proof",
] as const;
const keyColumns: Readonly<Record<string, readonly string[]>> = {
  Group: ["id"],
  Room: ["id"],
  Membership: ["roomId", "personId"],
  PersonLog: ["personId"],
  Person: ["id"],
  OrganizationLog: ["organizationId"],
};

/** Something that a transaction waited for. */
export interface Lock {
  /** One of `lockOrder`, `Organization`, or `elsewhere`: a row of another table. Those rows have no order. */
  kind: string;
  key: string;
  /** Tells transactions apart that ran at the same time. */
  transaction: string;
}
interface Holder {
  lock: Omit<Lock, "transaction">;
  client: pg.PoolClient;
  pid: number;
}

let holders: pg.Pool | undefined;
const holderPool = () => (holders ??= new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 80 }));
/** Call after the last test. */
export const endHolders = async () => holders?.end();

async function hold(kind: string, key: string, ...statements: [sql: string, ...values: string[]][]): Promise<Holder> {
  const client = await holderPool().connect();
  const { rows } = await client
    .query<{ pid: number }>("BEGIN")
    .then(() => client.query("SELECT pg_backend_pid() AS pid"));
  for (const [sql, ...values] of statements) await client.query(sql, values);
  return { lock: { kind, key }, client, pid: rows[0]?.pid ?? 0 };
}

async function release({ client }: Holder): Promise<void> {
  await client.query("ROLLBACK");
  client.release();
}

let tables: Promise<Table[]> | undefined;

/** Locks everything that a transaction about this organization may lock. */
async function holdAllOf(id: string): Promise<Holder[]> {
  const all = [
    hold("names", id, ["SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", id]),
    hold("proof", id, ["SELECT pg_advisory_xact_lock(1886547814, hashtext($1))", id]),
    hold("Organization", id, [`SELECT 1 FROM "Organization" WHERE id = $1 FOR NO KEY UPDATE`, id]),
  ];
  // A log that does not exist yet cannot be locked.
  await pool().query(
    `INSERT INTO "PersonLog" SELECT "organizationId", id FROM "Person" WHERE "organizationId" = $1 ON CONFLICT DO NOTHING`,
    [id],
  );
  tables ??= readTables(pool()) as Promise<Table[]>;
  const elsewhere: [string, string][] = [];
  for (const table of await tables) {
    const text = rowsText(table);
    const keys = keyColumns[table.name];
    // Two organizations may share an account, which is locked already then.
    if (!keys && table.name !== "Organization") elsewhere.push([`${text} FOR NO KEY UPDATE SKIP LOCKED`, id]);
    for (const row of keys ? (await pool().query<Record<string, string>>(text, [id])).rows : []) {
      const values = (keys ?? []).map((key) => row[key] as string);
      const where = (keys ?? []).map((key, at) => `${quote(key)} = $${at + 1}`).join(" AND ");
      const sql = `SELECT 1 FROM ${quote(table.name)} WHERE ${where} FOR NO KEY UPDATE`;
      all.push(hold(table.name, values.join(" "), [sql, ...values]));
    }
  }
  return Promise.all([...all, hold("elsewhere", id, ...elsewhere)]);
}

/** Does some work, and returns its result and the locks of these organizations that it took, in their order. */
export async function locksOf<T>(
  organizationIds: string[],
  work: () => Promise<T>,
): Promise<{ locks: Lock[]; result: T }> {
  const held = new Map<number, Holder>();
  for (const id of organizationIds) for (const one of await holdAllOf(id)) held.set(one.pid, one);
  const locks: Lock[] = [];
  let isOver = false;
  // The transactions wait for rooms, too, instead of beginning again later.
  const done = waitingForRooms(work).finally(() => (isOver = true));
  try {
    while (!isOver) {
      let found: Waiting | undefined;
      const waits = async () => (found = await firstWaiting([...held.keys()])) !== undefined;
      await expect.poll(async () => isOver || (await waits()), { timeout: 10_000, interval: 2 }).toBe(true);
      const wanted = held.get(found?.holder ?? 0);
      if (!found || !wanted) continue;
      locks.push({ ...wanted.lock, transaction: found.transaction });
      held.delete(wanted.pid);
      await release(wanted);
    }
  } finally {
    await Promise.all([...held.values()].map(release));
  }
  return { locks, result: await done };
}

interface Waiting {
  transaction: string;
  /** The backend that it waits for. */
  holder: number;
}

/** A transaction that waits for one of these backends. */
async function firstWaiting(pids: number[]): Promise<Waiting | undefined> {
  const text = `
    SELECT a.pid || ' ' || a.xact_start AS transaction, b.pid AS holder
    FROM pg_stat_activity a, unnest(pg_blocking_pids(a.pid)) b(pid)
    WHERE a.wait_event_type = 'Lock' AND b.pid = ANY($1::int[]) LIMIT 1`;
  return (await pool().query<Waiting>(text, [pids])).rows[0];
}

/** The locks that a transaction took too late, each with the one that it took before. */
export function lateLocks(locks: Lock[]): string[] {
  const late: string[] = [];
  const latest = new Map<string, Lock>();
  for (const lock of locks) {
    const isRanked = rankOf(lock) >= 0;
    const last = latest.get(lock.transaction);
    if (last && (isRanked ? isBefore(lock, last) : last.kind === "proof" && lock.kind !== "Organization"))
      late.push(`${lock.kind} ${lock.key} after ${last.kind} ${last.key}`);
    if (isRanked) latest.set(lock.transaction, lock);
  }
  return late;
}

const rankOf = ({ kind }: Lock) => (lockOrder as readonly string[]).indexOf(kind);
const isBefore = (a: Lock, b: Lock) => rankOf(a) < rankOf(b) || (rankOf(a) === rankOf(b) && a.key < b.key);
