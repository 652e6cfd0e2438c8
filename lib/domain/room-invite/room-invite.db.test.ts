import { describe, expect, it } from "vitest";
import type { MeChange } from "@/lib/contract/home";
import { db } from "@/lib/server/db";
import { as, joinAs, makePerson, makeRoom, makeStaffedRoom, outcome, type TestPerson } from "@/tests/harness/people";
import { expireRoomInvites } from "./expire";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

type Staffed = Awaited<ReturnType<typeof makeStaffedRoom>>;

/** A private room with staff, and an invite from Mia to the outsider. */
async function invited(note = "Come in") {
  const staffed = await makeStaffedRoom({ access: "private" });
  const { mia, outsider, roomId } = staffed;
  const invite = await as(mia).do("roomInvite.send", { roomId, personId: outsider.id, note });
  return { ...staffed, invite, roomInviteId: invite.id };
}

const accept = (who: TestPerson, roomInviteId: string) => as(who).ask("roomInvite.accept", { roomInviteId });
const stateOf = async (id: string) => (await db().roomInvite.findUniqueOrThrow({ where: { id } })).state;
const pendingOf = async (who: TestPerson) => (await as(who).do("roomInvite.list", {})).invites;
const sentOf = async (who: TestPerson) => (await as(who).do("roomInvite.listSent", {})).invites;
const isMember = async ({ roomId }: { roomId: string }, { id }: TestPerson) =>
  (await db().membership.count({ where: { roomId, personId: id } })) === 1;
const expire = (id: string) => db().roomInvite.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });

/** The changes in a person's own log since this clock. */
async function changesSince(who: TestPerson, me: number): Promise<MeChange[]> {
  const { epoch } = await db().organization.findUniqueOrThrow({ where: { id: who.organizationId } });
  return (await as(who).do("sync", { rooms: {}, me, epoch })).me?.changes ?? [];
}
const clockOf = async (who: TestPerson) => (await as(who).do("home.show", {})).clock;
const invitesIn = (changes: MeChange[]) => changes.flatMap((change) => (change.type === "invite" ? change.invite : []));

