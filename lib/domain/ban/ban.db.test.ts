import { describe, expect, it } from "vitest";
import { addPeople } from "@/lib/domain/membership/add-people";
import { changeLogs } from "@/lib/server/announcements";
import { db } from "@/lib/server/db";
import { as, joinAs, makePeople, makePerson, makeStaffedRoom, outcome, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const isMember = async (roomId: string, { id }: TestPerson) =>
  (await db().membership.count({ where: { roomId, personId: id } })) === 1;
const ban = (who: TestPerson, roomId: string, { id: personId }: TestPerson) =>
  as(who).ask("ban.add", { roomId, personId });
const errorOf = async (answer: ReturnType<typeof ban>) => {
  const got = await answer;
  return got.ok ? null : got.error;
};

describe("A ban", () => {
  it("removes the person and takes reading: list, preview, log, join and browse know no such room", async () => {
    const { moe, mia, roomId } = await makeStaffedRoom();
    const finds = async () => (await as(mia).do("room.list", {})).rooms.some(({ room }) => room.id === roomId);
    await as(mia).do("message.list", { roomId });
    expect(await finds()).toBe(true);
    expect(await as(moe).do("ban.add", { roomId, personId: mia.id })).toEqual({ memberCount: 3 });
    expect(await isMember(roomId, mia)).toBe(false);
    expect(await finds()).toBe(false);
    for (const name of ["room.show", "message.list", "membership.list", "membership.join"] as const)
      expect(outcome(await as(mia).ask(name, { roomId })), name).toBe("not_found");
    expect((await as(mia).do("home.show", {})).rooms).toEqual([]);
    const { epoch } = await db().organization.findUniqueOrThrow({ where: { id: mia.organizationId } });
    const answer = await as(mia).do("sync", { rooms: { [roomId]: 0 }, me: 1, epoch });
    expect(answer.rooms).toEqual({ [roomId]: { kind: "gone" } });
  });

  it("is stronger than a group, a role and an invite link", async () => {
    const { organization, owner, ada, outsider, roomId } = await makeStaffedRoom({ access: "restricted" });
    const admin = await makePerson(organization, { role: "admin" });
    const group = await db().group.create({
      data: { id: crypto.randomUUID(), organizationId: organization.id, name: "G", handle: `g${roomId}` },
    });
    await db().groupMember.create({
      data: { organizationId: organization.id, groupId: group.id, personId: outsider.id },
    });
    await db().roomGroup.create({ data: { organizationId: organization.id, roomId, groupId: group.id } });
    expect(outcome(await as(outsider).ask("room.show", { roomId }))).toBe("ok");
    expect(outcome(await as(admin).ask("room.show", { roomId }))).toBe("ok");
    for (const person of [outsider, admin]) {
      expect(outcome(await ban(ada, roomId, person))).toBe("ok");
      for (const name of ["room.show", "membership.join"] as const)
        expect(outcome(await as(person).ask(name, { roomId })), name).toBe("not_found");
    }
    // A banned admin of the organization still runs the room, but cannot lift their own ban.
    expect(outcome(await as(admin).ask("ban.list", { roomId }))).toBe("ok");
    expect(outcome(await as(admin).ask("ban.remove", { roomId, personId: admin.id }))).toBe("forbidden");
    expect(outcome(await as(owner).ask("ban.remove", { roomId, personId: admin.id }))).toBe("ok");
  });

  it("leaves to an admin of the organization what they have from outside a private room, and no topic", async () => {
    const { organization, owner, roomId } = await makeStaffedRoom();
    const admin = await makePerson(organization, { role: "admin" });
    await as(owner).do("room.update", { roomId, topic: "Layoffs on Monday", description: "For the board" });
    const read = async () => (await as(admin).do("room.administer", { roomId })).rooms;
    expect(await read()).toMatchObject([{ room: { topic: "Layoffs on Monday" }, banned: false }]);
    await as(owner).do("ban.add", { roomId, personId: admin.id });
    const changed = await as(admin).do("room.update", { roomId, name: `Named ${roomId}` });
    const archived = await as(admin).do("room.archive", { roomId });
    await as(admin).do("room.unarchive", { roomId });
    const listed = await as(admin).do("room.administer", { sort: "people" });
    expect(await read()).toMatchObject([
      { room: { name: `Named ${roomId}`, topic: "", description: "" }, banned: true },
    ]);
    expect(JSON.stringify([await read(), listed, changed, archived])).not.toMatch(/Layoffs|board/);
    for (const input of [{ topic: "Mine" }, { description: "Mine" }])
      expect(outcome(await as(admin).ask("room.update", { roomId, ...input }))).toBe("forbidden");
    const opened = await as(admin).ask("room.setAccess", { roomId, access: "restricted", groupIds: [] });
    expect(outcome(opened)).toBe("forbidden");
  });

  it("withdraws the person's invites, and their own invites to others no longer work", async () => {
    const { organization, ada, mia, outsider, roomId } = await makeStaffedRoom();
    const other = await makePerson(organization);
    const { id } = await as(mia).do("roomInvite.send", { roomId, personId: outsider.id });
    const { id: byMia } = await as(mia).do("roomInvite.send", { roomId, personId: other.id });
    await as(ada).do("ban.add", { roomId, personId: outsider.id });
    expect(await db().roomInvite.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: "withdrawn" });
    expect(outcome(await as(outsider).ask("roomInvite.accept", { roomInviteId: id }))).toBe("gone");
    await as(ada).do("ban.add", { roomId, personId: mia.id });
    expect(outcome(await as(other).ask("roomInvite.accept", { roomInviteId: byMia }))).toBe("gone");
  });

  it("is named to moderators and admins only when somebody adds or invites the person", async () => {
    const { moe, mia, outsider, roomId } = await makeStaffedRoom();
    await as(moe).do("ban.add", { roomId, personId: outsider.id });
    const add = (who: TestPerson) =>
      errorOf(as(who).ask("membership.add", { roomId, personIds: [outsider.id] }) as never);
    const invite = (who: TestPerson) =>
      errorOf(as(who).ask("roomInvite.send", { roomId, personId: outsider.id }) as never);
    for (const ask of [add, invite]) {
      expect(await ask(moe)).toEqual({
        code: "forbidden",
        message: "Otto is banned from this room. Unban them first.",
      });
      expect(await ask(mia)).toEqual({ code: "forbidden", message: "Otto can't be added. Ask an admin of this room." });
    }
    expect(await isMember(roomId, outsider)).toBe(false);
    expect((await as(moe).do("ban.list", { roomId })).bans).toMatchObject([
      { person: { id: outsider.id }, by: { name: "Moe" } },
    ]);
    expect(outcome(await as(mia).ask("ban.list", { roomId }))).toBe("forbidden");
  });

  it("tells whoever could find the room that it is gone, and nobody else", async () => {
    for (const access of ["public", "restricted", "private"] as const) {
      const { owner, outsider, roomId } = await makeStaffedRoom({ access });
      const { epoch, clock } = await as(outsider).do("home.show", {});
      await as(owner).do("ban.add", { roomId, personId: outsider.id });
      const { me } = await as(outsider).do("sync", { rooms: {}, me: clock, epoch });
      expect(me?.changes ?? [], access).toEqual(access === "public" ? [{ type: "gone", roomId }] : []);
    }
  });

  it("is lifted by unbanning, and the person can join again", async () => {
    const { moe, mia, roomId } = await makeStaffedRoom();
    await as(moe).do("ban.add", { roomId, personId: mia.id });
    const { clock } = await as(mia).do("home.show", {});
    await as(moe).do("ban.remove", { roomId, personId: mia.id });
    // When the person's clock moves, their open page of the room reloads.
    expect((await as(mia).do("home.show", {})).clock).toBe(clock + 1);
    await as(mia).do("membership.join", { roomId });
    expect(await isMember(roomId, mia)).toBe(true);
    expect((await as(moe).do("ban.list", { roomId })).bans).toEqual([]);
  });

  it("writes no more into the log than a removal, and nothing about someone who was not in the room", async () => {
    const { moe, mia, outsider, roomId } = await makeStaffedRoom();
    for (const { id: personId } of [mia, outsider]) await as(moe).do("ban.add", { roomId, personId });
    const notices = await db().message.findMany({ where: { roomId, kind: "notice" } });
    expect(notices.map(({ notice }) => notice)).toEqual([{ type: "removed", personIds: [mia.id] }]);
  });

  it("is skipped without a word when rooms add people", async () => {
    const { ada, moe, mia, outsider, room, roomId } = await makeStaffedRoom();
    await as(ada).do("ban.add", { roomId, personId: outsider.id });
    await db().membership.deleteMany({ where: { roomId, personId: mia.id } });
    await changeLogs(async (tx, announce) => {
      const notice = (personIds: string[]) => ({ type: "joined" as const, personIds });
      const added = await addPeople(tx, announce, room, [outsider.id, mia.id], { byId: moe.id, notice });
      expect([...added.keys()]).toEqual([mia.id]);
    });
    expect([await isMember(roomId, mia), await isMember(roomId, outsider)]).toEqual([true, false]);
  });

  it("against joining, twenty times at once, never leaves a banned member", async () => {
    const { organization, moe, roomId } = await makeStaffedRoom();
    const people = await makePeople(
      organization,
      Array.from({ length: 20 }, () => ({})),
    );
    const answers = await Promise.all(
      people.flatMap((person) => [as(person).ask("membership.join", { roomId }), ban(moe, roomId, person)]),
    );
    const banned = await db().ban.findMany({ where: { roomId }, select: { personId: true } });
    // A busy machine may refuse some of these calls with `busy`.
    expect(banned).toHaveLength(answers.filter((answer, at) => at % 2 === 1 && answer.ok).length);
    expect(banned.length).toBeGreaterThan(5);
    const personId = { in: banned.map((row) => row.personId) };
    expect(await db().membership.count({ where: { roomId, personId } })).toBe(0);
  });

  it("of someone who is being added and accepts an invite at the same time leaves no banned member", async () => {
    const { ada, moe, mia, outsider, roomId } = await makeStaffedRoom({ access: "private" });
    const { id: roomInviteId } = await as(mia).do("roomInvite.send", { roomId, personId: outsider.id });
    await Promise.all([
      as(outsider).ask("roomInvite.accept", { roomInviteId }),
      ban(moe, roomId, outsider),
      as(ada).ask("membership.add", { roomId, personIds: [outsider.id] }),
    ]);
    expect(await db().ban.count({ where: { roomId, personId: outsider.id } })).toBe(1);
    expect(await isMember(roomId, outsider)).toBe(false);
  });
});

