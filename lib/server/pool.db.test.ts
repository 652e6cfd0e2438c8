import { expect, it } from "vitest";
import { pool } from "./pool";

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
