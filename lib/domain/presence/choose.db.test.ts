import { expect, it } from "vitest";
import type { Answer } from "@/lib/contract/errors";
import { db } from "@/lib/server/db";
import { as, joinAs, makeOrganization, makePerson, makeRoom, type TestPerson } from "@/tests/harness/people";
import { endPresenceChoices } from "./end-choices";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const failure = async (asked: Promise<Answer<unknown>>) => {
  const answer = await asked;
  return answer.ok ? null : answer.error;
};
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const homeOf = (who: TestPerson) => as(who).do("home.show", {});
const chosenBy = async (who: TestPerson) => (await homeOf(who)).chosenPresence;
/** Lets a choice end now, as if its time had passed. */
const letEnd = ({ id }: TestPerson) =>
  db().personLog.update({ where: { personId: id }, data: { presenceUntil: new Date(Date.now() - 1) } });
/** What the person's devices get that were at this clock. */
const changesSince = async (who: TestPerson, { clock, epoch }: { clock: number; epoch: string }) =>
  (await as(who).do("sync", { rooms: {}, me: clock, epoch })).me?.changes ?? [];

it("at first nothing is chosen, and a choice stays until another one", async () => {
  const { owner } = await makeOrganization();
  expect(await chosenBy(owner)).toEqual({ choice: "auto", until: null, tick: 0 });
  const until = inAnHour();
  const answer = await as(owner).do("presence.choose", { choice: "dnd", until });
  expect(answer).toMatchObject({ choice: "dnd", until });
  expect(answer.tick).toBe((await db().personLog.findUniqueOrThrow({ where: { personId: owner.id } })).clock);
  expect(await chosenBy(owner)).toEqual(answer);
  expect(await as(owner).do("presence.choose", { choice: "offline" })).toMatchObject({
    choice: "offline",
    until: null,
  });
  // Without a choice, there is nothing that could end.
  expect(await as(owner).do("presence.choose", { choice: "auto", until })).toMatchObject({
    choice: "auto",
    until: null,
  });
});

it("a device that was away catches up on the choice, and nobody else receives it", async () => {
  const organization = await makeOrganization();
  const { owner } = organization;
  const other = await makePerson(organization);
  await joinAs("member", await makeRoom(organization), owner, other);
  const [before, others] = [await homeOf(owner), await homeOf(other)];
  const chosenPresence = await as(owner).do("presence.choose", { choice: "offline", until: inAnHour() });
  expect(await changesSince(owner, before)).toEqual([{ type: "presence", chosenPresence }]);
  expect(await homeOf(other)).toEqual(others);
});

it("the same choice again has no tick", async () => {
  const { owner } = await makeOrganization();
  const until = inAnHour();
  const first = await as(owner).do("presence.choose", { choice: "dnd", until });
  expect(await as(owner).do("presence.choose", { choice: "dnd", until })).toEqual(first);
  expect((await homeOf(owner)).clock).toBe(first.tick);
});

it.each([
  [{ choice: "dnd", until: "2020-01-01T00:00:00Z" }, "until"],
  [{ choice: "dnd", until: "tomorrow" }, "until"],
  [{ choice: "idle" }, "choice"],
])("refuses %j, names the field and keeps the earlier choice", async (input, field) => {
  const { owner } = await makeOrganization();
  const first = await as(owner).do("presence.choose", { choice: "offline", until: null });
  const refused = await failure(as(owner).send("presence.choose", input));
  expect(refused).toMatchObject({ code: "invalid_input", fields: { [field]: expect.any(String) } });
  expect(await chosenBy(owner)).toEqual(first);
});

it("of twenty choices at once, the last one stored is the one with the greatest tick", async () => {
  const { owner } = await makeOrganization();
  const choices = Array.from({ length: 20 }, (_, at) => (at % 2 ? ("dnd" as const) : ("offline" as const)));
  const answers = await Promise.all(choices.map((choice) => as(owner).do("presence.choose", { choice })));
  const last = answers.reduce((a, b) => (b.tick > a.tick ? b : a));
  expect(await chosenBy(owner)).toEqual(last);
});

it("a choice that has ended counts for nothing, and is taken back with a tick", async () => {
  const { owner } = await makeOrganization();
  await as(owner).do("presence.choose", { choice: "offline", until: inAnHour() });
  await letEnd(owner);
  const before = await homeOf(owner);
  expect(before.chosenPresence).toMatchObject({ choice: "auto", until: null });
  await endPresenceChoices();
  const { chosenPresence, clock } = await homeOf(owner);
  expect(chosenPresence).toEqual({ choice: "auto", until: null, tick: before.clock + 1 });
  expect(await changesSince(owner, before)).toEqual([{ type: "presence", chosenPresence }]);
  await endPresenceChoices();
  expect((await homeOf(owner)).clock, "it is taken back once").toBe(clock);
});

it("a choice that lasts, and one without an end, are not taken back", async () => {
  const organization = await makeOrganization();
  const [mia, ben] = [await makePerson(organization), await makePerson(organization)];
  const [timed, lasting] = [
    await as(mia).do("presence.choose", { choice: "dnd", until: inAnHour() }),
    await as(ben).do("presence.choose", { choice: "offline" }),
  ];
  await endPresenceChoices();
  expect([await chosenBy(mia), await chosenBy(ben)]).toEqual([timed, lasting]);
});