describe("A room invite", () => {
  it("is pending for the invited person, in their home and their list, with its note, and its sender sees it", async () => {
    const { mia, outsider, invite, room } = await invited("Bring the graph");
    expect(invite).toMatchObject({
      state: "pending",
      note: "Bring the graph",
      room: { id: room.id, name: room.name, access: "private" },
      person: { id: outsider.id },
      inviter: { id: mia.id, name: mia.name },
    });
    expect(await pendingOf(outsider)).toMatchObject([{ id: invite.id, state: "pending" }]);
    expect((await as(outsider).do("home.show", {})).invites).toMatchObject([{ id: invite.id }]);
    expect(await sentOf(mia)).toMatchObject([{ id: invite.id, state: "pending" }]);
    expect(await pendingOf(mia)).toEqual([]);
    const sentTo = async (roomId: string) => (await as(mia).do("roomInvite.listSent", { roomId })).invites;
    expect(await sentTo(room.id)).toMatchObject([{ id: invite.id }]);
    expect(await sentTo(crypto.randomUUID())).toEqual([]);
  });

  it("shows the room to the invited person while it is pending, and not afterwards", async () => {
    const { outsider, ada, roomId, roomInviteId } = await invited();
    await db().room.update({ where: { id: roomId }, data: { description: "For incidents" } });
    const shown = await as(outsider).do("roomInvite.show", { roomInviteId });
    expect(shown).toMatchObject({
      description: "For incidents",
      memberCount: 4,
      members: [{ id: ada.id, role: "admin" }, {}, {}, {}],
    });
    await as(outsider).do("roomInvite.decline", { roomInviteId });
    expect(outcome(await as(outsider).ask("roomInvite.show", { roomInviteId }))).toBe("gone");
  });

  it("lets the person join when they accept it, and its sender sees that", async () => {
    const { mia, outsider, roomId, roomInviteId } = await invited();
    const clocks = { mia: await clockOf(mia), outsider: await clockOf(outsider) };
    const entry = await as(outsider).do("roomInvite.accept", { roomInviteId });
    expect(entry).toMatchObject({ room: { id: roomId }, membership: { role: "member" } });
    expect(await stateOf(roomInviteId)).toBe("accepted");
    expect(await pendingOf(outsider)).toEqual([]);
    for (const [who, clock] of [
      [mia, clocks.mia],
      [outsider, clocks.outsider],
    ] as const)
      expect(invitesIn(await changesSince(who, clock))).toMatchObject([{ id: roomInviteId, state: "accepted" }]);
    expect((await changesSince(outsider, clocks.outsider)).map(({ type }) => type).toSorted()).toEqual([
      "entry",
      "invite",
    ]);
  });

  it("accepted twenty times at once makes one membership and one notice", async () => {
    const { outsider, roomId, roomInviteId } = await invited();
    const answers = await Promise.all(Array.from({ length: 20 }, () => accept(outsider, roomInviteId)));
    expect(answers.map(outcome)).toEqual(Array.from({ length: 20 }, () => "ok"));
    expect(await db().membership.count({ where: { roomId, personId: outsider.id } })).toBe(1);
    const notices = await db().message.findMany({ where: { roomId, kind: "notice" } });
    expect(notices.map(({ notice }) => notice)).toEqual([{ type: "joined", personIds: [outsider.id] }]);
  });

  it("can be declined and withdrawn once, which both people learn", async () => {
    for (const [verb, state] of [
      ["decline", "declined"],
      ["withdraw", "withdrawn"],
    ] as const) {
      const { mia, outsider, roomInviteId } = await invited();
      const [ends, other] = verb === "decline" ? [outsider, mia] : [mia, outsider];
      const clock = await clockOf(other);
      expect(await as(ends).do(`roomInvite.${verb}`, { roomInviteId })).toMatchObject({ state });
      expect(invitesIn(await changesSince(other, clock))).toMatchObject([{ id: roomInviteId, state }]);
      expect(await as(ends).do(`roomInvite.${verb}`, { roomInviteId })).toMatchObject({ state });
      expect(await accept(outsider, roomInviteId)).toMatchObject({ ok: false, error: { code: "gone" } });
    }
  });

  it("ends when the person comes into the room in another way", async () => {
    const { ada, mia, outsider, roomId, roomInviteId } = await invited();
    await as(ada).do("membership.add", { roomId, personIds: [outsider.id] });
    expect(await stateOf(roomInviteId)).toBe("accepted");
    expect(await sentOf(mia)).toMatchObject([{ state: "accepted" }]);
  });

  it("does not let someone back in after they accepted it and left", async () => {
    const { outsider, roomId, roomInviteId } = await invited();
    await as(outsider).do("roomInvite.accept", { roomInviteId });
    await as(outsider).do("membership.leave", { roomId });
    expect(outcome(await accept(outsider, roomInviteId))).toBe("gone");
    expect(await isMember({ roomId }, outsider)).toBe(false);
  });

  it("says the room's new name after the room was renamed", async () => {
    const { ada, outsider, roomId, roomInviteId } = await invited();
    const clock = await clockOf(outsider);
    await as(ada).do("room.update", { roomId, name: `Renamed ${roomId}` });
    expect(invitesIn(await changesSince(outsider, clock))).toMatchObject([
      { id: roomInviteId, room: { name: `Renamed ${roomId}` } },
    ]);
  });
});

