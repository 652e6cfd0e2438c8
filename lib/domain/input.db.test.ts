import { expect, it } from "vitest";
import { z } from "zod";
import { type OperationName, operations } from "@/lib/contract/index";
import { as, outcome } from "@/tests/harness/people";
import { makeWorld, samples } from "@/tests/harness/samples";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const names = Object.keys(operations) as OperationName[];
type Schema = { type?: string; maximum?: number; minimum?: number; [key: string]: unknown };

/** All parts of a JSON schema that have this type, with their paths. */
function parts(schema: unknown, type: string, path = ""): { path: string; part: Schema }[] {
  if (typeof schema !== "object" || schema === null) return [];
  const own = (schema as Schema).type === type ? [{ path, part: schema as Schema }] : [];
  return [...own, ...Object.entries(schema).flatMap(([key, value]) => parts(value, type, `${path}/${key}`))];
}

it("No operation accepts an integer that the database cannot store", () => {
  const found = names.flatMap((name) =>
    parts(z.toJSONSchema(operations[name].input, { io: "input", unrepresentable: "any" }), "integer", name),
  );
  expect(found.length).toBeGreaterThan(8);
  for (const { path, part } of found) {
    expect(part.minimum, path).toBeGreaterThanOrEqual(-2_147_483_648);
    expect(part.maximum, path).toBeLessThanOrEqual(2_147_483_647);
  }
});

it("Every operation refuses integers of 2^31 and more, without an internal error", async () => {
  const world = await makeWorld();
  const clocks = [2 ** 31, 2 ** 53 - 1, -(2 ** 31) - 1];
  for (const name of names) {
    const sample = samples[name](world) as Record<string, unknown>;
    const fields = parts(z.toJSONSchema(operations[name].input, { io: "input", unrepresentable: "any" }), "integer");
    for (const { path } of fields) {
      const [, , field] = path.split("/");
      for (const clock of clocks) {
        const value = field === "rooms" ? { [world.room.id]: clock } : clock;
        const answer = await as(world.owner).send(name, { ...sample, [field as string]: value });
        expect(outcome(answer), `${name} ${field} ${clock}`).toBe("invalid_input");
      }
    }
  }
});

it("The error about an invalid input is short, whatever the input", async () => {
  const world = await makeWorld();
  const many = Object.fromEntries(Array.from({ length: 26_000 }, (_, n) => [`bad${n}`, 1]));
  const some = Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`bad${n}`, 1]));
  const long = { ["x".repeat(100_000)]: 1 };
  for (const name of names) {
    const sample = samples[name](world) as object;
    for (const said of [many, long, { ...sample, ...some }, { rooms: some }, { rooms: long }]) {
      const began = performance.now();
      const answer = await as(world.owner).send(name, said);
      expect(JSON.stringify(answer).length, name).toBeLessThan(4_000);
      expect(outcome(answer), name).toBe("invalid_input");
      expect(performance.now() - began, name).toBeLessThan(1_000);
    }
  }
});
