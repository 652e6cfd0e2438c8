import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { type OperationName, operations } from "@/lib/contract/index";
import { pool } from "@/lib/server/pool";
import { readForeignKeys } from "@/scripts/backup/tables.mjs";
import { as, makeOrganization } from "@/tests/harness/people";
import { everythingOf } from "@/tests/harness/everything";
import { makeWorld, samples } from "@/tests/harness/samples";
import { type ForeignKey, listsEverything, fieldsOfIds, tiesNothing, tieText } from "@/tests/harness/ties";

process.env.LIMIT_FACTOR = "1000"; // this is not about limits

const names = Object.keys(operations) as OperationName[];
const ids = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
const withIds = names.filter((name) => fieldsOfIds(operations[name]).length > 0);

it.each(withIds)(
  "%s answers about another organization's ids as about ids that nobody has",
  { timeout: 60_000 },
  async (name) => {
    const [here, there] = [await makeWorld(), await makeWorld()];
    // Each id gives way to one and the same other, also where an answer repeats it.
    const question = JSON.stringify(samples[name](there));
    const named = new Map([...new Set(question.match(ids))].map((id) => [id, uuidv7()]));
    const unknown = (text: string) => text.replace(ids, (id) => named.get(id) ?? id);
    const real = await as(here.owner).send(name, JSON.parse(question));
    const none = await as(here.owner).send(name, JSON.parse(unknown(question)));
    expect(unknown(JSON.stringify(real))).toBe(JSON.stringify(none));
  },
);

it("Everything somebody lists is of their own organization", async () => {
  const [here, there] = [await makeWorld(), await makeWorld()];
  const foreign = [
    there.room,
    there.openRoom,
    ...Object.values(there).filter((value) => typeof value === "object"),
  ].flatMap((value) => ("id" in value ? [value.id] : []));
  const listed = async (who: typeof here.owner) => {
    const lists = names.filter((name) => listsEverything(operations[name]));
    expect(lists.length).toBeGreaterThan(5);
    return JSON.stringify(await Promise.all(lists.map((name) => as(who).send(name, {}))));
  };
  expect(foreign.length).toBeGreaterThan(8);
  const [mine, theirs] = [await listed(here.owner), await listed(there.owner)];
  expect(foreign.some((id) => theirs.includes(id))).toBe(true);
  expect(foreign.filter((id) => mine.includes(id))).toEqual([]);
});

it("The database itself refuses a row that ties two organizations together, whatever ties them", async () => {
  const [here, there] = [await everythingOf(await makeWorld()), await everythingOf(await makeWorld())];
  const client = await pool().connect();
  const keys = ((await readForeignKeys(client)) as ForeignKey[]).filter((key) => !tiesNothing(key));
  expect(keys.length).toBeGreaterThan(15);
  for (const key of keys) {
    const tie = async (rows: Record<string, unknown[]>) => {
      const { text, values } = tieText(key, here, rows);
      await client.query("BEGIN");
      const answer = await client.query(text, values).then(
        ({ rowCount }) => `${rowCount} row`,
        (error: { code: string }) => error.code,
      );
      await client.query("ROLLBACK");
      return answer;
    };
    // Rows of one organization are taken, or refused for standing there already.
    expect.soft(await tie(here), key.name).toMatch(/^(1 row|23505)$/);
    expect.soft(await tie(there), key.name).toBe("23503");
  }
  client.release();
});

it("Somebody of another organization is not found through any place they share by name", async () => {
  const there = await makeOrganization();
  const here = await makeOrganization();
  const { people } = await as(here.owner).do("person.list", { query: "Olga" });
  expect(people.map((person) => person.id)).toEqual([here.owner.id]);
  expect(people.map((person) => person.id)).not.toContain(there.owner.id);
});
