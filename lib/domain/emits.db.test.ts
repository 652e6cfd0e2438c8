import { afterAll, beforeAll, expect, it } from "vitest";
import { type OperationName, operations } from "@/lib/contract/index";
import { as, outcome, type TestPerson } from "@/tests/harness/people";
import { type Peer, startPeer } from "@/tests/harness/peer";
import { makeWorld, samples, type World } from "@/tests/harness/samples";

process.env.LIMIT_FACTOR = "1000"; // this is not about limits

let peer: Peer;
beforeAll(async () => (peer = await startPeer()));
afterAll(() => peer.stop());

/** Who asks where the owner's question would change nothing, and why. */
const askers: { [N in OperationName]?: [because: string, asker: (world: World) => TestPerson] } = {
  "room.read": ["The owner has read everything.", ({ member }) => member],
};

const names = Object.keys(operations) as OperationName[];
// An installation is set up before anybody can listen.
it.each(names.filter((name) => name !== "organization.setup"))(
  "%s announces what its definition says, and nothing else",
  async (name) => {
    const world = await makeWorld({ withPasswords: name === "password.change" });
    const asker = askers[name]?.[1](world) ?? world.owner;
    const announced = await peer.announced(world.organization, async () => {
      expect(outcome(await as(asker).send(name, samples[name](world)))).toBe("ok");
    });
    expect(announced).toEqual(operations[name].emits.toSorted());
  },
);
