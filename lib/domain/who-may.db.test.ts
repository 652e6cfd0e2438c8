import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { type OperationName, operations } from "@/lib/contract/index";
import { everythingOf } from "@/tests/harness/everything";
import { as, makeOrganization, nobody, outcome, type TestPerson, type Nobody } from "@/tests/harness/people";
import { makeWorld, samples, type World, worldFor } from "@/tests/harness/samples";
import { type Asker, askers, concernsOnlyTheAsker, whoMay } from "@/tests/harness/who-may";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

/** The owner of another organization. */
const stranger = async () => (await makeOrganization()).owner;

const people = {
  nobody,
  deactivated: (world: World) => world.deactivated,
  stranger,
  outsider: (world: World) => world.outsider,
  outsideGuest: (world: World) => world.outsideGuest,
  removed: (world: World) => world.removed,
  admin: (world: World) => world.admin,
  guest: (world: World) => world.guest,
  member: (world: World) => world.member,
  moderator: (world: World) => world.moderator,
} satisfies Record<Asker, (world: World) => TestPerson | Nobody | Promise<TestPerson>>;

/** The operation's sample, with each id replaced by an id that does not exist. */
function withUnknownIds(name: OperationName, world: World): unknown {
  return JSON.parse(JSON.stringify(samples[name](world)).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, () => uuidv7()));
}

it.each(Object.keys(operations) as OperationName[])(
  "%s answers each asker as tests/harness/who-may.ts says, and a refusal changes nothing",
  { timeout: 60_000 }, // each creates up to ten worlds
  async (name) => {
    const row = whoMay(operations[name]);
    const world = await worldFor(name);
    const before = await everythingOf(world);
    const answers = askers.map((who) => [who, row[who]] as const);
    for (const [who, expected] of answers.filter(([, answer]) => answer !== "ok")) {
      const asker = await people[who](world);
      const answer = await as(asker).send(name, samples[name](world));
      expect.soft(outcome(answer), who).toBe(expected);
      // A subject that the asker may not know of must be answered exactly like one that does not exist.
      if (expected === "not_found")
        expect.soft(answer, who).toEqual(await as(asker).send(name, withUnknownIds(name, world)));
    }
    expect(await everythingOf(world)).toEqual(before);

    // Calls that only read, or that affect only the asker, can share one world.
    const shared = operations[name].http.startsWith("GET") || concernsOnlyTheAsker(operations[name]);
    const allowed = answers.filter(([, answer]) => answer === "ok");
    const asked = allowed.map(async ([who, expected]) => {
      const another = shared ? world : await makeWorld();
      const answer = await as(await people[who](another)).send(name, samples[name](another));
      expect.soft(outcome(answer), who).toBe(expected);
    });
    await Promise.all(asked);
  },
);
