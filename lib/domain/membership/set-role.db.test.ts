import { expect, it } from "vitest";
import type { RoomRole } from "@/lib/contract/room-role";
import { db } from "@/lib/server/db";
import { as, makeStaffedRoom, outcome, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting(wanted: Parameters<typeof makeStaffedRoom>[0] = {}) {
  const made = await makeStaffedRoom(wanted);
  const setRole = (who: TestPerson, { id: personId }: { id: string }, role: RoomRole) =>
    as(who).ask("membership.setRole", { roomId: made.roomId, personId, role });
  return { ...made, setRole };
}
const notices = async (roomId: string) =>
  (await db().message.findMany({ where: { roomId, kind: "notice" }, orderBy: { seq: "asc" } })).map(
    ({ notice, authorId }) => ({ ...(notice as object), authorId }),
  );
const membershipOf = (roomId: string, { id: personId }: TestPerson) =>
  db().membership.findUniqueOrThrow({ where: { roomId_personId: { roomId, personId } } });

it("A new role is told in the log, takes a tick in the room's log and in the person's own, and holds at once", async () => {
  const { ada, mia, roomId, setRole } = await setting({ postingPolicy: "moderators" });
  expect(outcome(await as(mia).ask("message.send", { roomId, body: "Before" }))).toBe("forbidden");
  const { clock } = await as(mia).do("home.show", {});
  expect(await setRole(ada, mia, "moderator")).toMatchObject({ data: { person: { id: mia.id }, role: "moderator" } });
  expect(await notices(roomId)).toEqual([{ type: "role", personIds: [mia.id], role: "moderator", authorId: ada.id }]);
  expect(await membershipOf(roomId, mia)).toMatchObject({ role: "moderator", roomTick: 1, personTick: clock + 1 });
  expect(outcome(await as(mia).ask("message.send", { roomId, body: "After" }))).toBe("ok");
  await setRole(ada, mia, "member");
  expect(outcome(await as(mia).ask("message.send", { roomId, body: "Later" }))).toBe("forbidden");
});

it("Their own clock's changes bring the new role", async () => {
  const { ada, mia, roomId, setRole } = await setting();
  const { clock: me, epoch } = await as(mia).do("home.show", {});
  await setRole(ada, mia, "admin");
  const { me: changes } = await as(mia).do("sync", { rooms: {}, me, epoch });
  expect(changes?.changes).toMatchObject([{ type: "entry", entry: { membership: { roomId, role: "admin" } } }]);
});

it("The role that someone has already is no change", async () => {
  const { ada, moe, roomId, setRole } = await setting();
  expect(outcome(await setRole(ada, moe, "moderator"))).toBe("ok");
  expect(await notices(roomId)).toEqual([]);
});

it("The same role given five times at once is told once; two roles at once end in one of them", async () => {
  const { owner, ada, mia, roomId, setRole } = await setting();
  await Promise.all(Array.from({ length: 5 }, () => setRole(ada, mia, "moderator")));
  expect(await notices(roomId)).toHaveLength(1);
  const answers = await Promise.all([setRole(ada, mia, "admin"), setRole(owner, mia, "member")]);
  expect(answers.map(outcome)).toEqual(["ok", "ok"]);
  const told = (await notices(roomId)) as unknown as { role: string }[];
  expect(told.at(-1)?.role).toBe((await membershipOf(roomId, mia)).role);
});

it("The last admin of a room may step down, and an owner makes the next one", async () => {
  const { owner, ada, moe, roomId, setRole } = await setting({ access: "private" });
  expect(outcome(await setRole(ada, ada, "member"))).toBe("ok");
  expect(outcome(await setRole(ada, ada, "admin"))).toBe("forbidden");
  expect(outcome(await setRole(moe, moe, "admin"))).toBe("forbidden");
  expect(outcome(await setRole(owner, moe, "member")), "from outside").toBe("forbidden");
  expect(outcome(await setRole(owner, moe, "admin"))).toBe("ok");
  expect((await membershipOf(roomId, moe)).role).toBe("admin");
});

it("If two admins demote each other at once, one of them is the last and keeps the role", async () => {
  const { ada, mia, roomId, setRole } = await setting();
  await setRole(ada, mia, "admin");
  const answers = await Promise.all([setRole(ada, mia, "member"), setRole(mia, ada, "member")]);
  expect(answers.map(outcome).toSorted()).toEqual(["forbidden", "ok"]);
  expect(await db().membership.count({ where: { roomId, role: "admin" } })).toBe(1);
});

it("Neither moderators, members, guests nor outsiders change roles", async () => {
  const { moe, mia, guest, outsider, roomId, setRole } = await setting();
  for (const who of [moe, mia, guest, outsider]) {
    expect(await setRole(who, mia, "admin"), who.name).toMatchObject({
      error: { code: "forbidden", message: expect.stringContaining("Ask one of them") },
    });
  }
  expect(await notices(roomId)).toEqual([]);
});

it("Guests stay members, and who is not in the room has no role", async () => {
  const { ada, guest, outsider, setRole } = await setting();
  expect(outcome(await setRole(ada, guest, "moderator"))).toBe("forbidden");
  expect(outcome(await setRole(ada, outsider, "moderator"))).toBe("not_found");
});

it("In an archived room roles stay", async () => {
  const { ada, mia, roomId, setRole } = await setting();
  await as(ada).do("room.archive", { roomId });
  expect(outcome(await setRole(ada, mia, "moderator"))).toBe("room_archived");
});

it("A role and a removal at once leave a person who is gone, or was never promoted after leaving", async () => {
  const { ada, owner, mia, roomId, setRole } = await setting();
  const [role, removal] = await Promise.all([
    setRole(ada, mia, "moderator"),
    as(owner).ask("membership.remove", { roomId, personId: mia.id }),
  ]);
  expect(outcome(removal)).toBe("ok");
  expect(["ok", "not_found"]).toContain(outcome(role));
  expect(await db().membership.count({ where: { roomId, personId: mia.id } })).toBe(0);
});
