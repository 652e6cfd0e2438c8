import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { query, runningDatabase, serversDatabase } from "./installation";
import { answers, newPlace, type Place, start, type Started } from "./started";

let place: Place;
let parley: Started;

async function begin() {
  parley = start(place, { LOG_LEVEL: "error" });
  await parley.says("Press Ctrl-C to stop");
}

async function end() {
  parley.process.kill("SIGTERM");
  await parley.ended;
}

beforeAll(async () => {
  place = await newPlace();
  await begin();
}, 120_000);

afterAll(async () => {
  await end();
  rmSync(place.folder, { recursive: true, force: true });
});

/** The database role of the server's connections. */
const users = () =>
  query<{ usename: string }>(
    runningDatabase(place),
    `SELECT DISTINCT usename::text FROM pg_stat_activity
     WHERE datname = 'parley' AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
  );

test.each([
  `DROP TABLE "Message"`,
  `TRUNCATE "Message"`,
  `ALTER TABLE "Session" DISABLE TRIGGER ALL`,
  `ALTER TABLE "Room" ADD COLUMN "more" TEXT`,
  `DROP TRIGGER "Session_ended" ON "Session"`,
  `CREATE OR REPLACE FUNCTION "tickLoginClock"() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'`,
  "SET session_replication_role = replica",
  `CREATE TABLE "Mine" ("id" INT)`,
  `CREATE TEMPORARY TABLE "mine" ("id" INT)`,
  `CREATE SCHEMA "mine"`,
  "CREATE EXTENSION pg_trgm",
  `CREATE DATABASE "mine"`,
  `COPY "Room" TO PROGRAM 'cat'`,
  `COPY "Room" TO '/tmp/room'`,
  "SELECT pg_read_file('PG_VERSION')",
  "SELECT * FROM pg_authid",
  `CREATE ROLE "another" SUPERUSER`,
  "ALTER ROLE parley_server SUPERUSER",
  "SET ROLE parley",
  `DELETE FROM "_prisma_migrations"`,
  "ALTER SYSTEM SET fsync = off",
])("The server's role is refused: %s", async (sql) => {
  await expect(query(serversDatabase(place), sql)).rejects.toMatchObject({ code: "42501" });
});

test("The server's database role owns nothing, and can read and write every row", async () => {
  const url = serversDatabase(place);
  const owned = `SELECT 1 FROM pg_shdepend WHERE refobjid = 'parley_server'::regrole AND deptype = 'o'`;
  expect(await query(url, owned)).toEqual([]);
  const tables = await query<{ name: string; may: boolean }>(
    url,
    `SELECT c.relname AS name, has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
       AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE') AS may
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname IN ('public', 'parley_moment') AND c.relname <> '_prisma_migrations'`,
  );
  expect(tables.length).toBeGreaterThan(10);
  expect(tables.filter(({ may }) => !may)).toEqual([]);
});

test("A data folder with one database role gets the second at its next start, and only its owner can read its secrets", async () => {
  expect(await users()).toEqual([{ usename: "parley_server" }]);
  await query(runningDatabase(place), "DROP OWNED BY parley_server; DROP ROLE parley_server");
  await end();
  const file = path.join(place.dataDir, "secrets.json");
  const { serverPassword, ...before } = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  writeFileSync(file, JSON.stringify(before));

  await begin();
  expect(await answers(place)).toBe(true);
  expect(await users()).toEqual([{ usename: "parley_server" }]);
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject(before);
  expect(readFileSync(file, "utf8")).not.toContain(serverPassword);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
