import { createServer, type Socket } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { afterEach, expect, it } from "vitest";
import { Prisma, PrismaClient } from "@/lib/generated/prisma/client";
import { isRetryable, isUnavailable } from "./database-error";

const url = () => process.env.DATABASE_URL ?? "";
const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

/** A pool and a Prisma client with these settings, on the tests' database or on another port. */
function connect(config: pg.PoolConfig = {}, connectionString = url()) {
  const pool = new pg.Pool({ connectionString, max: 2, connectionTimeoutMillis: 10_000, ...config });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions: { maxWait: 300, timeout: 300 } });
  endings.push(
    () => prisma.$disconnect(),
    () => pool.end(),
  );
  return { pool, prisma };
}

/** Serves connections on a port of this machine. */
async function listen(serve: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  endings.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return Object.assign(new URL(url()), {
    hostname: "127.0.0.1",
    port: String((server.address() as { port: number }).port),
  }).href;
}

/** The errors of the same query by every way that the server makes one. */
async function failures({ pool, prisma }: ReturnType<typeof connect>, sql: string): Promise<unknown[]> {
  // oxlint-disable-next-line no-restricted-properties -- the text is this test's own
  const text = Prisma.raw(sql);
  const ways = [
    () => pool.query(sql),
    () => prisma.$queryRaw(text),
    () => prisma.$executeRaw(text),
    () => prisma.$transaction((tx) => tx.$queryRaw(text)),
  ];
  const errors: unknown[] = [];
  for (const way of ways)
    await way().then(
      () => errors.push("no error"),
      (error: unknown) => errors.push(error),
    );
  return errors;
}

const everyWay = (expected: unknown) => [expected, expected, expected, expected];
const outage = async (connection: ReturnType<typeof connect>, sql = "SELECT 1") =>
  (await failures(connection, sql)).map((error) => isUnavailable(error) || error);
const raise = (code: string) => `DO $$ BEGIN RAISE EXCEPTION 'made up' USING ERRCODE = '${code}'; END $$`;

it("A database that does not answer a query in time is busy", async () => {
  expect(await outage(connect({ query_timeout: 100 }), "SELECT pg_sleep(1)")).toEqual(everyWay(true));
  expect(await outage(connect({ statement_timeout: 50 }), "SELECT pg_sleep(1)")).toEqual(everyWay(true));
});

it("A database that cannot be reached is busy", async () => {
  const address = (change: object) => Object.assign(new URL(url()), change).href;
  expect(await outage(connect({}, address({ hostname: "127.0.0.1", port: "1" })))).toEqual(everyWay(true));
  expect(await outage(connect({}, address({ hostname: "nowhere.invalid" })))).toEqual(everyWay(true));
  expect(await outage(connect({ connectionTimeoutMillis: 50 }, await listen(() => {})))).toEqual(everyWay(true));
  expect(await outage(connect({}, await listen((socket) => socket.destroy())))).toEqual(everyWay(true));
  expect(await outage(connect({}, address({ username: "nobody" })))).toEqual(everyWay(true));
});

it("A pool without a free connection is busy", async () => {
  const full = connect({ max: 1, connectionTimeoutMillis: 50 });
  const held = await full.pool.connect();
  expect(await outage(full)).toEqual(everyWay(true));
  held.release();
});

it("A connection that the database ends is busy", async () => {
  expect(await outage(connect(), "SELECT pg_terminate_backend(pg_backend_pid())")).toEqual(everyWay(true));
});

it.each(["08006", "25P03", "25P04", "53100", "53300", "55P03", "57P01", "57P03", "58030"])(
  "Postgres' error %s is busy",
  async (code) => {
    expect(await outage(connect(), raise(code))).toEqual(everyWay(true));
  },
);

it("A transaction that takes too long, or finds no connection in time, is busy", async () => {
  const { prisma } = connect({ max: 1 });
  const slow = prisma.$transaction((tx) => tx.$queryRaw`SELECT pg_sleep(0.6) IS NULL`);
  const waiting = prisma.$transaction((tx) => tx.$queryRaw`SELECT 1`);
  for (const ending of await Promise.allSettled([slow, waiting]))
    expect("reason" in ending && isUnavailable(ending.reason)).toBe(true);
});

it.each(["40001", "40P01"])("A transaction that failed because of another one (%s) is tried again", async (code) => {
  expect((await failures(connect(), raise(code))).map(isRetryable)).toEqual(everyWay(true));
});

it.each(["23503", "42601", "22P02", "XX000"])("Postgres' error %s is a defect", async (code) => {
  const errors = await failures(connect(), raise(code));
  expect(errors.map((error) => error instanceof Error && !isUnavailable(error) && !isRetryable(error))).toEqual(
    everyWay(true),
  );
});
