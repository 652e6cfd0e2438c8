// A blocked person can't find out. Each operation answers them as it answers somebody who is not blocked, and executes as many
// statements, so that it takes as long (docs/decisions/0063). New operations are included automatically.
import pg from "pg";
import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, expect, it, vi } from "vitest";
import { type OperationName, operations } from "@/lib/contract/index";
import { yes } from "@/lib/policy/decision";
import { db } from "@/lib/server/db";
import { execute } from "@/lib/server/execute";
import { type Handler, handle } from "@/lib/server/handler";
import { differing } from "@/tests/harness/copy-world";
import { as, callerOf, type TestPerson } from "@/tests/harness/people";
import { makeWorld, samples, type World } from "@/tests/harness/samples";
import { isBySweep } from "@/tests/harness/statements";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

beforeAll(async () => {
  // The first world is made by operations, which leave traces in this process. All others are copies.
  await makeWorld();
  await makeWorld({ withPasswords: true });
});

const names = Object.keys(operations) as OperationName[];

async function everybodyBlocks({ organization }: World, { id: blockedId }: TestPerson): Promise<void> {
  const { id: organizationId } = organization;
  const others = await db().person.findMany({
    where: { organizationId, NOT: { id: blockedId } },
    select: { id: true },
  });
  await db().block.createMany({ data: others.map(({ id }) => ({ organizationId, blockerId: id, blockedId })) });
}

/** Two worlds. In the second, everybody else blocks the owner. */
async function twins(name?: OperationName): Promise<[World, World]> {
  const worlds = [name, name].map((each) => makeWorld({ withPasswords: each === "password.change" }));
  const [plain, blocked] = (await Promise.all(worlds)) as [World, World];
  await everybodyBlocks(blocked, blocked.owner);
  return [plain, blocked];
}

/** The values in an answer, each with its place. Ids, times and what is random are masked, so that twins have the same. */
function leaves(value: unknown, place = ""): string[] {
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, inner]) =>
      leaves(inner, `${place}.${Array.isArray(value) ? "" : key}`),
    );
  return [`${place}: ${JSON.stringify(value)}`];
}
const masked = (answer: unknown): string[] =>
  leaves(answer)
    .map((leaf) =>
      leaf
        .replace(differing, "random")
        .replace(/[\w-]{43}/g, "random")
        .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, "time")
        .replace(/^\.data\.next: ".*"/, ".data.next"),
    )
    .toSorted();

const nameOf = (statement: string | pg.QueryConfig) =>
  typeof statement === "string" ? statement : (statement.name ?? statement.text);

/** Asks as the owner. Returns the answer, and the statements that were executed for it, in any order. */
async function answered(world: World, ask: (owner: TestPerson) => Promise<unknown>) {
  // A write that takes longer than it should reads some things twice. Here, none does.
  vi.spyOn(performance, "now").mockReturnValue(performance.now());
  const query = vi.spyOn(pg.Client.prototype, "query");
  const answer = await ask(world.owner);
  const statements = query.mock.calls
    .map(([first]) => nameOf(first as string | pg.QueryConfig))
    .filter((statement) => !isBySweep(statement)); // of files that ran before in this process
  vi.restoreAllMocks();
  return { answer: masked(answer), statements: statements.toSorted() };
}

it.each(names.filter((name) => name !== "organization.setup"))(
  "%s answers somebody whom everybody blocks as it answers anybody, with the same statements",
  { timeout: 30_000 },
  async (name) => {
    const [plain, blocked] = await twins(name);
    const ask = (world: World) => answered(world, (owner) => as(owner).send(name, samples[name](world)));
    const expected = await ask(plain);
    expect(expected.answer).toContain(".ok: true");
    expect(expected.statements.length).toBeGreaterThan(0);
    expect(await ask(blocked)).toEqual(expected);
  },
);

it("An operation that reads whether its asker is blocked is found", async () => {
  const [plain, blocked] = await twins();
  const handler = handle(operations["room.type"], {
    mode: "write",
    async load({ tx, actor }) {
      const blocks = await tx.block.count({ where: { blockedId: actor.personId } });
      if (blocks > 0) await tx.$queryRaw`SELECT 1`;
      return {};
    },
    allow: () => yes,
    run: async () => ({}),
  });
  const ask = (world: World) =>
    answered(world, async (owner) => execute(handler as Handler, await callerOf(owner), samples["room.type"](world)));
  const [one, other] = [await ask(plain), await ask(blocked)];
  expect(other.answer).toEqual(one.answer);
  expect(other.statements.length).toBe(one.statements.length + 1);
});

/** The files that read blocks. Each reads those of the person who receives the answer or event, and of nobody else. */
const readers = [
  "lib/domain/block/add.ts",
  "lib/domain/block/blocks.ts",
  "lib/domain/block/heard.ts",
  "lib/domain/block/list.ts",
  "lib/domain/block/remove.ts",
  "lib/domain/organization/list.ts",
  "lib/domain/room-invite/pending.ts",
];

it("Blocks are read only where they are read for who blocks", () => {
  const files = readdirSync("lib", { recursive: true, encoding: "utf8" })
    .map((file) => `lib/${file}`)
    .filter((file) => file.endsWith(".ts") && !file.includes("generated/") && !file.includes(".test."));
  const reading = files.filter((file) =>
    /"Block"|\b(?:tx|db\(\))\.block\.|\b(?:blockedBy|blocksMade)\b/.test(readFileSync(file, "utf8")),
  );
  expect(reading.toSorted()).toEqual(readers);
});
