import { expect, it } from "vitest";
import type { AdministeredRoom } from "@/lib/contract/room-administration";
import type { Asker } from "@/lib/policy/decision";
import { maySetAccess } from "@/lib/policy/room-settings";
import { db } from "@/lib/server/db";
import { as, joinAs, makeGroup, makeOrganization, makePeople, makePerson, makeRooms } from "@/tests/harness/people";
import { fillRoom } from "@/tests/harness/rooms";
import { countRooms } from "./figures";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const { owner } = organization;
  const admin = await makePerson(organization, { role: "admin" });
  const [mia, bo] = await makePeople(organization, [{}, {}]);
  const groupId = await makeGroup(organization, []);
  const [tea, secret, old, team] = await makeRooms(organization, [
    { name: "tea" },
    { name: "secret", access: "private" },
    { name: "old", archivedAt: new Date() },
    { name: "team", access: "restricted", groupIds: [groupId] },
  ]);
  await joinAs("member", tea, mia as never, bo as never);
  await joinAs("member", secret, mia as never);
  await fillRoom(secret, mia as never, 3);
  await fillRoom(tea, mia as never, 2);
  const list = async (input: object = {}) => (await as(admin).do("room.administer", input)).rooms;
  const names = async (input: object = {}) => (await list(input)).map(({ room }) => room.name);
  return { organization, owner, admin, mia, tea, secret, old, team, groupId, list, names };
}

it("Admins list all rooms, private and archived ones too, filtered and sorted by name", async () => {
  const { groupId, names, owner, old } = await setting();
  expect(await names()).toEqual(["old", "secret", "tea", "team"]);
  expect(await names({ access: "private" })).toEqual(["secret"]);
  expect(await names({ state: "archived" })).toEqual(["old"]);
  expect(await names({ state: "open", access: "public" })).toEqual(["tea"]);
  expect(await names({ groupId })).toEqual(["team"]);
  expect(await names({ query: "te" })).toEqual(expect.arrayContaining(["tea", "team"]));
  await as(owner).do("room.delete", { roomId: old.id, name: "old" });
  expect(await names({ state: "archived" })).toEqual([]);
});

it("Admins list the rooms that they may open to a group, which are those that the policy allows, whatever the sort", async () => {
  const { organization, admin, groupId, list, names } = await setting();
  const [inside, banned, , town] = await makeRooms(organization, [
    { name: "inside", access: "private" },
    { name: "banned" },
    { name: "shut", access: "private" },
    { name: "town" },
  ]);
  await joinAs("member", inside, admin);
  await db().ban.create({
    data: { roomId: banned.id, personId: admin.id, byId: organization.owner.id, organizationId: organization.id },
  });
  await db().room.update({ where: { id: town.id }, data: { joinsEveryone: true } });
  const asker = { role: "admin", rules: {} } as Asker;
  const isOpenable = ({ room, role, banned: bansAsker }: AdministeredRoom) =>
    maySetAccess(asker, { ...room, bansAsker }, role && { role }).ok && !room.groupIds.includes(groupId);
  const openable = (await list()).filter(isOpenable).map(({ room }) => room.name);
  expect(openable).toEqual(["inside", "tea"]);
  expect(await names({ openableToGroupId: groupId })).toEqual(openable);
  expect((await names({ openableToGroupId: groupId, sort: "messages" })).map(String).toSorted()).toEqual(openable);
  expect(await names({ openableToGroupId: groupId, query: "t", limit: 1 })).toEqual(["tea"]);
});

it("Admins list the rooms that newcomers join, also one that is public no longer, and take it from the list", async () => {
  const { owner, names, tea, secret } = await setting();
  await db().room.update({ where: { id: secret.id }, data: { joinsEveryone: true } });
  await as(owner).do("room.setDefault", { roomId: tea.id, isDefault: true });
  expect(await names({ only: "default" })).toEqual(["secret", "tea"]);
  expect(await names({ only: "default", sort: "people" })).toHaveLength(2);
  const all = await names({});
  for (const sort of ["name", "people"] as const)
    expect(await names({ only: "notDefault", sort })).toHaveLength(all.length - 2);
  await db().room.update({ where: { id: tea.id }, data: { access: "private" } });
  expect(await names({ only: "default" })).toEqual(["secret", "tea"]);
  await as(owner).do("room.setDefault", { roomId: tea.id, isDefault: false });
  expect(await names({ only: "default" })).toEqual(["secret"]);
});

it("A private room from outside has its name, people and numbers, and not its topic and description", async () => {
  const { organization, admin, secret, list } = await setting();
  await db().room.update({ where: { id: secret.id }, data: { topic: "Layoffs", description: "Very" } });
  await countRooms(organization.id);
  const [found] = await list({ access: "private" });
  expect(found).toMatchObject({ role: null, messages: 3, room: { name: "secret", memberCount: 1 } });
  expect(found?.lastMessageAt).not.toBeNull();
  expect(JSON.stringify(found)).not.toMatch(/Layoffs|Very/);
  await joinAs("moderator", secret, admin);
  expect(await list({ access: "private" })).toMatchObject([{ role: "moderator", room: { topic: "Layoffs" } }]);
});

it("Rooms are sorted by their figures, page after page, and messages are counted once", async () => {
  const { organization, mia, tea, names, list } = await setting();
  await countRooms(organization.id);
  expect((await names({ sort: "messages" })).slice(0, 2)).toEqual(["secret", "tea"]);
  expect((await names({ sort: "people" })).slice(0, 2)).toEqual(["tea", "secret"]);
  await as(mia as never).do("message.send", { roomId: tea.id, body: "One" });
  await as(mia as never).do("message.send", { roomId: tea.id, body: "Two" });
  await countRooms(organization.id);
  await countRooms(organization.id);
  expect(await list({ query: "tea" })).toMatchObject([{ messages: 4 }, {}]);
  expect((await names({ sort: "activity" }))[0]).toBe("tea");
  const { admin } = await setting();
  const seen: (string | null)[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await as(admin).do("room.administer", { sort: "people", limit: 1, ...(after && { after }) });
    seen.push(...page.rooms.map(({ room }) => room.name));
    after = page.next;
  }
  expect(new Set(seen)).toEqual(new Set(["old", "secret", "tea", "team"]));
  expect(seen).toHaveLength(4);
});

it("Notices are not counted as messages", async () => {
  const { organization, owner, tea, list } = await setting();
  await as(owner).do("room.update", { roomId: tea.id, topic: "Cups" });
  await countRooms(organization.id);
  expect(await list({ query: "tea" })).toMatchObject([{ messages: 2 }, {}]);
});
