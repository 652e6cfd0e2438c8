import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import type { Input } from "@/lib/contract/index";
import {
  as,
  joinAs,
  makeGroup,
  makeOrganization,
  makePeople,
  makePerson,
  makeRoom,
  type TestPerson,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const people = await makePeople(organization, [
    { name: "Ada", role: "admin" },
    { name: "Ben" },
    { name: "Cleo" },
    { name: "Dora" },
  ]);
  await db().person.update({ where: { id: organization.owner.id }, data: { name: "Zoe" } });
  return { organization, people: people as [TestPerson, TestPerson, TestPerson, TestPerson] };
}
const browse = async (who: TestPerson, input: Input<"person.browse"> = {}) => {
  const { people, total, next } = await as(who).do("person.browse", input);
  return { names: people.map(({ name }) => name), total, next };
};

it("Everybody who can sign in is listed by name and counted, whatever the page", async () => {
  const { people } = await setting();
  const [ada, , cleo] = people;
  await db().person.update({ where: { id: cleo.id }, data: { deactivatedAt: new Date() } });
  const first = await browse(ada, { limit: 2 });
  expect(first).toMatchObject({ names: ["Ada", "Ben"], total: 4 });
  expect(await browse(ada, { limit: 3, after: first.next ?? "" })).toMatchObject({ total: 4, next: null });
});

it("A role, a group and a query narrow the list, and the total counts without the query", async () => {
  const { organization, people } = await setting();
  const [ada, ben, cleo, dora] = people;
  expect(await browse(ben, { role: "admin" })).toMatchObject({ names: ["Ada"], total: 1 });
  const groupId = await makeGroup(organization, [ben, dora]);
  expect(await browse(cleo, { groupId })).toMatchObject({ names: ["Ben", "Dora"], total: 2 });
  expect(await browse(cleo, { groupId, query: "dor" })).toMatchObject({ names: ["Dora"], total: 2 });
  expect(await browse(ada, { groupId, role: "admin" })).toMatchObject({ names: [], total: 0 });
});

it("Only people who are active now are listed with that filter", async () => {
  const { people } = await setting();
  const [ada, ben, cleo] = people;
  expect(await browse(ada, { presence: "active" })).toMatchObject({ names: [], total: 0 });
  await as(ben).do("presence.update", { state: "active" });
  await as(cleo).do("presence.update", { state: "idle" });
  await expect.poll(() => browse(ada, { presence: "active" })).toMatchObject({ names: ["Ben"], total: 1 });

  await as(ada).do("presence.update", { state: "active" });
  await expect.poll(() => browse(ada, { presence: "active" })).toMatchObject({ names: ["Ada", "Ben"], total: 2 });
  const first = await browse(ada, { presence: "active", limit: 1 });
  expect(first).toMatchObject({ names: ["Ada"], total: 2, next: expect.any(String) });
  expect(await browse(ada, { presence: "active", limit: 1, after: first.next ?? "" })).toMatchObject({
    names: ["Ben"],
    total: 2,
    next: null,
  });
  expect(await browse(ada, { presence: "active", query: "ben" })).toMatchObject({ names: ["Ben"] });
  expect(await browse(ada, { presence: "active", query: "cleo" })).toMatchObject({ names: [] });
});

it("Who appears offline or does not want to be disturbed is not among the active", async () => {
  const { people } = await setting();
  const [ada, ben, cleo, dora] = people;
  await as(ben).do("presence.choose", { choice: "offline", until: null });
  await as(cleo).do("presence.choose", { choice: "dnd", until: null });
  for (const person of [ben, cleo, dora]) await as(person).do("presence.update", { state: "active" });
  await expect.poll(() => browse(ada, { presence: "active" })).toMatchObject({ names: ["Dora"], total: 1 });
});

it("A guest finds only people they share a room with, and no group that they are not in", async () => {
  const { organization, people } = await setting();
  const [ada, ben, cleo] = people;
  const guest = await makePerson(organization, { role: "guest", name: "Gus" });
  await joinAs("member", await makeRoom(organization, { access: "private" }), guest, cleo);
  await joinAs("member", await makeRoom(organization), ada, ben, cleo);
  const [theirs, mine] = [await makeGroup(organization, [cleo]), await makeGroup(organization, [guest, ben])];
  expect(await browse(guest)).toMatchObject({ names: ["Cleo", "Gus"], total: 2 });
  expect(await browse(guest, { query: "ada" })).toMatchObject({ names: [] });
  expect(await browse(guest, { groupId: theirs })).toMatchObject({ names: [], total: 0 });
  expect(await browse(guest, { groupId: mine })).toMatchObject({ names: ["Gus"], total: 1 });
  expect(await browse(ada, { groupId: theirs }), "who is no guest finds them").toMatchObject({ names: ["Cleo"] });
});
