import pg from "pg";
import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { as, callerOf, joinAs, makeOrganization, makePerson, makeRoom, outcome } from "@/tests/harness/people";
import { exportAudit } from "./export";

process.env.LIMIT_FACTOR = "1000"; // this is not about limits

async function setting() {
  const organization = await makeOrganization();
  const { owner } = organization;
  const [admin, mia] = [
    await makePerson(organization, { role: "admin", name: "=Ada()" }),
    await makePerson(organization),
  ];
  const [room, secret] = [await makeRoom(organization), await makeRoom(organization, { access: "private" })];
  await joinAs("admin", room, owner);
  await joinAs("admin", secret, owner);
  return { organization, owner, admin, mia, room, secret };
}
type Who = Awaited<ReturnType<typeof setting>>["owner"];
const list = async (who: Who, input: object = {}) => (await as(who).do("audit.list", input)).entries;

it("Entries are listed newest first, by person, act, room and time, with the names of today", async () => {
  const { owner, admin, mia, room } = await setting();
  await as(owner).do("membership.add", { roomId: room.id, personIds: [mia.id] });
  await as(owner).do("room.archive", { roomId: room.id });
  const between = new Date().toISOString();
  await as(admin).do("person.deactivate", { personId: mia.id });
  const acts = async (input: object) => (await list(admin, input)).map(({ act }) => act);
  expect(await acts({})).toEqual(["person.deactivate", "room.archive", "membership.add"]);
  expect(await acts({ personId: mia.id })).toEqual(["person.deactivate", "membership.add"]);
  expect(await acts({ personId: admin.id })).toEqual(["person.deactivate"]);
  expect(await acts({ roomId: room.id })).toEqual(["room.archive", "membership.add"]);
  expect(await acts({ act: "room.archive" })).toEqual(["room.archive"]);
  expect(await acts({ until: new Date(Date.parse(between) + 1).toISOString(), roomId: room.id })).toHaveLength(2);
  expect(await acts({ since: new Date(Date.now() + 60_000).toISOString() })).toEqual([]);
  const { names } = await as(admin).do("audit.list", {});
  expect(names).toEqual({ [owner.id]: owner.name, [admin.id]: admin.name, [mia.id]: mia.name, [room.id]: room.name });
});

it("What was written in a private room is hidden from an admin who is not in it, and what was done is not", async () => {
  const { owner, admin, secret } = await setting();
  await as(owner).do("room.update", { roomId: secret.id, topic: "Layoffs", description: "Very", name: "Plan" });
  const [seen] = await list(owner);
  expect(seen).toMatchObject({ hidden: false, after: { topic: "Layoffs", description: "Very", name: "Plan" } });
  const [hidden] = await list(admin);
  expect(hidden).toMatchObject({ hidden: true, after: { name: "Plan" } });
  expect(JSON.stringify(hidden)).not.toContain("Layoffs");
});

it("An organization sees none of another's entries", async () => {
  const [mine, theirs] = [await setting(), await setting()];
  await as(mine.owner).do("room.archive", { roomId: mine.room.id });
  expect(await list(theirs.owner)).toEqual([]);
  expect(await list(theirs.owner, { roomId: mine.room.id })).toEqual([]);
});

async function textOf(who: Who, query: Record<string, string>): Promise<string> {
  const { parts } = await exportAudit(await callerOf(who), query);
  let text = "";
  for await (const part of parts) text += part;
  return text;
}

it("The export has every entry once, in CSV and as one JSON object per line, and a name is no formula", async () => {
  const { organization, owner, admin, mia, room } = await setting();
  await as(admin).do("person.deactivate", { personId: mia.id });
  const what = { organizationId: organization.id, act: "room.archive", subject: "room", subjectId: room.id };
  const many = Array.from({ length: 450 }, (_, at) => {
    return {
      ...what,
      id: `01900000-0000-7000-8000-${String(at).padStart(12, "0")}`,
      address: "192.0.2.1",
      at: new Date(),
    };
  });
  await db().auditEntry.createMany({ data: many });
  const lines = (await textOf(owner, { format: "csv" })).trim().split("\r\n");
  expect(lines).toHaveLength(452);
  expect(lines[0]).toMatch(/^"Time","Who"/);
  expect(lines[1]).toContain(`"'=Ada()"`);
  const entries = (await textOf(owner, { format: "json", act: "room.archive" })).trim().split("\n");
  expect(new Set(entries.map((entry) => (JSON.parse(entry) as { id: string }).id)).size).toBe(450);
});

it("Only owners and admins export it, and no longer once their role or session has ended", async () => {
  const { owner, admin, mia } = await setting();
  await expect(textOf(mia, { format: "csv" })).rejects.toMatchObject({ code: "forbidden" });
  await as(owner).do("person.endLogins", { personId: mia.id });
  const { parts } = await exportAudit(await callerOf(admin), { format: "json" });
  await as(owner).do("organization.setRole", { personId: admin.id, role: "member" });
  expect((await parts.next()).done).toBe(true);
  expect(outcome(await as(admin).ask("audit.list", {}))).toBe("forbidden");
});

it("No filter reads the whole log: each has an index", async () => {
  const { organization, owner, room } = await setting();
  const owners = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL ?? "" });
  await owners.connect();
  try {
    const fill = `
      INSERT INTO "AuditEntry" (id, "organizationId", "actorId", act, subject, "subjectId", address, at)
      SELECT gen_random_uuid(), $1, $2, 'room.update', 'room', $3, '', now() FROM generate_series(1, 20000)`;
    await owners.query(fill, [organization.id, owner.id, room.id]);
    await owners.query(`ANALYZE "AuditEntry"`);
    const id = uuidv7();
    const conditions = ["true", `"actorId" = '${id}'`, `"roomId" = '${id}'`, `act = 'room.delete'`, `id < '${id}'`];
    for (const condition of conditions) {
      const { rows } = await owners.query(
        `EXPLAIN SELECT * FROM "AuditEntry" WHERE "organizationId" = $1 AND ${condition} ORDER BY id DESC LIMIT 51`.replace(
          "$1",
          `'${organization.id}'`,
        ),
      );
      expect(JSON.stringify(rows), condition).not.toContain("Seq Scan");
    }
  } finally {
    await owners.end();
  }
});
