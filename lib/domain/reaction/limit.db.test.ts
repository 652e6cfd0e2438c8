import { expect, it } from "vitest";
import { addReaction, removeReaction } from "@/lib/contract/reaction";
import { as, joinAs, makeOrganization, makePerson, makeRoom, outcome } from "@/tests/harness/people";

it("Reactions that are given and taken back share one limit: thirty at once, ten a second", async () => {
  const organization = await makeOrganization();
  const [mia, room] = [await makePerson(organization), await makeRoom(organization)];
  await joinAs("member", room, mia);
  const { id: messageId } = await as(mia).do("message.send", { roomId: room.id, body: "Hello" });
  expect(addReaction.limit).toMatchObject({ points: 30, seconds: 3 });
  expect(removeReaction.limit).toEqual(addReaction.limit);
  const names = Array.from({ length: 36 }, (_, at) => (at % 2 === 0 ? "reaction.add" : "reaction.remove"));
  const answers = await Promise.all(names.map((name) => as(mia).ask(name, { messageId, emoji: "🎉" })));
  const outcomes = answers.map(outcome);
  expect(outcomes.filter((each) => each === "ok")).toHaveLength(30);
  expect(outcomes.filter((each) => each === "rate_limited")).toHaveLength(6);
});
