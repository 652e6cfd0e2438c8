import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { as, makeOrganization, makePerson, type TestPerson } from "@/tests/harness/people";

const preferencesOf = async (person: TestPerson) => (await as(person).do("home.show", {})).preferences;
const clockOf = async ({ id }: TestPerson) =>
  (await db().personLog.findUniqueOrThrow({ where: { personId: id } })).clock;

it("everybody begins with the defaults, and a change is one's own and has the tick of one's log", async () => {
  const organization = await makeOrganization();
  const { owner } = organization;
  const other = await makePerson(organization);
  expect(await preferencesOf(owner)).toEqual({ messageLayout: "byKind", tick: 0 });
  const answer = await as(owner).do("preferences.update", { messageLayout: "bubbles" });
  expect(answer).toEqual({ messageLayout: "bubbles", tick: await clockOf(owner) });
  expect(await preferencesOf(owner)).toEqual(answer);
  expect(await preferencesOf(other)).toEqual({ messageLayout: "byKind", tick: 0 });
});

it("a change that changes nothing has no tick", async () => {
  const { owner } = await makeOrganization();
  const before = await as(owner).do("preferences.update", { messageLayout: "rows" });
  expect(await as(owner).do("preferences.update", { messageLayout: "rows" })).toEqual(before);
  expect(await as(owner).do("preferences.update", {})).toEqual(before);
  expect(await clockOf(owner)).toBe(before.tick);
});

it("what a newer version stored stays, and a value that this version does not know is the default", async () => {
  const { owner } = await makeOrganization();
  await as(owner).do("preferences.update", { messageLayout: "rows" });
  const where = { personId: owner.id };
  await db().personLog.update({ where, data: { preferences: { messageLayout: "cards", later: true } } });
  expect(await preferencesOf(owner)).toMatchObject({ messageLayout: "byKind" });
  await as(owner).do("preferences.update", { messageLayout: "bubbles" });
  const { preferences } = await db().personLog.findUniqueOrThrow({ where });
  expect(preferences).toEqual({ messageLayout: "bubbles", later: true });
});

it("a device that was away catches up, and a sidebar that changed meanwhile does not change them", async () => {
  const { owner } = await makeOrganization();
  const { clock, epoch, organizationClock } = await as(owner).do("home.show", {});
  const preferences = await as(owner).do("preferences.update", { messageLayout: "rows" });
  await as(owner).do("section.create", { name: "One" });
  const catchUp = async (from: number) =>
    (await as(owner).do("sync", { rooms: {}, me: from, organization: organizationClock, epoch })).me?.changes;
  expect(await catchUp(clock)).toContainEqual({ type: "preferences", preferences });
  expect((await catchUp(preferences.tick))?.map(({ type }) => type)).toEqual(["sidebar"]);
});
