import { expect, it } from "vitest";
import { nameKey } from "@/lib/contract/alike";
import { compareOrder, nameOrder } from "@/lib/contract/name-order";
import { db } from "@/lib/server/db";
import {
  as,
  joinAs,
  makeGroup,
  makeOrganization,
  makePeople,
  makePerson,
  makeRoom,
  nobody,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

// In the expected order. No two names have the same sort key.
const names = [
  "🎉 fête",
  "2 Ann",
  "10 Ann",
  "Ada",
  "bo",
  "Émile",
  "Ezqq",
  "Ézqr",
  "łódź",
  "Zoë",
  "Ωmega",
  "яна",
  "أحمد",
  "上海",
];
const shuffled = names.toSorted(
  (a, b) => ((nameKey(a).length * 7) % 5) - ((nameKey(b).length * 7) % 5) || (a < b ? 1 : -1),
);

it("People, members, rooms and groups are sorted in the same order, which the browser uses too", async () => {
  const organization = await makeOrganization();
  await db().person.update({ where: { id: organization.owner.id }, data: { name: "aaa" } });
  const room = await makeRoom(organization, { name: "aaa" });
  const people = await makePeople(
    organization,
    shuffled.map((name) => ({ name })),
  );
  await joinAs("member", room, ...people);
  await Promise.all(shuffled.map((name) => makeRoom(organization, { name })));
  await Promise.all(
    shuffled.map(async (name) => db().group.update({ where: { id: await makeGroup(organization) }, data: { name } })),
  );
  const me = as(organization.owner);
  const browsers = names.toSorted((a, b) => compareOrder(nameOrder(a), nameOrder(b)));
  expect(browsers).toEqual(names);
  const notMine = (name: string | null) => name !== "aaa";
  expect((await me.do("person.list", {})).people.map(({ name }) => name).filter(notMine)).toEqual(names);
  expect((await me.do("room.list", {})).rooms.map(({ room: { name } }) => name).filter(notMine)).toEqual(names);
  expect((await me.do("group.list", {})).groups.map(({ name }) => name)).toEqual(names);
  const { members } = await me.do("membership.list", { roomId: room.id });
  expect(members.map(({ person }) => person.name)).toEqual(names);
});

it("Rows without a sort key, written by an older version, are in order from the first page on", async () => {
  const organization = await makeOrganization();
  await makePeople(
    organization,
    shuffled.map((name) => ({ name })),
  );
  const organizationId = organization.id;
  expect(await db().person.count({ where: { organizationId, nameOrder: "" } })).toBe(names.length + 1);
  const seen: string[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await as(organization.owner).do("person.list", { limit: 4, ...(after && { after }) });
    seen.push(...page.people.map(({ name }) => name));
    after = page.next;
  }
  expect(seen.filter((name) => name !== "Olga Owner")).toEqual(names);
  for (const row of await db().person.findMany({ where: { organizationId } })) {
    expect(row.nameOrder).toBe(nameOrder(row.name));
  }
});

it("Every operation that writes a name also writes its sort key", async () => {
  const { id: organizationId, owner } = await makeOrganization();
  await as(owner).do("room.create", { name: "Ézqq" });
  await as(owner).do("organization.addRooms", { rooms: [{ name: "Developer" }, { name: "Łódź 2" }] });
  const { token } = await as(owner).do("invite.create", {});
  const account = { email: `${organizationId}@example.org`, password: "correct horse battery" };
  const { personId } = await as(nobody()).do("invite.accept", { token, name: "Émile", ...account });
  const made = [
    ...(await db().room.findMany({ where: { organizationId } })),
    ...(await db().group.findMany({ where: { organizationId } })),
    await db().person.findUniqueOrThrow({ where: { id: personId } }),
  ];
  expect(made.length).toBeGreaterThanOrEqual(5);
  for (const { name, nameOrder: key } of made) expect(key).toBe(nameOrder(name ?? ""));
});

it("The first page decides whether inexact matches count: a row that is archived later does not add any", async () => {
  const organization = await makeOrganization();
  const asker = await makePerson(organization, { name: "Olli" });
  const rooms = await Promise.all(["relay", "release", "relaxed"].map((name) => makeRoom(organization, { name })));
  await makeRoom(organization, { name: "relics" });
  const query = "rela";
  const first = await as(asker).do("room.list", { query, limit: 1 });
  expect(first.rooms.map(({ room }) => room.name)).toEqual(["relaxed"]);
  await db().room.updateMany({ where: { id: { in: rooms.map(({ id }) => id) } }, data: { archivedAt: new Date() } });
  const rest = await as(asker).do("room.list", { query, after: first.next ?? "" });
  expect(rest).toEqual({ rooms: [], next: null });
  expect((await as(asker).do("room.list", { query })).rooms.map(({ room }) => room.name)).toEqual(["relics"]);
});
