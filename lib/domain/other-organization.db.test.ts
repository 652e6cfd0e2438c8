import { uuidv7 } from "uuidv7";
import { beforeAll, expect, it } from "vitest";
import { type OperationName, operations } from "@/lib/contract/index";
import { pool } from "@/lib/server/pool";
import { readForeignKeys } from "@/scripts/backup/tables.mjs";
import { as, joinOrganization, makeOrganization } from "@/tests/harness/people";
import { everythingOf } from "@/tests/harness/everything";
import { makeWorld, samples, type World } from "@/tests/harness/samples";
import { type ForeignKey, idFields, isExempt, readsWithoutInput, referenceText } from "@/tests/harness/isolation";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const names = Object.keys(operations) as OperationName[];
const ids = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
const withIds = names.filter((name) => idFields(operations[name]).length > 0);

/** Two worlds. No test changes them. */
let here: World;
let there: World;
beforeAll(async () => {
  [here, there] = [await makeWorld(), await makeWorld()];
  // The owner is an owner of the other organization, too. Their person here must gain nothing by that.
  await joinOrganization(here.owner, there.organization, "owner");
});

it.each(withIds)(
  "%s gives the same answer for ids of another organization as for ids that do not exist",
  { timeout: 60_000 },
  async (name) => {
    // Each id has one replacement, in the input and wherever the answer repeats the id.
    const input = JSON.stringify(samples[name](there));
    const replacements = new Map([...new Set(input.match(ids))].map((id) => [id, uuidv7()]));
    const unknown = (text: string) => text.replace(ids, (id) => replacements.get(id) ?? id);
    const real = await as(here.owner).send(name, JSON.parse(input));
    const none = await as(here.owner).send(name, JSON.parse(unknown(input)));
    expect(unknown(JSON.stringify(real))).toBe(JSON.stringify(none));
  },
);

it("Lists contain only what belongs to the asker's own organization", async () => {
  const foreign = [
    there.room,
    there.openRoom,
    ...Object.values(there).filter((value) => typeof value === "object"),
  ].flatMap((value) => ("id" in value ? [value.id] : []));
  const listed = async (who: typeof here.owner) => {
    const lists = names.filter((name) => readsWithoutInput(operations[name]));
    expect(lists.length).toBeGreaterThan(5);
    return JSON.stringify(await Promise.all(lists.map((name) => as(who).send(name, {}))));
  };
  expect(foreign.length).toBeGreaterThan(8);
  const [mine, theirs] = [await listed(here.owner), await listed(there.owner)];
  expect(foreign.some((id) => theirs.includes(id))).toBe(true);
  expect(foreign.filter((id) => mine.includes(id))).toEqual([]);
});

it("The database refuses a row that references another organization's row, for every foreign key", async () => {
  const [ours, theirs] = [await everythingOf(here), await everythingOf(there)];
  const client = await pool().connect();
  const keys = ((await readForeignKeys(client)) as ForeignKey[]).filter((key) => !isExempt(key));
  expect(keys.length).toBeGreaterThan(15);
  for (const key of keys) {
    const reference = async (rows: Record<string, unknown[]>) => {
      const { text, values } = referenceText(key, ours, rows);
      await client.query("BEGIN");
      const answer = await client.query(text, values).then(
        ({ rowCount }) => `${rowCount} row`,
        (error: { code: string }) => error.code,
      );
      await client.query("ROLLBACK");
      return answer;
    };
    // Within one organization, the reference is accepted, or it duplicates an existing row (error 23505).
    expect.soft(await reference(ours), key.name).toMatch(/^(1 row|23505)$/);
    expect.soft(await reference(theirs), key.name).toBe("23503");
  }
  client.release();
});

it("A search for a name does not find a person of another organization who has that name", async () => {
  const theirs = await makeOrganization();
  const own = await makeOrganization();
  const { people } = await as(own.owner).do("person.list", { query: "Olga" });
  expect(people.map((person) => person.id)).toEqual([own.owner.id]);
  expect(people.map((person) => person.id)).not.toContain(theirs.owner.id);
});