describe("An invite no longer follows the room", () => {
  const rename = ({ ada, roomId }: Staffed, name: string) => as(ada).do("room.update", { roomId, name });
  const named = (text: unknown) => JSON.stringify(text);
  type Given = Staffed & { roomInviteId: string };
  const cases: Record<string, { readers: ("mia" | "outsider")[]; happens: (all: Given) => Promise<unknown> }> = {
    "after it was declined": {
      readers: ["outsider"],
      happens: ({ outsider, roomInviteId }) => as(outsider).do("roomInvite.decline", { roomInviteId }),
    },
    "after it was withdrawn": {
      readers: ["outsider"],
      happens: ({ mia, roomInviteId }) => as(mia).do("roomInvite.withdraw", { roomInviteId }),
    },
    "after it was accepted and both have left": {
      readers: ["mia", "outsider"],
      async happens({ mia, outsider, roomId, roomInviteId }) {
        await as(outsider).do("roomInvite.accept", { roomInviteId });
        for (const who of [mia, outsider]) await as(who).do("membership.leave", { roomId });
      },
    },
    "after its time, without a sweep": { readers: ["outsider"], happens: ({ roomInviteId }) => expire(roomInviteId) },
    "after its sender was removed": {
      readers: ["mia", "outsider"],
      happens: ({ ada, mia, roomId }) => as(ada).do("membership.remove", { roomId, personId: mia.id }),
    },
    "after its sender was banned": {
      readers: ["mia", "outsider"],
      happens: ({ ada, mia, roomId }) => as(ada).do("ban.add", { roomId, personId: mia.id }),
    },
    "after its sender left": {
      readers: ["mia", "outsider"],
      happens: ({ mia, roomId }) => as(mia).do("membership.leave", { roomId }),
    },
    "after the invited person was banned": {
      readers: ["outsider"],
      happens: ({ ada, outsider, roomId }) => as(ada).do("ban.add", { roomId, personId: outsider.id }),
    },
  };

  it.each(Object.entries(cases))("%s", async (_, { readers, happens }) => {
    const all = await invited();
    await rename(all, `Known ${all.roomId}`);
    await happens(all);
    const clocks = [await clockOf(all.mia), await clockOf(all.outsider)];
    await rename(all, `Layoffs ${all.roomId}`);
    for (const reader of readers) {
      const who = all[reader];
      const live = await changesSince(who, clocks[reader === "mia" ? 0 : 1] ?? 0);
      expect(invitesIn(live)).toEqual([]);
      const everything = [await changesSince(who, 1), await sentOf(who), await pendingOf(who)];
      expect(named(everything)).not.toContain("Layoffs");
      expect(named(everything)).toContain("Known");
    }
    expect(named(await as(all.ada).do("room.show", { roomId: all.roomId }))).toContain("Layoffs");
  });
});

it("A pending invite says who can find its room now", async () => {
  const { ada, outsider, roomId } = await invited();
  const clock = await clockOf(outsider);
  await as(ada).do("room.setAccess", { roomId, access: "public" });
  expect(invitesIn(await changesSince(outsider, clock))).toMatchObject([{ room: { access: "public" } }]);
});

describe("Inviting", () => {
  const invite = (who: TestPerson, roomId: string, personId: string) =>
    as(who).ask("roomInvite.send", { roomId, personId });

  it("is for who may add people, and to people whom they can see and who are not in the room", async () => {
    const { organization, mia, moe, guest, outsider, roomId } = await makeStaffedRoom();
    const stranger = await makePerson((await makeStaffedRoom()).organization);
    const left = await makePerson(organization);
    await db().person.update({ where: { id: left.id }, data: { deactivatedAt: new Date() } });
    expect(outcome(await invite(guest, roomId, outsider.id))).toBe("forbidden");
    expect(outcome(await invite(mia, roomId, stranger.id))).toBe("not_found");
    expect(outcome(await invite(mia, roomId, left.id))).toBe("not_found");
    expect(await invite(mia, roomId, moe.id)).toMatchObject({
      ok: false,
      error: { code: "conflict", message: "Moe is already in this room." },
    });
    expect(outcome(await invite(mia, roomId, outsider.id))).toBe("ok");
  });

  it("twice, also at once and by two people, makes one pending invite", async () => {
    const { mia, moe, outsider, roomId } = await makeStaffedRoom();
    const answers = await Promise.all([mia, moe, mia, moe].map((who) => invite(who, roomId, outsider.id)));
    expect(answers.map(outcome).toSorted()).toEqual(["conflict", "conflict", "conflict", "ok"]);
    expect(await db().roomInvite.count({ where: { roomId, state: "pending" } })).toBe(1);
  });

  it("again is possible once the earlier invite has ended or expired, even if no sweep has found that", async () => {
    const { mia, outsider, roomId, roomInviteId } = await invited();
    await expire(roomInviteId);
    const again = await as(mia).do("roomInvite.send", { roomId, personId: outsider.id });
    expect(await stateOf(roomInviteId)).toBe("expired");
    expect(await pendingOf(outsider)).toMatchObject([{ id: again.id }]);
  });

  it("is stopped by the database if two invites would be pending", async () => {
    const { outsider, mia, roomId, organization } = await invited();
    const second = {
      id: crypto.randomUUID(),
      organizationId: organization.id,
      roomId,
      personId: outsider.id,
      inviterId: mia.id,
    };
    await expect(
      db().roomInvite.create({ data: { ...second, expiresAt: new Date(Date.now() + 1_000) } }),
    ).rejects.toThrow("Unique");
  });
});

