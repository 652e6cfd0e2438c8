import { expect, it } from "vitest";
import type { Input } from "@/lib/contract/index";
import { db } from "@/lib/server/db";
import {
  as,
  joinAs,
  makeOrganization,
  makePeople,
  makePerson,
  makeRoom,
  type TestPerson,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const people = await makePeople(organization, [{ name: "Ada" }, { name: "Ben" }, { name: "Cleo" }]);
  const [ada, ben, cleo] = people as [TestPerson, TestPerson, TestPerson];
  await db().person.update({ where: { id: organization.owner.id }, data: { name: "Zoe" } });
  return { organization, ada, ben, cleo };
}
const namesFor = async (who: TestPerson, input: Input<"person.names"> = {}) =>
  (await as(who).do("person.names", input)).people.map(({ name }) => name);

it("Everyone who can sign in is listed by name, with nothing but what finds them", async () => {
  const { ada, ben } = await setting();
  await db().person.update({ where: { id: ben.id }, data: { deactivatedAt: new Date() } });
  expect(await namesFor(ada)).toEqual(["Ada", "Cleo", "Zoe"]);
  const { people } = await as(ada).do("person.names", {});
  expect(Object.keys(people[0] ?? {}).toSorted()).toEqual(["handle", "id", "name", "role", "tick"]);
});

it("The pages have everyone once", async () => {
  const { ada } = await setting();
  const first = await as(ada).do("person.names", { limit: 3 });
  const second = await as(ada).do("person.names", { limit: 3, after: first.next ?? "" });
  expect([...first.people, ...second.people].map(({ name }) => name)).toEqual(["Ada", "Ben", "Cleo", "Zoe"]);
  expect(second.next).toBeNull();
});

it("A room narrows the list to its people, and one that the asker may not see doesn't exist", async () => {
  const { organization, ada, ben, cleo } = await setting();
  const room = await makeRoom(organization, { access: "private" });
  await joinAs("member", room, ada);
  await joinAs("member", room, ben);
  expect(await namesFor(ada, { roomId: room.id })).toEqual(["Ada", "Ben"]);
  await expect(namesFor(cleo, { roomId: room.id })).rejects.toThrow("not_found");
  await as(ben).do("membership.leave", { roomId: room.id });
  expect(await namesFor(ada, { roomId: room.id })).toEqual(["Ada"]);
});

it("A role narrows the list, too", async () => {
  const { organization, ada } = await setting();
  const room = await makeRoom(organization);
  const guest = await makePerson(organization, { name: "Gus", role: "guest" });
  await joinAs("member", room, ada);
  await joinAs("member", room, guest);
  expect(await namesFor(ada, { roomId: room.id, role: "guest" })).toEqual(["Gus"]);
  expect(await namesFor(ada, { role: "owner" })).toEqual(["Zoe"]);
});

it("Guests get only the people they share a room with", async () => {
  const { organization, ada } = await setting();
  const guest = await makePerson(organization, { name: "Gus", role: "guest" });
  expect(await namesFor(guest)).toEqual(["Gus"]);
  const room = await makeRoom(organization);
  await joinAs("member", room, ada);
  await joinAs("member", room, guest);
  expect(await namesFor(guest)).toEqual(["Ada", "Gus"]);
});