describe("Banning", () => {
  it("of admins is not for moderators, of owners only for owners, of oneself for nobody", async () => {
    const { owner, ada, moe, mia, room, roomId } = await makeStaffedRoom();
    await joinAs("member", room, owner);
    expect(outcome(await ban(mia, roomId, moe))).toBe("forbidden");
    expect(outcome(await ban(moe, roomId, ada))).toBe("forbidden");
    expect(outcome(await ban(ada, roomId, owner))).toBe("forbidden");
    expect(outcome(await ban(ada, roomId, ada))).toBe("forbidden");
    expect(outcome(await ban(ada, roomId, moe))).toBe("ok");
    expect(outcome(await ban(owner, roomId, ada))).toBe("ok");
  });

  it("is not possible in the room that everyone is in", async () => {
    const { owner, mia, roomId } = await makeStaffedRoom({ joinsEveryone: true });
    expect(outcome(await ban(owner, roomId, mia))).toBe("forbidden");
  });

  it("is for owners and admins in a private room that they are not in", async () => {
    const { owner, mia, roomId } = await makeStaffedRoom({ access: "private" });
    expect(outcome(await ban(owner, roomId, mia))).toBe("ok");
    expect(await isMember(roomId, mia)).toBe(false);
  });
});

it("No way adds a guest to the room that everyone is in", async () => {
  const { organization, owner, ada, roomId } = await makeStaffedRoom({ joinsEveryone: true });
  const guest = await makePerson(organization, { role: "guest" });
  const add = { roomId, personIds: [guest.id] };
  expect(outcome(await as(ada).ask("membership.add", add))).toBe("forbidden");
  expect(outcome(await as(ada).ask("roomInvite.send", { roomId, personId: guest.id, note: "" }))).toBe("forbidden");
  const terms = {
    role: "guest" as const,
    roomIds: [roomId],
    groupIds: [],
    maxUses: 1 as const,
    expiresInSeconds: null,
  };
  expect(outcome(await as(owner).ask("invite.create", { ...terms, guestEndsAt: null }))).toBe("not_found");
  expect(await isMember(roomId, guest)).toBe(false);
});