describe("An invite cannot be accepted", () => {
  const cases: Record<string, (staffed: Staffed & { roomInviteId: string }) => Promise<unknown>> = {
    "after its time, without a sweep": ({ roomInviteId }) => expire(roomInviteId),
    "if its sender was removed": ({ ada, mia, roomId }) =>
      as(ada).do("membership.remove", { roomId, personId: mia.id }),
    "if its sender has become a guest": ({ mia }) =>
      db().person.update({ where: { id: mia.id }, data: { role: "guest" } }),
    "if its sender was deactivated": ({ mia }) =>
      db().person.update({ where: { id: mia.id }, data: { deactivatedAt: new Date() } }),
  };
  it.each(Object.entries(cases))("%s", async (_, happens) => {
    const staffed = await invited();
    const { outsider, roomInviteId, roomId } = staffed;
    await happens(staffed);
    expect(await accept(outsider, roomInviteId)).toMatchObject({ ok: false, error: { code: "gone" } });
    expect(await isMember({ roomId }, outsider)).toBe(false);
  });

  it("while its room is archived, and can afterwards", async () => {
    const { ada, outsider, roomId, roomInviteId } = await invited();
    const toldOf = async (change: "room.archive" | "room.unarchive") => {
      const clock = await clockOf(outsider);
      await as(ada).do(change, { roomId });
      return invitesIn(await changesSince(outsider, clock)).map(({ room }) => room.archived);
    };
    expect(await toldOf("room.archive")).toEqual([true]);
    expect(outcome(await accept(outsider, roomInviteId))).toBe("room_archived");
    expect(await toldOf("room.unarchive")).toEqual([false]);
    expect(outcome(await accept(outsider, roomInviteId))).toBe("ok");
  });

  it("by anybody else, its sender included", async () => {
    const { ada, mia, roomInviteId } = await invited();
    for (const who of [ada, mia]) expect(outcome(await accept(who, roomInviteId))).toBe("not_found");
  });
});

it("The sweep ends invites whose time is over, tells both people, and leaves the others", async () => {
  const { mia, outsider, roomInviteId, organization } = await invited();
  const other = await makeRoom(organization);
  await joinAs("member", other, mia);
  const later = await as(mia).do("roomInvite.send", { roomId: other.id, personId: outsider.id });
  await expire(roomInviteId);
  const clocks = [await clockOf(mia), await clockOf(outsider)];
  await expireRoomInvites();
  expect([await stateOf(roomInviteId), await stateOf(later.id)]).toEqual(["expired", "pending"]);
  for (const [at, who] of [mia, outsider].entries())
    expect(invitesIn(await changesSince(who, clocks[at] ?? 0))).toMatchObject([{ id: roomInviteId, state: "expired" }]);
});
