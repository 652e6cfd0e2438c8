import { expect, it } from "vitest";
import type { Input } from "@/lib/contract/index";
import { db } from "@/lib/server/db";
import { as, joinAs, makeGroup, makeStaffedRoom, outcome, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

type Access = Omit<Input<"room.setAccess">, "roomId">;
const setting = makeStaffedRoom;
const stored = (id: string) => db().room.findUniqueOrThrow({ where: { id }, include: { groups: true } });
const setAccess = (who: TestPerson, roomId: string, access: Access) =>
  as(who).ask("room.setAccess", { roomId, ...access });
const finds = async (who: TestPerson, roomId: string) => outcome(await as(who).ask("room.show", { roomId }));
const memberIds = async (roomId: string) =>
  (await db().membership.findMany({ where: { roomId }, orderBy: { personId: "asc" } })).map(({ personId }) => personId);
const following = async (roomId: string) =>
  (await db().membership.findMany({ where: { roomId, isFollowing: true } })).map(({ personId }) => personId).toSorted();
const accessNotices = async (roomId: string) =>
  (await db().message.findMany({ where: { roomId, kind: "notice" }, orderBy: { seq: "asc" } }))
    .map(({ notice }) => notice as { type: string })
    .filter(({ type }) => type === "access");

it("A room becomes private, restricted and public again: who may find it changes at once, and nobody is removed", async () => {
  const { organization, ada, mia, outsider, roomId } = await setting();
  const groupId = await makeGroup(organization, [ada]);
  const before = await memberIds(roomId);
  expect(await finds(outsider, roomId)).toBe("ok");
  expect(await setAccess(ada, roomId, { access: "private" })).toMatchObject({ data: { access: "private" } });
  expect(await finds(outsider, roomId)).toBe("not_found");
  expect(await setAccess(ada, roomId, { access: "restricted", groupIds: [groupId] })).toMatchObject({
    data: { access: "restricted", groupIds: [groupId], forAdmins: false },
  });
  expect([await finds(outsider, roomId), await finds(mia, roomId)]).toEqual(["not_found", "ok"]);
  expect(await setAccess(ada, roomId, { access: "public" })).toMatchObject({
    data: { access: "public", groupIds: [] },
  });
  expect(await finds(outsider, roomId)).toBe("ok");
  expect(await memberIds(roomId)).toEqual(before);
  expect(await accessNotices(roomId)).toEqual([
    { type: "access", from: "public", access: "private" },
    { type: "access", from: "private", access: "restricted" },
    { type: "access", from: "restricted", access: "public" },
  ]);
});

it("Groups that are named for a room that is not restricted are not kept", async () => {
  const { organization, ada, roomId } = await setting();
  const groupId = await makeGroup(organization, [ada]);
  await setAccess(ada, roomId, { access: "private", groupIds: [groupId] });
  expect(await stored(roomId)).toMatchObject({ access: "private", groups: [] });
});

it("What stays as it is takes no tick, and a change takes one", async () => {
  const { organization, ada, owner, roomId } = await setting();
  const [one, two] = [await makeGroup(organization, [ada]), await makeGroup(organization, [ada])];
  const clockAfter = async (access: Access, who = ada) => {
    expect(outcome(await setAccess(who, roomId, access))).toBe("ok");
    return (await stored(roomId)).clock;
  };
  expect(await clockAfter({ access: "public" })).toBe(0);
  expect(await clockAfter({ access: "restricted", groupIds: [one, two, one] })).toBe(1);
  expect(await clockAfter({ access: "restricted", groupIds: [two, one] })).toBe(1);
  expect(await clockAfter({ access: "restricted", groupIds: [two] })).toBe(2);
  expect(await clockAfter({ access: "restricted" }, owner)).toBe(3);
  expect(await stored(roomId)).toMatchObject({ forAdmins: true });
});

it("Only the room's admins and those of the organization may, and from outside a private room nobody", async () => {
  const { owner, ada, moe, mia, guest, outsider, roomId } = await setting();
  for (const who of [moe, mia, guest, outsider])
    expect(outcome(await setAccess(who, roomId, { access: "private" })), who.name).toMatch(/forbidden|not_found/);
  expect(outcome(await setAccess(owner, roomId, { access: "private" }))).toBe("ok");
  // The owner is not in the room, so once it is private they cannot open it again.
  expect(await setAccess(owner, roomId, { access: "public" })).toMatchObject({
    error: {
      code: "forbidden",
      message: "Only admins in this private room can change who can join it. Ask one of them.",
    },
  });
  expect(await stored(roomId)).toMatchObject({ access: "private" });
  expect(outcome(await setAccess(ada, roomId, { access: "public" }))).toBe("ok");
});

it("The room that everyone is in stays public, and an archived room stays as it is", async () => {
  const everyone = await setting({ joinsEveryone: true });
  expect(outcome(await setAccess(everyone.owner, everyone.roomId, { access: "private" }))).toBe("forbidden");
  const archived = await setting({ archivedAt: new Date() });
  expect(outcome(await setAccess(archived.ada, archived.roomId, { access: "private" }))).toBe("room_archived");
});

it("A room admin chooses among their groups and those that the room has; owners among all", async () => {
  const { organization, owner, ada, mia, roomId } = await setting();
  const [own, foreign] = [await makeGroup(organization, [ada]), await makeGroup(organization, [mia])];
  expect(outcome(await setAccess(ada, roomId, { access: "restricted", groupIds: [foreign] }))).toBe("not_found");
  expect(await setAccess(ada, roomId, { access: "restricted" })).toMatchObject({
    error: { code: "invalid_input", fields: { groupIds: "Choose at least one group." } },
  });
  expect(outcome(await setAccess(owner, roomId, { access: "restricted", groupIds: [foreign] }))).toBe("ok");
  expect(outcome(await setAccess(ada, roomId, { access: "restricted", groupIds: [foreign, own] }))).toBe("ok");
});

it("Memberships through a group become personal when the access changes, and when the room loses their last group", async () => {
  const { organization, owner, ada, outsider, mia, roomId } = await setting();
  const [one, two] = [await makeGroup(organization, [outsider]), await makeGroup(organization, [mia])];
  await setAccess(owner, roomId, { access: "restricted", groupIds: [one, two] });
  for (const who of [outsider, owner]) await as(who).do("membership.join", { roomId });
  expect(await following(roomId)).toEqual([outsider.id, owner.id].toSorted());
  await setAccess(owner, roomId, { access: "restricted", groupIds: [two] });
  expect(await following(roomId)).toEqual([owner.id]);
  await setAccess(ada, roomId, { access: "private" });
  expect(await following(roomId)).toEqual([]);
  expect(await memberIds(roomId)).toHaveLength(6);
});

it("Two changes at once leave one of them, and each notice begins where the one before ended", async () => {
  const { ada, owner, roomId } = await setting();
  await joinAs("member", { id: roomId, organizationId: owner.organizationId, name: "" }, owner);
  const wanted = ["private", "restricted", "private", "public"] as const;
  const answers = await Promise.all(wanted.map((access) => setAccess(owner, roomId, { access })));
  expect(answers.map(outcome)).toEqual(wanted.map(() => "ok"));
  expect(outcome(await setAccess(ada, roomId, { access: "private" }))).toBe("ok");
  const notices = (await accessNotices(roomId)) as unknown as { from: string; access: string }[];
  let at = "public";
  for (const { from, access } of notices) {
    expect(from).toBe(at);
    at = access;
  }
  expect(at).toBe("private");
});

it("A closed room is gone from the list of those outside, and an opened one is in it", async () => {
  const { ada, outsider, roomId } = await setting({ name: "Tea" });
  const listed = async () => (await as(outsider).do("room.list", {})).rooms.map(({ room }) => room.id);
  expect(await listed()).toEqual([roomId]);
  await setAccess(ada, roomId, { access: "private" });
  expect(await listed()).toEqual([]);
  expect(outcome(await as(outsider).ask("message.list", { roomId }))).toBe("not_found");
  await setAccess(ada, roomId, { access: "public" });
  expect(await listed()).toEqual([roomId]);
});

it("With its notices off, a room's log does not tell who comes and goes nor its name, but each takes its tick", async () => {
  const { ada, mia, outsider, roomId } = await setting();
  const clock = async () => (await stored(roomId)).clock;
  await as(ada).do("room.update", { roomId, notices: false });
  expect(await clock()).toBe(1);
  await as(outsider).do("membership.join", { roomId });
  await as(ada).do("membership.remove", { roomId, personId: outsider.id });
  await as(mia).do("membership.leave", { roomId });
  await as(ada).do("membership.add", { roomId, personIds: [mia.id] });
  await as(ada).do("room.update", { roomId, name: "Quiet tea" });
  expect(await clock()).toBe(6);
  expect(await stored(roomId)).toMatchObject({ changedSeq: 6 });
  // Changes of who may read and write always have a notice.
  await as(ada).do("room.update", { roomId, postingPolicy: "moderators", notices: true });
  await setAccess(ada, roomId, { access: "private" });
  await as(mia).do("membership.leave", { roomId });
  const told = await db().message.findMany({ where: { roomId, kind: "notice" }, orderBy: { seq: "asc" } });
  expect(told.map(({ notice }) => (notice as { type: string }).type)).toEqual([
    "notices",
    "posting",
    "notices",
    "access",
    "left",
  ]);
});
