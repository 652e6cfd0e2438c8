import { describe, expect, it } from "vitest";
import type { MeChange } from "@/lib/contract/home";
import { sweepCounted } from "@/lib/domain/membership/counted";
import { db } from "@/lib/server/db";
import {
  as,
  joinAs,
  makePerson,
  makeRoom,
  makeSession,
  makeStaffedRoom,
  outcome,
  type TestPerson,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

type Staffed = Awaited<ReturnType<typeof makeStaffedRoom>>;
type Change = (all: Staffed) => Promise<unknown>;

const homeOf = (who: TestPerson) => as(who).do("home.show", {});
async function changesOf(who: TestPerson, change: () => Promise<unknown>): Promise<MeChange[]> {
  const { clock, epoch } = await homeOf(who);
  await change();
  return (await as(who).do("sync", { rooms: {}, me: clock, epoch })).me?.changes ?? [];
}
const landingOf = async (who: TestPerson, token: string) => (await as(who).do("joinRequest.show", { token })).state;
const setRule = (roomId: string, membersAddPeople: boolean | null) =>
  db().room.update({ where: { id: roomId }, data: { membersAddPeople } });

describe("An invite to a room is withdrawn at once, both are told, and somebody else can invite the person", () => {
  const deactivate: Change = ({ owner, mia }) => as(owner).do("person.deactivate", { personId: mia.id });
  const remove: Change = ({ ada, mia, roomId }) => as(ada).do("membership.remove", { roomId, personId: mia.id });
  const cases: Record<string, { access?: "public" | "private"; by: (all: Staffed) => TestPerson; happens: Change }> = {
    "when its sender is removed": { by: ({ mia }) => mia, happens: remove },
    "when its sender leaves": {
      by: ({ mia }) => mia,
      happens: ({ mia, roomId }) => as(mia).do("membership.leave", { roomId }),
    },
    "when its sender is banned": {
      by: ({ mia }) => mia,
      happens: ({ ada, mia, roomId }) => as(ada).do("ban.add", { roomId, personId: mia.id }),
    },
    "when its sender, an admin outside the room, is banned": {
      access: "public",
      by: ({ owner }) => owner,
      async happens({ organization, owner, roomId }) {
        const other = await makePerson(organization, { role: "owner" });
        await as(other).do("ban.add", { roomId, personId: owner.id });
      },
    },
    "when its sender is a moderator no longer": {
      by: ({ moe }) => moe,
      async happens({ ada, moe, roomId }) {
        await setRule(roomId, false);
        await as(ada).do("membership.setRole", { roomId, personId: moe.id, role: "member" });
      },
    },
    "when members may add people no longer": {
      by: ({ mia }) => mia,
      happens: ({ ada, roomId }) => as(ada).do("room.update", { roomId, membersAddPeople: false }),
    },
    "when a room with an invite from outside becomes private": {
      access: "public",
      by: ({ owner }) => owner,
      happens: ({ ada, roomId }) => as(ada).do("room.setAccess", { roomId, access: "private", groupIds: [] }),
    },
    "when its sender is deactivated": {
      by: ({ mia }) => mia,
      happens: deactivate,
    },
    "when its sender becomes a guest": {
      by: ({ mia }) => mia,
      happens: ({ owner, mia }) => as(owner).do("organization.setRole", { personId: mia.id, role: "guest" }),
    },
    "when its sender runs the organization no longer": {
      access: "public",
      by: ({ owner }) => owner,
      async happens({ organization, owner }) {
        const other = await makePerson(organization, { role: "owner" });
        await as(other).do("organization.setRole", { personId: owner.id, role: "member" });
      },
    },
    "when members of the organization may add people no longer": {
      by: ({ mia }) => mia,
      happens: ({ owner }) => as(owner).do("organization.update", { membersAddPeople: false }),
    },
  };

  it.each(Object.entries(cases))("%s", async (_, { access = "private", by, happens }) => {
    const all = await makeStaffedRoom({ access });
    const { ada, outsider, roomId } = all;
    const sender = by(all);
    const { id } = await as(sender).do("roomInvite.send", { roomId, personId: outsider.id });
    const kept = await as(ada).do("roomInvite.send", { roomId, personId: (await makePerson(all.organization)).id });
    // A deactivated sender has no device that could receive the change.
    const hears = happens !== deactivate;
    let toSender: MeChange[] = [];
    const toInvited = await changesOf(outsider, async () => {
      if (hears) toSender = await changesOf(sender, () => happens(all));
      else await happens(all);
    });
    const withdrawn = expect.objectContaining({
      type: "invite",
      invite: expect.objectContaining({ id, state: "withdrawn" }),
    });
    expect(toInvited).toContainEqual(withdrawn);
    if (hears) expect(toSender).toContainEqual(withdrawn);
    expect((await homeOf(outsider)).invites).toEqual([]);
    expect(outcome(await as(ada).ask("roomInvite.send", { roomId, personId: outsider.id }))).toBe("ok");
    // An invite from a person who may still invite stays pending.
    expect((await db().roomInvite.findUniqueOrThrow({ where: { id: kept.id } })).state).toBe("pending");
  });

  it("but not when the room is archived, or its sender moves to another role that may", async () => {
    const { owner, ada, mia, outsider, roomId } = await makeStaffedRoom();
    const { id } = await as(mia).do("roomInvite.send", { roomId, personId: outsider.id });
    await as(ada).do("membership.setRole", { roomId, personId: mia.id, role: "moderator" });
    await as(ada).do("membership.setRole", { roomId, personId: mia.id, role: "member" });
    await as(owner).do("organization.setRole", { personId: mia.id, role: "admin" });
    await as(owner).do("organization.setRole", { personId: mia.id, role: "member" });
    await as(ada).do("room.archive", { roomId });
    await as(ada).do("room.unarchive", { roomId });
    expect(outcome(await as(outsider).ask("roomInvite.accept", { roomInviteId: id }))).toBe("ok");
  });
});

it("Invites to somebody who is deactivated are withdrawn, and the sender is told", async () => {
  const { owner, ada, outsider, roomId } = await makeStaffedRoom();
  const { id } = await as(ada).do("roomInvite.send", { roomId, personId: outsider.id });
  const changes = await changesOf(ada, () => as(owner).do("person.deactivate", { personId: outsider.id }));
  expect(changes).toContainEqual(
    expect.objectContaining({ type: "invite", invite: expect.objectContaining({ id, state: "withdrawn" }) }),
  );
});

it("Requests to join a room end when it becomes public, and those who decide are told", async () => {
  const { ada, outsider, roomId } = await makeStaffedRoom({ access: "private" });
  const { token } = await as(ada).do("askLink.create", { roomId });
  await as(outsider).do("joinRequest.send", { token });
  await as(ada).do("room.setAccess", { roomId, access: "public", groupIds: [] });
  expect((await homeOf(ada)).rooms.find(({ room }) => room.id === roomId)?.requestCount).toBe(0);
  expect(await as(ada).ask("joinRequest.list", { roomId })).toMatchObject({ data: { requests: [] } });
});

it("An invite that its sender may no longer send, and that nobody has withdrawn yet, keeps nobody from inviting", async () => {
  const { ada, mia, outsider, roomId } = await makeStaffedRoom();
  const { id } = await as(mia).do("roomInvite.send", { roomId, personId: outsider.id });
  await setRule(roomId, false);
  expect(outcome(await as(ada).ask("roomInvite.send", { roomId, personId: outsider.id }))).toBe("ok");
  expect((await db().roomInvite.findUniqueOrThrow({ where: { id } })).state).toBe("withdrawn");
});

describe("A link to ask to join ends for good", () => {
  const cases: Record<string, Change> = {
    "when its maker is removed": ({ owner, ada, roomId }) =>
      as(owner).do("membership.remove", { roomId, personId: ada.id }),
    "when its maker is banned": ({ owner, ada, roomId }) => as(owner).do("ban.add", { roomId, personId: ada.id }),
    "when its maker is an admin of the room no longer": ({ owner, ada, roomId }) =>
      as(owner).do("membership.setRole", { roomId, personId: ada.id, role: "member" }),
    "when its maker is deactivated": ({ owner, ada }) => as(owner).do("person.deactivate", { personId: ada.id }),
    "when its maker becomes a guest": ({ owner, ada }) =>
      as(owner).do("organization.setRole", { personId: ada.id, role: "guest" }),
    "when the room is private no longer": ({ ada, roomId }) =>
      as(ada).do("room.setAccess", { roomId, access: "public", groupIds: [] }),
  };
  it.each(Object.entries(cases))("%s", async (name, happens) => {
    const all = await makeStaffedRoom({ access: "private" });
    const { owner, ada, outsider, roomId, room } = all;
    await joinAs("admin", room, owner);
    const { token } = await as(ada).do("askLink.create", { roomId });
    expect(await landingOf(outsider, token)).toBe("open");
    await happens(all);
    expect(await landingOf(outsider, token)).toBe("revoked");
    if (name.includes("deactivated")) await as(owner).do("person.reactivate", { personId: ada.id });
    await as(owner).do("room.setAccess", { roomId, access: "private", groupIds: [] });
    expect(await landingOf(outsider, token)).toBe("revoked");
    expect((await as(owner).do("askLink.show", { roomId })).link).toBeNull();
  });

  it("and leads nowhere at once when its maker may no longer make one, however that came", async () => {
    const { ada, outsider, roomId } = await makeStaffedRoom({ access: "private" });
    const { token } = await as(ada).do("askLink.create", { roomId });
    await db().membership.update({
      where: { roomId_personId: { roomId, personId: ada.id } },
      data: { role: "member" },
    });
    expect(await landingOf(outsider, token)).toBe("revoked");
    expect(outcome(await as(outsider).ask("joinRequest.send", { token }))).toBe("gone");
  });
});

it("An admin of the organization who becomes a member loses the invites and the ask links that only their role allowed", async () => {
  const { organization, owner, outsider } = await makeStaffedRoom();
  const admin = await makePerson(organization, { role: "admin" });
  const secret = await makeRoom(organization, { access: "private" });
  await joinAs("member", secret, admin);
  const { token } = await as(admin).do("askLink.create", { roomId: secret.id });
  const { invite } = await as(admin).do("invite.create", {});
  const { invite: ofOwner } = await as(owner).do("invite.create", {});
  await as(owner).do("organization.setRole", { personId: admin.id, role: "member" });
  await as(owner).do("organization.setRole", { personId: admin.id, role: "admin" });
  expect(await landingOf(outsider, token)).toBe("revoked");
  const revokedAt = async (id: string) => (await db().invite.findUniqueOrThrow({ where: { id } })).revokedAt;
  expect([await revokedAt(invite.id), await revokedAt(ofOwner.id)]).toEqual([expect.any(Date), null]);
});

it("Members' invites to the organization are revoked when members may not invite any longer", async () => {
  const { owner, mia } = await makeStaffedRoom();
  await as(owner).do("organization.update", { membersInvite: true });
  const { invite, token } = await as(mia).do("invite.create", {});
  await as(owner).do("organization.update", { membersInvite: false });
  await as(owner).do("organization.update", { membersInvite: true });
  expect(await as(mia).do("invite.show", { token })).toEqual({ state: "revoked" });
  expect((await as(owner).do("invite.list", {})).invites).toMatchObject([
    { id: invite.id, revokedAt: expect.any(String) },
  ]);
});

describe("A request to join is withdrawn, and its number with it,", () => {
  async function asked() {
    const all = await makeStaffedRoom({ access: "private" });
    const { token } = await as(all.ada).do("askLink.create", { roomId: all.roomId });
    await as(all.outsider).do("joinRequest.send", { token });
    return { ...all, token };
  }
  const countOf = async (who: TestPerson) => (await homeOf(who)).rooms[0]?.requestCount;
  const requestsOf = async (who: TestPerson, roomId: string) =>
    (await as(who).do("joinRequest.list", { roomId })).requests;

  it("when its person is deactivated, and they ask again when they come back", async () => {
    const { owner, moe, outsider, roomId, token } = await asked();
    expect(await countOf(moe)).toBe(1);
    const told = await changesOf(moe, () => as(owner).do("person.deactivate", { personId: outsider.id }));
    expect(told).toMatchObject([{ type: "entry", entry: { requestCount: 0 } }]);
    expect(await requestsOf(moe, roomId)).toEqual([]);
    await as(owner).do("person.reactivate", { personId: outsider.id });
    expect(await requestsOf(moe, roomId)).toEqual([]);
    const back = { ...outsider, sessionId: await makeSession(outsider) };
    expect(await as(back).do("joinRequest.show", { token })).toMatchObject({ standing: "may_ask" });
  });

  it("when its person becomes a guest", async () => {
    const { owner, moe, outsider, roomId } = await asked();
    await as(owner).do("organization.setRole", { personId: outsider.id, role: "guest" });
    expect([await countOf(moe), await requestsOf(moe, roomId)]).toEqual([0, []]);
  });

  it("by the sweep, when it was made while its person was being deactivated", async () => {
    const { organization, moe, outsider, roomId } = await asked();
    await db().person.update({ where: { id: outsider.id }, data: { deactivatedAt: new Date() } });
    await sweepCounted(organization.id);
    expect([await countOf(moe), await requestsOf(moe, roomId)]).toEqual([0, []]);
  });
});
