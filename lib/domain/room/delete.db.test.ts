import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { as, makeStaffedRoom, makePerson, outcome } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const setting = async (wanted: Parameters<typeof makeStaffedRoom>[0] = {}) => {
  const all = await makeStaffedRoom(wanted);
  const remove = (by: typeof all.owner, name = all.room.name) =>
    as(by).ask("room.delete", { roomId: all.roomId, name });
  return { ...all, remove };
};

it("Deleting closes the room for everyone at one moment, and frees its name", async () => {
  const { organization, owner, ada, mia, guest, roomId, room, remove } = await setting();
  await as(mia).do("message.send", { roomId, body: "Hello" });
  const before = await as(mia).do("home.show", {});
  expect(await remove(owner)).toEqual({ ok: true, data: {} });
  for (const who of [owner, ada, mia, guest]) {
    expect(outcome(await as(who).ask("room.show", { roomId }))).toBe("not_found");
    expect(outcome(await as(who).ask("message.list", { roomId }))).toBe("not_found");
    expect(outcome(await as(who).ask("message.send", { roomId, body: "Late" }))).toBe("not_found");
  }
  for (const name of ["room.archive", "room.update", "membership.join"] as const)
    expect(outcome(await as(owner).send(name, { roomId, ...(name === "room.update" && { name: "x" }) }))).toBe(
      "not_found",
    );
  const synced = await as(mia).do("sync", { rooms: { [roomId]: 0 }, me: before.clock, epoch: before.epoch });
  expect(synced.rooms[roomId]).toEqual({ kind: "gone" });
  expect(synced.me?.changes).toEqual([{ type: "gone", roomId }]);
  expect((await as(owner).do("room.create", { name: room.name })).room.name).toBe(room.name);
  const entries = await db().auditEntry.findMany({ where: { organizationId: organization.id, act: "room.delete" } });
  expect(entries).toMatchObject([
    { subjectId: roomId, roomId, actorId: owner.id, before: { members: 4 }, after: null },
  ]);
});

it("Its name has to be typed, in capitals or not", async () => {
  const { owner, room, remove } = await setting();
  expect(await remove(owner, "another")).toMatchObject({
    error: { code: "invalid_input", fields: { name: expect.stringMatching(/not the room's name/) } },
  });
  expect(outcome(await remove(owner, room.name.toUpperCase()))).toBe("ok");
});

it("Room admins delete it only if the settings say so", async () => {
  const { owner, ada, moe, remove } = await setting({ access: "private" });
  expect(outcome(await remove(ada))).toBe("forbidden");
  await as(owner).do("organization.update", { roomAdminsDelete: true });
  expect(outcome(await remove(moe))).toBe("forbidden");
  expect(outcome(await remove(ada))).toBe("ok");
});

it("Messages that are sent while it is deleted are stored before it or not at all", async () => {
  const { owner, mia, roomId, remove } = await setting();
  const sends = Array.from({ length: 20 }, () => as(mia).ask("message.send", { roomId, body: "Hello" }));
  await remove(owner);
  const sent = (await Promise.all(sends)).filter(({ ok }) => ok).length;
  expect(await db().message.count({ where: { roomId, kind: "person" } })).toBe(sent);
});

it("Deleting and joining at once, twenty times, never leaves a member", async () => {
  for (let round = 0; round < 20; round++) {
    const { owner, outsider, roomId, remove } = await setting();
    await Promise.all([remove(owner), as(outsider).ask("membership.join", { roomId })]);
    expect(await db().membership.count({ where: { roomId } })).toBe(0);
  }
});

it("Newcomers join the default rooms that are public, and may leave them", async () => {
  const { organization, owner, roomId } = await setting();
  await as(owner).do("room.setDefault", { roomId, isDefault: true });
  const { token } = await as(owner).do("invite.create", {});
  const accept = async () => {
    const email = `${crypto.randomUUID()}@example.org`;
    const input = { token, name: "Nina", email, password: "a long password" };
    return (await as(owner).do("invite.accept", input)).personId;
  };
  const isIn = async (personId: string) => (await db().membership.count({ where: { roomId, personId } })) === 1;
  expect(await isIn(await accept())).toBe(true);
  const promoted = await makePerson(organization, { role: "guest" });
  await as(owner).do("organization.setRole", { personId: promoted.id, role: "member" });
  expect(await isIn(promoted.id)).toBe(true);
  expect(outcome(await as(promoted).ask("membership.leave", { roomId }))).toBe("ok");
  await db().room.update({ where: { id: roomId }, data: { access: "private" } });
  expect(await isIn(await accept())).toBe(false);
});

it("Whether newcomers join stays as it is while a room is archived", async () => {
  const { owner, ada, roomId } = await setting();
  await as(owner).do("room.setDefault", { roomId, isDefault: true });
  await as(owner).do("room.archive", { roomId });
  expect(outcome(await as(ada).ask("room.setDefault", { roomId, isDefault: false }))).toBe("forbidden");
  expect(outcome(await as(owner).ask("room.setDefault", { roomId, isDefault: false }))).toBe("room_archived");
});
