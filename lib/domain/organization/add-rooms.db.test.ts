import { expect, it } from "vitest";
import { optionalRooms } from "@/lib/contract/default-rooms";
import { db } from "@/lib/server/db";
import {
  as,
  makeGroup,
  makeOrganization,
  makePeople,
  makeRoom,
  outcome,
  type TestPerson,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const named = (...names: string[]) => ({ rooms: names.map((name) => ({ name })) });
const roomsOf = async ({ organizationId }: { organizationId: string }) => {
  const rooms = await db().room.findMany({
    where: { organizationId },
    include: { groups: { include: { group: { include: { members: true } } } }, memberships: true },
    orderBy: { name: "asc" },
  });
  return rooms.map(({ name, access, joinsEveryone, groups, memberships }) => {
    const opened = groups.map(({ group }) => `${group.handle}: ${group.members.length}`).join();
    return [name, access, joinsEveryone, opened, memberships.map(({ role }) => role).join()].join(" ");
  });
};

it("The name of a default room creates that room and its group; any other creates a public room", async () => {
  const { owner } = await makeOrganization();
  const { rooms } = await as(owner).do("organization.addRooms", named("Admin", "Developer", "Design"));
  expect(new Set(rooms.map(({ room }) => room.name))).toEqual(new Set(["Admin", "Design", "Developer"]));
  expect(rooms.every(({ membership, unread }) => membership.role === "admin" && unread.length === 0)).toBe(true);
  expect(await roomsOf(owner)).toEqual([
    "Admin restricted false  admin",
    "Design public false  admin",
    "Developer restricted false developer: 1 admin",
  ]);
  const descriptions = await db().room.findMany({ where: { organizationId: owner.organizationId, name: "Developer" } });
  expect(descriptions[0]?.description).toBe(optionalRooms.find(({ name }) => name === "Developer")?.description);
});

it("Two calls, one after the other or at once, create each room once", async () => {
  const { owner } = await makeOrganization();
  const ask = () => as(owner).do("organization.addRooms", named("Trading", "Design", " design "));
  const answers = await Promise.all([ask(), ask(), ask()]);
  expect(answers.flatMap(({ rooms }) => rooms)).toHaveLength(2);
  expect(await ask()).toEqual({ rooms: [] });
  expect((await roomsOf(owner)).map((room) => room.split(" ")[0])).toEqual(["Design", "Trading"]);
});

it("An existing room of that name stays as it is, in any spelling", async () => {
  const organization = await makeOrganization();
  const { owner } = organization;
  await makeRoom(organization, { name: "Developer", access: "private" });
  expect(await as(owner).do("organization.addRooms", named("developer"))).toEqual({ rooms: [] });
  expect(await roomsOf(owner)).toEqual(["Developer private false  "]);
});

it("The room is open to an existing group of that name", async () => {
  const organization = await makeOrganization();
  const { owner } = organization;
  const [mia] = (await makePeople(organization, [{}])) as [TestPerson];
  const id = await makeGroup(organization, [mia]);
  await db().group.update({ where: { id }, data: { handle: "security" } });
  await as(owner).do("organization.addRooms", named("Security"));
  expect(await roomsOf(owner)).toEqual(["Security restricted false security: 2 admin"]);
  expect((await as(mia).do("room.list", {})).rooms.map(({ room }) => room.name)).toEqual(["Security"]);
});

it("The room of owners and admins gets the existing owners and admins, and nobody else", async () => {
  const organization = await makeOrganization();
  const { owner } = organization;
  const [ada, mia] = (await makePeople(organization, [{ role: "admin" }, {}])) as [TestPerson, TestPerson];
  await as(owner).do("organization.addRooms", named("Admin"));
  const names = async (who: TestPerson) => (await as(who).do("home.show", {})).rooms.map(({ room }) => room.name);
  expect([await names(owner), await names(ada), await names(mia)]).toEqual([["Admin"], ["Admin"], []]);
});

it("Only an owner may call it, and a refusal leaves nothing behind", async () => {
  const organization = await makeOrganization();
  const [ada, mia, gus] = await makePeople(organization, [{ role: "admin" }, {}, { role: "guest" }]);
  for (const who of [ada, mia, gus] as TestPerson[]) {
    expect(outcome(await as(who).ask("organization.addRooms", named("Design")))).toBe("forbidden");
  }
  for (const bad of [named(""), named("#design"), named("x".repeat(81)), { rooms: "Design" }, {}]) {
    expect(outcome(await as(organization.owner).send("organization.addRooms", bad))).toBe("invalid_input");
  }
  expect(await roomsOf({ organizationId: organization.id })).toEqual([]);
});

it("The owner's other tabs receive the rooms", async () => {
  const { owner } = await makeOrganization();
  const clock = async () => (await as(owner).do("home.show", {})).clock;
  const before = await clock();
  await as(owner).do("organization.addRooms", named("Design", "Trading"));
  expect(await clock()).toBe(before + 1);
});
