// Some tests cover every operation and every table. This file adds operations and tables that the helpers of those tests have no
// entries for. Each helper must include them, or fail with a message that says what to add.
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { fields, Id, Nothing, operation } from "@/lib/contract/operation";
import { yes } from "@/lib/policy/decision";
import { execute } from "@/lib/server/execute";
import { handle } from "@/lib/server/handler";
import { hashToken } from "@/lib/server/secret";
import { readForeignKeys, readTables } from "@/scripts/backup/tables.mjs";
import { differing } from "@/tests/harness/copy-world";
import { everythingOf, rowsText } from "@/tests/harness/everything";
import { callerOf } from "@/tests/harness/people";
import { type Peer, startPeer } from "@/tests/harness/peer";
import { makeWorld, sampleOf, type World } from "@/tests/harness/samples";
import { type ForeignKey, idFields, isExempt, referenceText } from "@/tests/harness/isolation";
import { whoMay } from "@/tests/harness/who-may";

let world: World;
/** All rows of the world, as they are before the tests. */
let made: Record<string, unknown[]>;
beforeAll(async () => {
  world = await makeWorld();
  made = await everythingOf(world);
});

/** A new operation, which the helpers have no entry for. */
const newOperation = (input: z.ZodObject, http: "GET" | "POST" = "POST") => {
  const common = { name: "poll.close", summary: "Close a poll", input, output: Nothing } as const;
  return http === "GET"
    ? operation({ ...common, http: "GET /api/polls" })
    : operation({ ...common, http: "POST /api/polls", repeat: "safe", audit: null });
};

describe("a new operation with an id of a new kind", () => {
  it.each([
    ["a field", fields({ pollId: Id })],
    ["an optional field", fields({ pollId: Id.nullable().optional() })],
    ["a list", fields({ pollIds: z.array(Id).default([]) })],
    ["an object in a list", fields({ polls: z.array(fields({ pollId: Id })) })],
  ])("needs an entry for its sample, and its field is found as an id: in %s", (_, input) => {
    expect(() => sampleOf(newOperation(input), world)).toThrow(
      /^Add the field pollId of poll\.close to idsByField in .*\.$/,
    );
    expect(idFields(newOperation(input))).toEqual(Object.keys(input.shape));
  });

  it("needs an entry for its sample, and its field is found as an id: in the keys of a map", () => {
    const polls = newOperation(fields({ polls: z.record(Id, z.int()).refine((map) => Object.keys(map).length > 0) }));
    expect(() => sampleOf(polls, world)).toThrow(/^Add an override for poll\.close to /);
    expect(idFields(polls)).toEqual(["polls"]);
  });

  it("needs a row that says who may call it", () => {
    for (const http of ["GET", "POST"] as const)
      expect(() => whoMay(newOperation(fields({ pollId: Id }), http))).toThrow(/^Add a row for poll\.close to /);
  });
});

it("A new operation that changes something needs a row that says who may call it, whatever its input is", () => {
  for (const input of [fields({}), fields({ roomId: Id })])
    expect(() => whoMay(newOperation(input))).toThrow(/^Add a row for poll\.close to /);
});

it("A new operation that reads about a room needs no entry: members may call it, and its sample names the world's room", () => {
  const polls = newOperation(fields({ roomId: Id }), "GET");
  expect(whoMay(polls)).toMatchObject({ nobody: "unauthenticated", admin: "not_found", guest: "ok" });
  expect(sampleOf(polls, world)).toEqual({ roomId: world.room.id });
});

describe("a new table", () => {
  let client: pg.Client;
  beforeAll(async () => {
    client = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL ?? "" });
    await client.connect();
    await client.query("BEGIN");
    await client.query(`CREATE TABLE "Poll" ("id" uuid PRIMARY KEY, "organizationId" uuid NOT NULL, "roomId" uuid NOT NULL,
      FOREIGN KEY ("organizationId", "roomId") REFERENCES "Room" ("organizationId", "id"))`);
    await client.query(`CREATE TABLE "Vote" ("id" uuid PRIMARY KEY, "pollId" uuid NOT NULL REFERENCES "Poll" ("id"))`);
  });
  afterAll(async () => {
    await client.query("ROLLBACK");
    await client.end();
  });

  it("is in the next backup, and its rows are compared before and after a call", async () => {
    const tables = (await readTables(client)) as Parameters<typeof rowsText>[0][];
    const [poll, vote] = ["Poll", "Vote"].map((name) => tables.find((table) => table.name === name));
    expect(rowsText(poll as never)).toContain('FROM "Poll" WHERE "organizationId" = $1');
    expect(() => rowsText(vote as never)).toThrow(/which rows of Vote belong to an organization/);
  });

  it("has its foreign keys tested across organizations, which needs a row of it in a world", async () => {
    const keys = ((await readForeignKeys(client)) as ForeignKey[]).filter((key) => !isExempt(key));
    const added = keys.filter(({ table }) => table === "Poll" || table === "Vote");
    expect(added.map(({ name }) => name)).toEqual(["Poll_organizationId_roomId_fkey", "Vote_pollId_fkey"]);
    const rows = await everythingOf(world);
    for (const key of added)
      expect(() => referenceText(key, rows, rows)).toThrow(/^Add a row of (Poll|Vote) to makeWorld/);
  });
});

describe("what an operation announces", () => {
  let peer: Peer;
  beforeAll(async () => {
    peer = await startPeer();
  });
  afterAll(() => peer.stop());

  it("is received by a peer even if its definition does not declare it", async () => {
    const undeclared = handle(newOperation(fields({})), {
      load: async () => ({}),
      allow: () => yes,
      async run({ actor, announce }) {
        announce.room(world.room.id);
        announce.me(actor.personId, { type: "gone", roomId: world.room.id });
        return {};
      },
    });
    const call = async () =>
      expect(await execute(undeclared, await callerOf(world.owner), {})).toMatchObject({ ok: true });
    expect(await peer.announced(world.organization, call)).toEqual(["frame", "me"]);
    expect(await peer.announced(world.organization, async () => {})).toEqual([]);
  });
});

it("A copied world differs from the first only in its ids, tokens, and random names, and shares none of them", async () => {
  const copy = await makeWorld();
  const texts = [JSON.stringify([world, made]), JSON.stringify([copy, await everythingOf(copy)])];
  const found = texts.map((text) => [...new Set(text.match(differing))]) as [string[], string[]];
  expect(found[0].length).toBeGreaterThan(50);
  expect(found[0].filter((each) => found[1].includes(each))).toEqual([]);
  const numbered = texts.map((text, at) => text.replace(differing, (each) => `<${found[at]?.indexOf(each)}>`));
  expect(JSON.parse(numbered[1] ?? "")).toEqual(JSON.parse(numbered[0] ?? ""));
  for (const token of [copy.inviteToken, copy.resetToken, copy.askToken]) expect(texts[1]).toContain(hashToken(token));
});
