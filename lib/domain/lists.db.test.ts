// A test of the tests that run over everything: something added that they cannot know makes each of them complain.
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { fields, Id, Nothing, operation } from "@/lib/contract/operation";
import { yes } from "@/lib/policy/decision";
import { execute } from "@/lib/server/execute";
import { handle } from "@/lib/server/handler";
import { readForeignKeys, readTables } from "@/scripts/backup/tables.mjs";
import { everythingOf, rowsText } from "@/tests/harness/everything";
import { callerOf } from "@/tests/harness/people";
import { type Peer, startPeer } from "@/tests/harness/peer";
import { makeWorld, sampleOf, type World } from "@/tests/harness/samples";
import { type ForeignKey, fieldsOfIds, tiesNothing, tieText } from "@/tests/harness/ties";
import { whoMay } from "@/tests/harness/who-may";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

/** An operation that nobody has told the tests of. */
const made = (input: z.ZodObject, http: "GET" | "POST" = "POST") => {
  const common = { name: "poll.close", summary: "Close a poll", input, output: Nothing } as const;
  return http === "GET"
    ? operation({ ...common, http: "GET /api/polls" })
    : operation({ ...common, http: "POST /api/polls", repeat: "safe" });
};

describe("an operation with an id that no world has", () => {
  it.each([
    ["a field", fields({ pollId: Id })],
    ["a field that may be left out", fields({ pollId: Id.nullable().optional() })],
    ["a list", fields({ pollIds: z.array(Id).default([]) })],
    ["a part of a list", fields({ polls: z.array(fields({ pollId: Id })) })],
  ])("has no sample, and is asked about another organization's: as %s", (_, input) => {
    expect(() => sampleOf(made(input), world)).toThrow(/^Say in .* what pollId of poll\.close is in a world\.$/);
    expect(fieldsOfIds(made(input))).toEqual(Object.keys(input.shape));
  });

  it("has no sample as the key of a map, either", () => {
    const polls = made(fields({ polls: z.record(Id, z.int()).refine((map) => Object.keys(map).length > 0) }));
    expect(() => sampleOf(polls, world)).toThrow(/^Say in .* what to ask of poll\.close/);
    expect(fieldsOfIds(polls)).toEqual(["polls"]);
  });

  it("has nobody who may ask it, until somebody decides that", () => {
    for (const http of ["GET", "POST"] as const)
      expect(() => whoMay(made(fields({ pollId: Id }), http))).toThrow(/who may ask poll\.close/);
  });
});

it("An operation that changes something has nobody who may ask it, whatever it is about", () => {
  for (const input of [fields({}), fields({ roomId: Id })])
    expect(() => whoMay(made(input))).toThrow(/who may ask poll\.close/);
});

it("An operation that reads about a room is for whoever is in it; its sample is about the world's", () => {
  const polls = made(fields({ roomId: Id }), "GET");
  expect(whoMay(polls)).toMatchObject({ nobody: "unauthenticated", admin: "not_found", guest: "ok" });
  expect(sampleOf(polls, world)).toEqual({ roomId: world.room.id });
});

describe("a table that is added", () => {
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

  it("is in the next backup, and in what is compared before and after", async () => {
    const tables = (await readTables(client)) as Parameters<typeof rowsText>[0][];
    const [poll, vote] = ["Poll", "Vote"].map((name) => tables.find((table) => table.name === name));
    expect(rowsText(poll as never)).toContain('FROM "Poll" WHERE "organizationId" = $1');
    expect(() => rowsText(vote as never)).toThrow(/which rows of Vote are of an organization/);
  });

  it("is asked to tie two organizations together, and wants a row in a world for that", async () => {
    const keys = ((await readForeignKeys(client)) as ForeignKey[]).filter((key) => !tiesNothing(key));
    const added = keys.filter(({ table }) => table === "Poll" || table === "Vote");
    expect(added.map(({ name }) => name)).toEqual(["Poll_organizationId_roomId_fkey", "Vote_pollId_fkey"]);
    const rows = await everythingOf(world);
    for (const key of added) expect(() => tieText(key, rows, rows)).toThrow(/^Make a row of (Poll|Vote) in makeWorld/);
  });
});

describe("what an operation announces", () => {
  let peer: Peer;
  beforeAll(async () => {
    peer = await startPeer();
  });
  afterAll(() => peer.stop());

  it("is found, whatever its definition says", async () => {
    const silent = handle(made(fields({})), {
      load: async () => ({}),
      allow: () => yes,
      async run({ actor, announce }) {
        announce.ring(world.room.id);
        announce.me(actor.personId, { type: "gone", roomId: world.room.id });
        return {};
      },
    });
    const ask = async () => expect(await execute(silent, await callerOf(world.owner), {})).toMatchObject({ ok: true });
    expect(await peer.announced(world.organization, ask)).toEqual(["frame", "me"]);
    expect(await peer.announced(world.organization, async () => {})).toEqual([]);
  });
});
