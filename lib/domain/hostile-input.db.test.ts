import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { z } from "zod";
import { type OperationName, operations } from "@/lib/contract/index";
import { db } from "@/lib/server/db";
import { as, outcome } from "@/tests/harness/people";
import { makeWorld, samples, worldFor } from "@/tests/harness/samples";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

type Fields = Record<string, unknown>;
const names = Object.keys(operations) as OperationName[];

const text = "' OR 1=1 --";
const misplaced: unknown[] = [
  { not: "" },
  { startsWith: "a" },
  { contains: "" },
  ["a"],
  [{ not: "" }],
  [["a"]],
  true,
  1.5,
  -1,
  1e300,
  text,
  "\u0000",
  `a\u0000b`,
  "x".repeat(64_001),
];
const extra: Fields = {
  role: "owner",
  organizationId: uuidv7(),
  personId: uuidv7(),
  authorId: uuidv7(),
  accountId: uuidv7(),
  seq: 1,
  clock: 1,
  kind: "notice",
  constructor: {},
  toString: "a",
};

/** Fields that are compared with stored values but never stored, so they accept any text. */
const neverStored = ["epoch", "current"];

/** Whether the operation accepts this value in this field. */
function isAccepted(name: OperationName, field: string, value: unknown): boolean {
  const { properties = {} } = z.toJSONSchema(operations[name].input, { io: "input", unrepresentable: "any" });
  const { type, format, pattern, enum: choices } = properties[field] as Record<string, unknown>;
  // The type of a nullable field is a list.
  if ([type].flat().includes("boolean")) return value === true;
  // The schema normalizes an email before it checks the format, so its JSON schema has no `format`.
  if (type !== "string" || format || pattern || choices || field === "email") return false;
  return value === text || (neverStored.includes(field) && ["\u0000", "a\u0000b"].includes(value as string));
}

// Most tests share one world, because a refused call changes nothing.
const shared = makeWorld();

async function sampleOf(name: OperationName, made = shared) {
  const world = await made;
  const input: Fields = samples[name](world);
  const ask = async (raw: unknown) => outcome(await as(world.owner).send(name, raw));
  return { world, input, ask };
}

it.each(names)("%s refuses objects, lists and other wrong types in its fields", async (name) => {
  const { input, ask } = await sampleOf(name);
  for (const field of Object.keys(operations[name].input.shape)) {
    for (const value of misplaced) {
      if (isAccepted(name, field, value)) continue;
      expect
        .soft(await ask({ ...input, [field]: value }), `${field}: ${JSON.stringify(value).slice(0, 30)}`)
        .toBe("invalid_input");
    }
  }
});

it.each(names)("%s refuses fields it does not know", async (name) => {
  const { input, ask } = await sampleOf(name);
  for (const [field, value] of Object.entries(extra)) {
    if (Object.hasOwn(operations[name].input.shape, field)) continue;
    expect.soft(await ask({ ...input, [field]: value }), field).toBe("invalid_input");
  }
  const inner = ['"__proto__":{"role":"owner"}', JSON.stringify(input).slice(1, -1)].filter(Boolean);
  expect(await ask(JSON.parse(`{${inner.join(",")}}`))).toBe("invalid_input");
  expect(Object.hasOwn(Object.prototype, "role")).toBe(false);
});

it.each(names)("%s refuses an input without a required field", async (name) => {
  const { input, ask } = await sampleOf(name);
  for (const raw of [null, undefined, "text", 1, true, [], [input]]) {
    expect.soft(await ask(raw), JSON.stringify(raw)).toBe("invalid_input");
  }
  for (const [field, schema] of Object.entries(operations[name].input.shape)) {
    if (schema.safeParse(undefined).success) continue;
    const { [field]: _, ...rest } = input;
    expect.soft(await ask(rest), `without ${field}`).toBe("invalid_input");
    if (!schema.safeParse(null).success)
      expect.soft(await ask({ ...input, [field]: null }), `${field}: null`).toBe("invalid_input");
  }
});

it.each(names)("%s accepts an id in capitals as the same id", async (name) => {
  const { input, ask } = await sampleOf(name, worldFor(name));
  const ids = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
  const capitals = JSON.parse(JSON.stringify(input).replace(ids, (id) => id.toUpperCase())) as Fields;
  expect(operations[name].input.safeParse(capitals).data).toEqual(operations[name].input.safeParse(input).data);
  expect(await ask(capitals)).not.toBe("internal");
});

it("Text is stored exactly as it was written, even if it looks like SQL or HTML", async () => {
  const { world, ask } = await sampleOf("message.send", makeWorld());
  const roomId = world.room.id;
  const corpus = [
    `'; DROP TABLE "Message"; --`,
    "<script>alert(1)</script>",
    "$1 %s %n ${process.env.AUTH_SECRET} {{7*7}}",
    "\\u0000 \\x00 \\",
    "  indented,\r\n\ttabbed  ",
    "👩‍👩‍👧‍👦 e\u0301 שלום \u202eevil",
    "__proto__",
  ];
  for (const body of corpus) expect(await ask({ roomId, body })).toBe("ok");
  const rows = await db().message.findMany({ where: { roomId, kind: "person" }, orderBy: { seq: "asc" } });
  expect(rows.slice(-corpus.length).map((row) => row.body)).toEqual(corpus);
});
