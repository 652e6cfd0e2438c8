import { expect, it } from "vitest";
import { type OperationName, operations } from "@/lib/contract/index";
import { as, outcome } from "@/tests/harness/people";
import { makeWorld, samples } from "@/tests/harness/samples";

process.env.LIMIT_FACTOR = "1000"; // this is not about limits

it.each(Object.keys(operations) as OperationName[])("%s answers the owner what its contract says", async (name) => {
  const world = await makeWorld({ withPasswords: name === "password.change" });
  const answer = await as(world.owner).send(name, samples[name](world));
  // This installation has been set up long ago.
  expect(outcome(answer)).toBe(name === "organization.setup" ? "gone" : "ok");
  if (answer.ok) expect(operations[name].output.parse(answer.data)).toEqual(answer.data);
});
