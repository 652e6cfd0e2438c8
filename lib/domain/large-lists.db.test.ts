// In a large organization, no list operation reads all messages, memberships or audit entries, whatever its input is.
import pg from "pg";
import { beforeAll, expect, it } from "vitest";
import { fillLargeOrganization } from "@/bench/parley/large-organization.mjs";
import type { Input, OperationName } from "@/lib/contract/index";
import { pool } from "@/lib/server/pool";
import { as, makeOrganization, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

// Postgres reports the plan of each statement as a notice. Only the owner of the database can turn that on.
const url = new URL(process.env.OWNER_DATABASE_URL ?? "");
const settings = {
  session_preload_libraries: "auto_explain",
  "auto_explain.log_min_duration": "0",
  "auto_explain.log_level": "notice",
  "auto_explain.log_format": "json",
  "auto_explain.log_analyze": "on",
  "auto_explain.log_timing": "off",
};
const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
url.searchParams.set("options", options.join(" "));
process.env.DATABASE_URL = url.href;

interface Part {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: Part[];
}
let plans: { "Query Text": string; Plan: Part }[] = [];

/** The most rows of each unbounded table that one statement may read. Each table has at least four times as many. */
const mostRows: Record<string, number> = { Message: 15_000, Membership: 35_000, AuditEntry: 10_000 };

const partsOf = (part: Part): Part[] => [part, ...(part.Plans ?? []).flatMap(partsOf)];

/** Returns the problems in the plans of all statements since the last call. */
function wrongPlans(): string[] {
  const seen = plans;
  plans = [];
  expect(seen.length).toBeGreaterThan(0);
  return seen.flatMap(({ Plan, "Query Text": text }) =>
    partsOf(Plan).flatMap((part) => {
      const { "Node Type": type, "Relation Name": table = "" } = part;
      const rows = (part["Actual Rows"] + (part["Rows Removed by Filter"] ?? 0)) * part["Actual Loops"];
      const most = mostRows[table] ?? Number.POSITIVE_INFINITY;
      return rows > most || (table in mostRows && type === "Seq Scan")
        ? [`${type} of ${rows} rows of ${table}: ${text}`]
        : [];
    }),
  );
}

let owner: TestPerson;
let ids: Awaited<ReturnType<typeof fillLargeOrganization>>;

beforeAll(async () => {
  pool().on("connect", (connection) =>
    connection.on("notice", ({ message }) => {
      const json = /plan:\s*(\{.*)/s.exec(message ?? "")?.[1];
      if (json) plans.push(JSON.parse(json));
    }),
  );
  const organization = await makeOrganization();
  owner = organization.owner;
  const client = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL ?? "" });
  await client.connect();
  const size = { people: 5_000, rooms: 5_000, mine: 200, messages: 60_000 };
  ids = await fillLargeOrganization(client, { organizationId: organization.id, ownerId: owner.id, ...size });
  // The owner blocks people, and has a conversation with each of the first.
  const { rows: blocked } = await client.query<{ id: string }>(
    `INSERT INTO "Block" ("organizationId", "blockerId", "blockedId")
    SELECT $1, $2, id FROM "Person" WHERE "organizationId" = $1 AND role = 'member' AND "deactivatedAt" IS NULL
    ORDER BY id LIMIT 100 RETURNING "blockedId" AS id`,
    [organization.id, owner.id],
  );
  for (const { id } of blocked.slice(0, 5)) {
    const { room } = await as(owner).do("direct.open", { personIds: [id] });
    await as(owner).do("message.send", { roomId: room.id, body: "Hello" });
  }
  expect((await as(owner).do("block.list", {})).blocked.flatMap(({ directRooms }) => directRooms).length).toBe(5);
  await client.query(`ANALYZE "Block"`);
  plans = [];
  for (const [table, most] of Object.entries(mostRows)) {
    const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int FROM "${table}"`);
    expect(rows[0]?.count).toBeGreaterThan(4 * most);
  }
  await client.end();
}, 60_000);

it("A statement that reads a whole table is noticed", async () => {
  await pool().query(`SELECT count(*) FROM "Message" WHERE body <> ''`);
  expect(wrongPlans()).toEqual([expect.stringMatching(/rows of Message/)]);
});

const days = (count: number) => new Date(Date.now() - count * 86_400_000).toISOString();
const of = <Name extends OperationName>(name: Name, inputs: () => Input<Name>[]) => [name, inputs] as const;

it.each([
  of("home.show", () => [{}]),
  of("room.administer", () => [
    ...(["name", "activity", "people", "messages"] as const).flatMap((sort) => [
      { sort },
      { sort, access: "private" as const, state: "archived" as const },
    ]),
    { groupId: ids.groupId, sort: "people" },
    { openableToGroupId: ids.groupId, state: "open" },
    { openableToGroupId: ids.groupId, sort: "people" },
    { query: "garden", state: "open" },
    { roomId: ids.generalId },
  ]),
  of("person.administer", () => [
    ...(["name", "lastSeen", "newest"] as const).flatMap((sort) => [
      { sort },
      { sort, role: "guest" as const, status: "deactivated" as const },
      { sort, groupId: ids.groupId },
    ]),
    { query: "olga", status: "active" },
  ]),
  of("group.list", () => [{}, { query: "garden" }]),
  of("group.show", () => [{ groupId: ids.groupId }]),
  of("group.members", () => [{ groupId: ids.groupId }, { groupId: ids.groupId, query: "olga" }]),
  of("membership.list", () => [{ roomId: ids.generalId }, { roomId: ids.generalId, query: "olga" }]),
  of("joinRequest.list", () => [{ roomId: ids.generalId }]),
  of("joinRequest.listMine", () => [{}]),
  of("block.list", () => [{}]),
  of("invite.list", () => [{}]),
  of("person.list", () => [{}, { query: "olga kh" }]),
  of("person.names", () => [{}, { roomId: ids.generalId }, { roomId: ids.generalId, role: "guest" }]),
  of("person.browse", () => [
    {},
    { role: "guest" as const },
    { groupId: ids.groupId },
    { presence: "active" as const },
    { query: "olga kh", groupId: ids.groupId },
  ]),
  of("room.list", () => [{}, { only: "joinable" }, { sort: "people" }, { sort: "activity" }, { query: "garden" }]),
  of("audit.list", () => [
    {},
    { personId: ids.personId },
    { personId: owner.id },
    { roomId: ids.roomId },
    { act: "room.delete" },
    { act: "ban.add", personId: ids.personId },
    { act: "organization.setRole", roomId: ids.roomId },
    { since: days(2) },
    { until: days(600), act: "ban.add" },
  ]),
])("%s reads what it shows, on its first page and on the last of some", async (name, inputs) => {
  const wrong: string[] = [];
  for (const input of inputs()) {
    let next: string | null | undefined;
    for (let page = 0; page < 4 && next !== null; page++) {
      const request = { ...input, ...(next && { after: next }) };
      next = ((await as(owner).do(name, request)) as { next?: string | null }).next ?? null;
    }
    wrong.push(...wrongPlans());
  }
  expect(wrong).toEqual([]);
});
