// Tests which operations write to the audit log, and that nobody can change its entries.
import { expect, it } from "vitest";
import { type OperationName, operations } from "@/lib/contract/index";
import { db } from "@/lib/server/db";
import pg from "pg";
import { as, callerOf, outcome, type TestPerson } from "@/tests/harness/people";
import { samples, makeWorld, type World } from "@/tests/harness/samples";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

/** Operations whose sample is not an administrative act when the owner sends it: who sends it instead, and why. */
const askers: { [N in OperationName]?: { because: string; asker: (world: World) => TestPerson } } = {
  "message.delete": { because: "The owner wrote the message.", asker: ({ moderator }) => moderator },
};

const entriesOf = ({ organization }: World) =>
  db().auditEntry.findMany({ where: { organizationId: organization.id }, orderBy: { id: "asc" } });

const writing = (Object.keys(operations) as OperationName[])
  .filter((name) => !operations[name].http.startsWith("GET ") && name !== "organization.setup")
  // Last, because the owner can do nothing afterwards.
  .toSorted((a, b) => Number(a === "organization.leave") - Number(b === "organization.leave"));

it.each(writing)("%s writes into the audit log as its definition declares", async (name) => {
  const world = await makeWorld({ withPasswords: name === "password.change" });
  const asker = askers[name]?.asker(world) ?? world.owner;
  const before = await entriesOf(world);
  const { actor, address } = await callerOf(asker);
  expect(outcome(await as(asker).send(name, samples[name](world)))).toBe("ok");
  const written = (await entriesOf(world)).slice(before.length);
  const { audit } = operations[name];
  if (audit === null) return expect(written).toEqual([]);
  expect(written.length).toBeGreaterThan(0);
  for (const entry of written) {
    expect(entry).toMatchObject({ subject: audit, actorId: actor?.personId, address });
    expect(entry.before ?? entry.after).toBeTruthy();
  }
});

it("Entries contain no names of people, rooms and groups, except the name that was changed", async () => {
  const world = await makeWorld();
  for (const name of writing.filter((one) => operations[one].audit !== null)) {
    await as(askers[name]?.asker(world) ?? world.owner).send(name, samples[name](world));
  }
  const where = { organizationId: world.organization.id };
  const people = await db().person.findMany({ where, select: { name: true } });
  const rooms = await db().room.findMany({ where, select: { id: true, name: true } });
  const groups = await db().group.findMany({ where, select: { name: true } });
  const names = [...people, ...rooms, ...groups].flatMap(({ name }) => name ?? []);
  const entries = await entriesOf(world);
  expect(new Set(entries.map(({ act }) => act)).size).toBeGreaterThan(5);
  const values = (entry: unknown) => Object.entries(entry ?? {}).filter(([field]) => field !== "name");
  const text = JSON.stringify(entries.map(({ before, after }) => [values(before), values(after)]));
  expect(names.filter((name) => text.includes(`"${name}"`))).toEqual([]);
});

it("Nobody can change or delete an entry, neither the server's role nor the owner of the tables", async () => {
  const world = await makeWorld();
  const [entry] = await entriesOf(world);
  if (!entry) throw new Error("The world has no audit entry.");
  const where = { organizationId_id: { organizationId: entry.organizationId, id: entry.id } };
  const refused = /can not be changed or deleted/;
  await expect(db().auditEntry.update({ where, data: { address: "" } })).rejects.toThrow(refused);
  await expect(db().auditEntry.delete({ where })).rejects.toThrow(refused);
  const owner = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL ?? "" });
  await owner.connect();
  try {
    await expect(owner.query(`UPDATE "AuditEntry" SET act = 'x' WHERE id = $1`, [entry.id])).rejects.toThrow(refused);
    await expect(owner.query(`DELETE FROM "AuditEntry" WHERE id = $1`, [entry.id])).rejects.toThrow(refused);
    // Checks only the trigger's definition: a TRUNCATE would lock the table against tests that run at the same time.
    const definition = `SELECT pg_get_triggerdef(oid) AS text FROM pg_trigger WHERE tgname = 'AuditEntry_kept_whole' AND tgenabled = 'O'`;
    expect((await owner.query(definition)).rows).toEqual([
      {
        text: expect.stringMatching(/BEFORE TRUNCATE ON .*"AuditEntry" .* EXECUTE FUNCTION .*"refuseAuditChange"\(\)/),
      },
    ]);
  } finally {
    await owner.end();
  }
  expect(await db().auditEntry.findUnique({ where })).toEqual(entry);
});

it("An operation that is done once writes one entry, however often it is sent", async () => {
  const world = await makeWorld();
  const input = samples["room.archive"](world);
  for (let count = 0; count < 3; count++) await as(world.owner).do("room.archive", input);
  const entries = (await entriesOf(world)).filter(({ act }) => act === "room.archive");
  expect(entries).toMatchObject([
    { subjectId: world.room.id, roomId: world.room.id, before: { archived: false }, after: { archived: true } },
  ]);
});
