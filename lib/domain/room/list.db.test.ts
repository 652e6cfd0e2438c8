import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { as, joinAs, makeGroup, makeOrganization, makePerson, makeRoom, outcome } from "@/tests/harness/people";
import { countRooms } from "./figures";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const [admin, mia] = [await makePerson(organization, { role: "admin" }), await makePerson(organization)];
  const guest = await makePerson(organization, { role: "guest" });
  const groupId = await makeGroup(organization, [mia, guest]);
  await makeRoom(organization, { name: "open" });
  await makeRoom(organization, { name: "group", access: "restricted", groupIds: [groupId] });
  await makeRoom(organization, { name: "admins", access: "restricted" });
  const hidden = await makeRoom(organization, { name: "hidden", access: "private" });
  const shared = await makeRoom(organization, { name: "shared", access: "private" });
  const old = await makeRoom(organization, { name: "old", archivedAt: new Date() });
  await joinAs("member", shared, mia, guest);
  await joinAs("member", old, mia);
  return { organization, admin, mia, guest, hidden, shared };
}
type Setting = Awaited<ReturnType<typeof setting>>;
const listed = async (who: Setting["mia"], given: object = {}) =>
  (await as(who).do("room.list", given)).rooms.map(({ room, joined }) => (joined ? `${room.name}*` : room.name));

it("Everybody is listed exactly the rooms they are in or may join", async () => {
  const { admin, mia, guest } = await setting();
  expect(await listed(admin)).toEqual(["admins", "group", "open"]);
  expect(await listed(mia)).toEqual(["group", "open", "shared*"]);
  expect(await listed(guest)).toEqual(["shared*"]);
});

it("Only rooms that one is not in are listed, if they are asked for, whatever the sort and the query", async () => {
  const { organization, mia, guest } = await setting();
  await db().room.updateMany({ where: { organizationId: organization.id, clock: 0 }, data: { clock: 1 } });
  await countRooms(organization.id);
  const only = "joinable";
  expect(await listed(mia, { only })).toEqual(["group", "open"]);
  expect((await listed(mia, { only, sort: "people" })).map(String).toSorted()).toEqual(["group", "open"]);
  expect(await listed(mia, { only, query: "o", limit: 1 })).toEqual(["open"]);
  expect(await listed(guest, { only })).toEqual([]);
});

it("A listed room can be shown, and any other is not found", async () => {
  const { organization, admin, mia, guest } = await setting();
  const rooms = await db().room.findMany({ where: { organizationId: organization.id, archivedAt: null } });
  for (const who of [admin, mia, guest]) {
    const names = (await listed(who)).map((name) => name?.replace("*", ""));
    for (const { id: roomId, name } of rooms) {
      const expected = names.includes(name ?? "") ? "ok" : "not_found";
      expect(outcome(await as(who).ask("room.show", { roomId })), `${who.name} ${name}`).toBe(expected);
    }
  }
});

it("The pages of the list, with and without a query, have every room once", async () => {
  const { organization, mia } = await setting();
  for (const name of ["Tea 1", "Tea 2", "Tea 3"]) await makeRoom(organization, { name });
  const paged = async (given: object) => {
    const seen: (string | null)[] = [];
    let page = await as(mia).do("room.list", { ...given, limit: 2 });
    for (;;) {
      seen.push(...page.rooms.map(({ room }) => room.name));
      if (page.next === null) return seen;
      page = await as(mia).do("room.list", { ...given, limit: 2, after: page.next });
    }
  };
  expect(await paged({})).toEqual(["group", "open", "shared", "Tea 1", "Tea 2", "Tea 3"]);
  expect(await paged({ query: "TEA" })).toEqual(["Tea 1", "Tea 2", "Tea 3"]);
});

it("The list can be sorted by people and by activity, and its pages have every room once, also if one changes its place", async () => {
  const { organization, mia, guest } = await setting();
  const others = [await makePerson(organization), await makePerson(organization)];
  const rooms: Record<string, string> = {};
  for (const [at, name] of ["few", "many", "some", "few too"].entries()) {
    const { id } = await makeRoom(organization, { name });
    rooms[name] = id;
    const members = name === "many" ? [mia, ...others] : name === "some" ? [mia, others[0] as typeof mia] : [mia];
    await joinAs("member", { id, organizationId: organization.id, name }, ...members);
    await db().room.update({ where: { id }, data: { clock: 1 } });
    const activeAt = new Date(Date.UTC(2026, 0, at + 1));
    await db().message.create({
      data: {
        id: uuidv7(),
        organizationId: organization.id,
        roomId: id,
        body: "Hi",
        seq: 1,
        changedSeq: 1,
        createdAt: activeAt,
      },
    });
  }
  await db().room.updateMany({
    where: { organizationId: organization.id },
    data: { createdAt: new Date(Date.UTC(2020, 0, 1)) },
  });
  await db().room.updateMany({ where: { organizationId: organization.id, clock: 0 }, data: { clock: 1 } });
  await countRooms(organization.id);
  const paged = async (sort: "people" | "activity", between?: () => Promise<unknown>) => {
    const seen: (string | null)[] = [];
    let page = await as(mia).do("room.list", { sort, limit: 2 });
    await between?.();
    for (;;) {
      seen.push(...page.rooms.map(({ room }) => room.name));
      if (page.next === null) return seen;
      page = await as(mia).do("room.list", { sort, limit: 2, after: page.next });
    }
  };
  expect((await paged("people")).slice(0, 3)).toEqual(["many", "some", "shared"]);
  expect((await paged("people")).map(String).toSorted()).toEqual([
    "few",
    "few too",
    "group",
    "many",
    "open",
    "shared",
    "some",
  ]);
  const byActivity = ["few too", "some", "many", "few"];
  expect((await paged("activity")).slice(0, 4)).toEqual(byActivity);
  const moved = db().roomFigures.update({ where: { roomId: rooms["few too"] ?? "" }, data: { activeAt: new Date(0) } });
  expect((await paged("activity", () => moved)).slice(0, 4)).toEqual(byActivity);
  expect(await listed(guest, { sort: "activity" })).toEqual(["shared*"]);
  expect(await listed(mia, { sort: "people", query: "few" })).toEqual(["few*", "few too*"]);
  const cursor = (await as(mia).do("room.list", { sort: "people", limit: 1 })).next ?? "";
  expect(outcome(await as(mia).ask("room.list", { sort: "activity", after: cursor }))).toBe("invalid_input");
});

