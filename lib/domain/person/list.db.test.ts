import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
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
  const names = ["Ada", "Ben", "Ben", "Cleo", "Dora"];
  const people = await makePeople(
    organization,
    names.map((name) => ({ name })),
  );
  return { organization, people, ada: people[0] as TestPerson };
}
const namesOf = ({ people }: { people: { name: string }[] }) => people.map((person) => person.name);

it("The pages of the list have everybody once, by name, even people with the same name", async () => {
  const { organization, people, ada } = await setting();
  const seen: string[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await as(ada).do("person.list", { limit: 2, ...(after && { after }) });
    seen.push(...page.people.map((person) => person.id));
    after = page.next;
  }
  expect(seen.toSorted()).toEqual([organization.owner, ...people].map((person) => person.id).toSorted());
  expect(new Set(seen).size).toBe(6);
});

it("People are found by a part of their name or handle in any case, unless they are deactivated", async () => {
  const { people, ada } = await setting();
  await db().person.update({ where: { id: people[3]?.id ?? "" }, data: { handle: "queen" } });
  expect(namesOf(await as(ada).do("person.list", { query: "BEN" }))).toEqual(["Ben", "Ben"]);
  expect(namesOf(await as(ada).do("person.list", { query: "@QUEE" }))).toEqual(["Cleo"]);
  await db().person.update({ where: { id: people[1]?.id ?? "" }, data: { deactivatedAt: new Date() } });
  expect(namesOf(await as(ada).do("person.list", { query: "ben" }))).toEqual(["Ben"]);
});

it("A search tolerates one typing error, and its result has pages", async () => {
  const { ada } = await setting();
  expect(namesOf(await as(ada).do("person.list", { query: "celo" }))).toEqual(["Cleo"]);
  expect(namesOf(await as(ada).do("person.list", { query: "béne" }))).toEqual(["Ben", "Ben"]);
  const first = await as(ada).do("person.list", { query: "ben", limit: 1 });
  const second = await as(ada).do("person.list", { query: "ben", limit: 1, after: first.next ?? "" });
  expect(second.next).toBeNull();
  expect(new Set([...first.people, ...second.people].map(({ id }) => id)).size).toBe(2);
});

it("A query of one letter finds exact matches only", async () => {
  const { people, ada } = await setting();
  await db().person.update({ where: { id: people[3]?.id ?? "" }, data: { handle: "queen" } });
  expect(namesOf(await as(ada).do("person.list", { query: "o" }))).toContain("Dora");
  expect(namesOf(await as(ada).do("person.list", { query: "@q" }))).toEqual(["Cleo"]);
  expect(namesOf(await as(ada).do("person.list", { query: "zz" }))).toEqual([]);
});

it.each(["%", "_", "\\", "b%n"])("%s has no special meaning in a search", async (query) => {
  const { organization, ada } = await setting();
  expect(namesOf(await as(ada).do("person.list", { query: "be" }))).toEqual(["Ben", "Ben"]);
  expect(namesOf(await as(ada).do("person.list", { query }))).toEqual([]);
  await makePerson(organization, { name: `Odd ${query} name` });
  expect(namesOf(await as(ada).do("person.list", { query }))).toEqual([`Odd ${query} name`]);
});

it("A lookup by id also returns deactivated people, marked as such", async () => {
  const { people, ada } = await setting();
  const [, ben] = people as [TestPerson, TestPerson];
  await db().person.update({ where: { id: ben.id }, data: { deactivatedAt: new Date() } });
  const { people: found } = await as(ada).do("person.list", { ids: [ben.id, ada.id] });
  expect(found.map(({ id, deactivatedAt }) => [id, deactivatedAt !== null])).toEqual([
    [ada.id, false],
    [ben.id, true],
  ]);
});

it("A guest can find only people they share a room with, and only groups they are in", async () => {
  const { organization, people, ada } = await setting();
  const [, ben, , cleo] = people as [TestPerson, TestPerson, TestPerson, TestPerson];
  const guest = await makePerson(organization, { role: "guest", name: "Gus" });
  const room = await makeRoom(organization, { access: "private" });
  await joinAs("member", room, guest, cleo);
  await joinAs("member", await makeRoom(organization), ada, ben);
  await makeGroup(organization, [ada]);
  const mine = await makeGroup(organization, [guest]);
  const known = async (who: TestPerson) => ({
    all: namesOf(await as(who).do("person.list", {})),
    byId: namesOf(await as(who).do("person.list", { ids: [ada.id, cleo.id] })),
    byName: namesOf(await as(who).do("person.list", { query: "ada" })),
    groups: (await as(who).do("group.list", {})).groups.length,
  });
  expect(await known(cleo)).toMatchObject({ byId: ["Ada", "Cleo"], byName: ["Ada"], groups: 2 });
  expect(await known(guest)).toEqual({ all: ["Cleo", "Gus"], byId: ["Cleo"], byName: [], groups: 1 });
  expect((await as(guest).do("group.list", {})).groups[0]?.id).toBe(mine);
});

it("Nobody gets the e-mail address, account or password of another person", async () => {
  const { people, ada } = await setting();
  const answer = JSON.stringify(await as(ada).do("person.list", {}));
  expect(answer).toContain(people[1]?.id);
  for (const { email, accountId } of people) {
    expect(answer).not.toContain(email);
    expect(answer).not.toContain(accountId);
  }
});

it("Whoever is not in a room is found, however many are", async () => {
  const organization = await makeOrganization();
  const members = await makePeople(
    organization,
    Array.from({ length: 120 }, (_, at) => ({ name: `Ann ${String(at).padStart(3, "0")}` })),
  );
  const [ann, ben, cleo] = [
    await makePerson(organization, { name: "Annegret" }),
    await makePerson(organization, { name: "Ben" }),
    await makePerson(organization, { name: "Ann Zoe" }),
  ];
  await db().person.update({ where: { id: cleo.id }, data: { deactivatedAt: new Date() } });
  const room = await makeRoom(organization, { access: "private" });
  await joinAs("member", room, organization.owner, ...members);
  const asker = as(members[0] as TestPerson);
  const notInRoomId = room.id;
  expect(namesOf(await asker.do("person.list", { notInRoomId }))).toEqual(["Annegret", "Ben"]);
  expect(namesOf(await asker.do("person.list", { notInRoomId, query: "ann" }))).toEqual(["Annegret"]);
  await joinAs("member", room, ann);
  expect(namesOf(await asker.do("person.list", { notInRoomId }))).toEqual(["Ben"]);
  // Who may not see the room cannot find out who is in it.
  await expect(as(ben).do("person.list", { notInRoomId })).rejects.toThrow("not_found");
});
