// Runs the migration to logins and handles on rows of the previous version.
import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { OrganizationHandle } from "@/lib/contract/organization-handle";
import { migrate, readMigrations } from "@/scripts/migrate.mjs";

const id = (n: number) => `019a5e0c-4b7e-7c1d-9f00-${String(n).padStart(12, "0")}`;
const names = ["Larkfield", "larkfield!", "Café Zoë", "上海", "API", "X", "Long ".repeat(12), "Larkfield"];
let client: pg.Client;

const addOrganization = (n: number, name: string) =>
  client.query(`INSERT INTO "Organization" (id, name, epoch) VALUES ($1, $2, $1)`, [id(n), name]);
const addPerson = (n: number, accountId: string | null) =>
  client.query(
    `INSERT INTO "Person" (id, "organizationId", "accountId", name, handle) VALUES ($1, $2, $3, 'Mia', 'mia' || $4::text)`,
    [id(n), id(1), accountId, n],
  );
const addSession = (n: number, personId: string, revokedAt: string | null) =>
  client.query(
    `INSERT INTO "Session" (id, "organizationId", "personId", "expiresAt", "revokedAt")
     VALUES ($1, $2, $3, now() + interval '1 day', $4)`,
    [id(n), id(1), personId, revokedAt],
  );
const rows = async (text: string) => (await client.query(text)).rows as Record<string, unknown>[];
const loginsSql = `SELECT s.id, s."loginId", l."accountId", l."endedAt" FROM "Session" s LEFT JOIN "Login" l ON l.id = s."loginId"
  ORDER BY s.id`;

beforeAll(async () => {
  const url = new URL(process.env.OWNER_DATABASE_URL ?? "");
  url.pathname = `/logins-${randomBytes(6).toString("hex")}`;
  const all = readMigrations().map(({ name }) => name);
  const before = new Set(
    all.slice(
      0,
      all.findIndex((name) => name.endsWith("_logins")),
    ),
  );
  await migrate(url.href, undefined, { only: before });
  client = new pg.Client({ connectionString: url.href });
  await client.connect();
  for (const [n, name] of names.entries()) await addOrganization(n + 1, name);
  await client.query(`INSERT INTO "Account" (id, email, "passwordHash") VALUES ($1, 'mia@example.org', 'none')`, [
    id(20),
  ]);
  await addPerson(30, id(20));
  await addPerson(31, null);
  await addSession(40, id(30), null);
  await addSession(41, id(30), "2026-11-01T00:00:00Z");
  await migrate(url.href);
}, 60_000);
afterAll(() => client.end());

it("Each organization gets a handle of its own, from its name if it has letters for one", async () => {
  const handles = (await rows(`SELECT handle FROM "Organization" ORDER BY id`)).map(({ handle }) => handle as string);
  for (const handle of handles) expect(OrganizationHandle.safeParse(handle).success, handle).toBe(true);
  expect(new Set(handles).size).toBe(names.length);
  expect(handles[0]).toBe("larkfield");
  expect(handles[1]).toMatch(/^larkfield-\d{12}$/);
  expect(handles[2]).toBe("cafe-zoe");
  expect(handles.slice(3, 6)).toEqual([4, 5, 6].map((n) => `team-${String(n).padStart(12, "0")}`));
  expect(handles[6]).toBe("long-long-long-long-long-long-lo");
  expect(handles[7]).toMatch(/^larkfield-\d{12}$/);
});

it("Each session becomes a login of its account with the same id, so that its cookie stays valid", async () => {
  expect((await rows(loginsSql)).slice(0, 2)).toEqual([
    { id: id(40), loginId: id(40), accountId: id(20), endedAt: null },
    { id: id(41), loginId: id(41), accountId: id(20), endedAt: new Date("2026-11-01T00:00:00Z") },
  ]);
});

it("What the previous version inserts gets a handle and a login", async () => {
  await addOrganization(10, "Later");
  expect(await rows(`SELECT handle FROM "Organization" WHERE id = '${id(10)}'`)).toEqual([
    { handle: "team-000000000010" },
  ]);
  await addSession(42, id(30), null);
  expect((await rows(loginsSql)).at(-1)).toEqual({ id: id(42), loginId: id(42), accountId: id(20), endedAt: null });
});