it("A new room is listed by every sort at once", async () => {
  const { mia } = await setting();
  await as(mia).do("room.create", { name: "brand new" });
  for (const sort of ["name", "people", "activity"] as const)
    expect(await listed(mia, { sort })).toContain("brand new*");
});

it("A search tolerates one typing error, missing letters, accents and separators, and lists the best match first", async () => {
  const { organization, mia } = await setting();
  for (const name of ["old-release-notes", "release-notes", "Café"]) await makeRoom(organization, { name });
  expect(await listed(mia, { query: "relaese" })).toEqual(["release-notes", "old-release-notes"]);
  expect(await listed(mia, { query: "release notes" })).toEqual(["release-notes", "old-release-notes"]);
  expect(await listed(mia, { query: "rlsn" })).toEqual(["release-notes", "old-release-notes"]);
  expect(await listed(mia, { query: "#cafe" })).toEqual(["Café"]);
  expect(await listed(mia, { query: "hiden" }), "and finds nothing that one may not know of").toEqual([]);
});

it.each(["%", "_", "\\"])("%s has no special meaning in a search", async (query) => {
  const { organization, mia } = await setting();
  expect(await listed(mia, { query: "open" })).toEqual(["open"]);
  expect(await listed(mia, { query })).toEqual([]);
  await makeRoom(organization, { name: `odd ${query}` });
  expect(await listed(mia, { query })).toEqual([`odd ${query}`]);
});

it("Members of a room are listed by name, in pages, only to people who may see the room", async () => {
  const { organization, mia, guest, shared, admin } = await setting();
  const ben = await makePerson(organization, { name: "Ben" });
  await joinAs("moderator", shared, ben);
  const roomId = shared.id;
  const first = await as(guest).do("membership.list", { roomId, limit: 2 });
  expect(first).toMatchObject({ members: [{ person: { id: ben.id }, role: "moderator" }, {}], total: 3 });
  const after = first.next ?? "";
  const second = await as(guest).do("membership.list", { roomId, limit: 2, after });
  const ids = [...first.members, ...second.members].map(({ person }) => person.id);
  expect(ids.toSorted()).toEqual([ben.id, mia.id, guest.id].toSorted());
  expect(second.next).toBeNull();
  const found = await as(guest).do("membership.list", { roomId, query: "bne" });
  expect(found.members, "three letters are too few for a slip").toEqual([]);
  await makePerson(organization, { name: "Benjamin" });
  const close = await as(guest).do("membership.list", { roomId, query: "@ben", limit: 1 });
  expect(close).toMatchObject({ members: [{ person: { id: ben.id } }], next: null, total: 3 });
  const outsider = await makePerson(organization, { name: "Otto" });
  expect(outcome(await as(outsider).ask("membership.list", { roomId }))).toBe("not_found");
  // Owners and admins see who is in a private room.
  expect(await as(admin).do("membership.list", { roomId })).toMatchObject({ total: 3 });
});

it("Every change of a room that people can find moves the tick of lists, and no change of a private room does", async () => {
  const organization = await makeOrganization();
  const admin = await makePerson(organization, { role: "admin" });
  const tick = async () =>
    (await db().organizationLog.findUnique({ where: { organizationId: organization.id } }))?.listsTick ?? 0;
  for (const access of ["public", "private"] as const) {
    const { room } = await as(admin).do("room.create", { name: `the ${access} one`, access });
    const roomId = room.id;
    const changes = {
      create: () => as(admin).do("room.create", { name: `another ${access} one`, access }),
      rename: () => as(admin).do("room.update", { roomId, name: access }),
      topic: () => as(admin).do("room.update", { roomId, topic: "The lamp" }),
      avatar: () => as(admin).do("room.setAvatar", { roomId, avatar: { type: "emoji", emoji: "🔦" } }),
      archive: () => as(admin).do("room.archive", { roomId }),
      unarchive: () => as(admin).do("room.unarchive", { roomId }),
      ...(access === "public" && { default: () => as(admin).do("room.setDefault", { roomId, isDefault: true }) }),
      delete: () => as(admin).do("room.delete", { roomId, name: access }),
    };
    for (const [name, change] of Object.entries(changes)) {
      const before = await tick();
      await change();
      expect((await tick()) > before, `${name}, ${access}`).toBe(access === "public");
    }
  }
});
