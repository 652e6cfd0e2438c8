import { afterAll, beforeAll, expect, it } from "vitest";
import type { Answer } from "@/lib/contract/errors";
import { type OperationName, operations } from "@/lib/contract/index";
import { as, makeOrganization, outcome, proveAddress, type TestPerson } from "@/tests/harness/people";
import { type Peer, startPeer } from "@/tests/harness/peer";
import { makeWorld, samples, type World, worldFor } from "@/tests/harness/samples";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

let peer: Peer;
beforeAll(async () => {
  peer = await startPeer();
});
afterAll(() => peer.stop());

/** Operations whose sample would change nothing if the owner sent it: who sends it instead, and why. */
const askers: {
  [N in OperationName]?: { because: string; asker: (world: World) => TestPerson | Promise<TestPerson> };
} = {
  "invite.join": {
    because: "The owner is in the organization.",
    async asker() {
      const { owner } = await makeOrganization();
      await proveAddress(owner);
      return owner;
    },
  },
  "message.delete": {
    because: "Deleting one's own message is not administrative.",
    asker: ({ moderator }) => moderator,
  },
  "room.read": { because: "The owner has read everything.", asker: ({ member }) => member },
};

const names = Object.keys(operations) as OperationName[];

it.each(names.filter((name) => name !== "organization.setup"))(
  "%s answers as its definition says, and announces exactly the events that the definition declares",
  async (name) => {
    const world = await worldFor(name);
    const asker = (await askers[name]?.asker(world)) ?? world.owner;
    let answer: Answer<unknown> | undefined;
    const announced = await peer.announced(world.organization, async () => {
      answer = await as(asker).send(name, samples[name](world));
    });
    if (!answer?.ok) throw new Error(`${name} was refused: ${JSON.stringify(answer)}`);
    expect(operations[name].output.parse(answer.data)).toEqual(answer.data);
    expect(announced).toEqual(operations[name].emits.toSorted());
  },
);

// Other answers of `organization.setup` are tested in set-up.db.test.ts. It announces nothing, because nobody can be connected
// before the set-up.
it("organization.setup answers `gone` once the installation is set up", async () => {
  const world = await makeWorld();
  expect(outcome(await as(world.owner).send("organization.setup", samples["organization.setup"](world)))).toBe("gone");
});
