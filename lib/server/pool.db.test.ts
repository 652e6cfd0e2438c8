import { PrismaPg } from "@prisma/adapter-pg";
import { expect, it } from "vitest";
import { PrismaClient } from "@/lib/generated/prisma/client";
import { createPool, pool } from "./pool";

it("A connection that is cut between two statements of a transaction fails the second, and neither the process nor the next", async () => {
  const client = await pool().connect();
  await client.query("BEGIN");
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const ended = new Promise<void>((resolve) => void client.once("end", resolve));
  await pool().query("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
  await ended;
  await expect(client.query("SELECT 1")).rejects.toThrow();
  client.release(true);
  expect((await pool().query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
});

it("A connection that did not answer a transaction in time is not used again, and one that did is", async () => {
  const connections = createPool({ connectionString: process.env.DATABASE_URL, max: 1, query_timeout: 200 });
  const prisma = new PrismaClient({ adapter: new PrismaPg(connections) });
  const connection = () => prisma.$transaction((tx) => tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`);
  const before = await connection();
  expect(await connection()).toEqual(before);
  await expect(prisma.$transaction((tx) => tx.$queryRaw`SELECT pg_sleep(2) IS NULL`)).rejects.toThrow("timeout");
  expect(await connection()).not.toEqual(before);
  await prisma.$disconnect();
  await connections.end();
});
