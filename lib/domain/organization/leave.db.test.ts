import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { findActorOfLogin } from "@/lib/server/actor";
import { db } from "@/lib/server/db";
import { leave, roomsOf, setting } from "@/tests/harness/leaver";
import { as, joinAs, makePeople, makeRoom, makeSession, outcome, type TestPerson } from "@/tests/harness/people";
import { nameFields } from "../page-by-name";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

describe("Leaving an organization", () => {
  it("ends one's sessions there and no others, in every browser", async () => {
    const { organization, mia, there } = await setting();
    const other = { ...mia, sessionId: await makeSession(mia) };
    expect(outcome(await leave(mia))).toBe("ok");
    for (const each of [mia, other]) expect(outcome(await as(each).ask("home.show", {}))).toBe("unauthenticated");
    expect(outcome(await as(there).ask("home.show", {}))).toBe("ok");
    expect(await findActorOfLogin(mia.sessionId, organization.handle)).toBeNull();
    expect((await as(there).do("organization.list", {})).organizations.map(({ isCurrent }) => isCurrent)).toEqual([
      true,
    ]);
  });

  it("takes one out of rooms and groups, with a notice, and leaves what one wrote", async () => {
    const { owner, mia, ben, open, secret, direct, groupId } = await setting();
    expect(outcome(await leave(mia))).toBe("ok");
    expect(await roomsOf(mia)).toEqual(new Map([[direct.id, false]]));
    expect(await db().groupMember.count({ where: { personId: mia.id } })).toBe(0);
    expect((await as(owner).do("group.members", { groupId })).people.map(({ id }) => id)).toEqual([ben.id]);
    for (const { id: roomId } of [open, secret]) {
      const { messages } = await as(ben).do("message.list", { roomId });
      expect(messages.map(({ body }) => body)).toContain("By Mia");
      expect(messages.at(-1)).toMatchObject({ kind: "notice", notice: { type: "left", personIds: [mia.id] } });
    }
    expect((await as(ben).do("message.list", { roomId: direct.id })).messages).toMatchObject([{ body: "By Mia" }]);
    const { people } = await as(ben).do("person.list", { ids: [mia.id] });
    expect(people).toMatchObject([{ name: "Mia", deactivatedAt: expect.any(String) }]);
  });

  it("revokes invites, withdraws requests and ends pending room invites", async () => {
    const { organization, owner, mia, open } = await setting();
    await db().person.update({ where: { id: mia.id }, data: { role: "admin" } });
    const { invite } = await as(mia).do("invite.create", {});
    const asked = await makeRoom(organization, { access: "private" });
    const invitedTo = await makeRoom(organization, { access: "private" });
    for (const room of [asked, invitedTo]) await joinAs("admin", room, owner);
    const request = { id: uuidv7(), organizationId: organization.id, roomId: asked.id, personId: mia.id };
    await db().joinRequest.create({ data: request });
    await as(owner).do("roomInvite.send", { roomId: invitedTo.id, personId: mia.id });
    const [nia] = await makePeople(organization, [{}]);
    const { id } = await as(mia).do("roomInvite.send", { roomId: open.id, personId: nia?.id ?? "" });
    expect(outcome(await leave(mia))).toBe("ok");
    expect((await db().invite.findUniqueOrThrow({ where: { id: invite.id } })).revokedAt).not.toBeNull();
    expect((await db().joinRequest.findUniqueOrThrow({ where: { id: request.id } })).state).toBe("withdrawn");
    const states = await db().roomInvite.findMany({
      where: { OR: [{ personId: mia.id }, { id }] },
      select: { state: true },
    });
    expect(states.map(({ state }) => state)).toEqual(["withdrawn", "withdrawn"]);
  });

  it("is in the audit log, and in the list of people", async () => {
    const { organization, owner, mia } = await setting();
    expect(outcome(await leave(mia))).toBe("ok");
    expect(
      await db().auditEntry.findMany({ where: { organizationId: organization.id, act: "organization.leave" } }),
    ).toMatchObject([{ actorId: mia.id, subject: "person", subjectId: mia.id, after: { left: true } }]);
    const { people } = await as(owner).do("person.administer", { status: "deactivated" });
    expect(people).toMatchObject([{ person: { id: mia.id }, leftAt: expect.any(String), groups: [], logins: 0 }]);
  });

  it("is not for the only active owner, and of the last two at once one stays", async () => {
    const { organization, owner } = await setting();
    expect(await leave(owner)).toMatchObject({
      error: { code: "forbidden", message: "You are the only owner. Make someone else an owner first." },
    });
    const [second, gone] = (await makePeople(organization, [{ role: "owner" }, { role: "owner" }])) as [
      TestPerson,
      TestPerson,
    ];
    await db().person.update({ where: { id: gone.id }, data: { deactivatedAt: new Date() } });
    const outcomes = await Promise.all([owner, second].map(async (who) => outcome(await leave(who))));
    expect(outcomes.toSorted()).toEqual(["forbidden", "ok"]);
    const owners = await db().person.count({
      where: { organizationId: organization.id, role: "owner", deactivatedAt: null },
    });
    expect(owners).toBe(1);
  });

  it("takes no locks if one may not leave", async () => {
    const { owner, open } = await setting();
    await db().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Room" WHERE id = ${open.id}::uuid FOR NO KEY UPDATE`;
      const answer = leave(owner).then(outcome);
      const tooLate = new Promise<string>((resolve) => setTimeout(() => resolve("waited for the room"), 3_000));
      expect(await Promise.race([answer, tooLate])).toBe("forbidden");
    });
  });

  it("is refused to whoever is alone, who reads that somebody else is needed first", async () => {
    const { organization, owner } = await setting();
    const others = { organizationId: organization.id, id: { not: owner.id } };
    await db().person.updateMany({ where: others, data: { deactivatedAt: new Date() } });
    expect(await as(owner).do("organization.losses", {})).toMatchObject({ isLastOwner: true, isAlone: true });
    const refused = await leave(owner);
    expect(refused).toMatchObject({ error: { code: "forbidden", message: /^No one else is in this organization/ } });
  });

  it("is shown beforehand with what is lost", async () => {
    const { organization, owner, mia, open, secret, groupId } = await setting();
    const restricted = await makeRoom(organization, { name: "Aardvarks", access: "restricted", groupIds: [groupId] });
    await joinAs("moderator", restricted, mia);
    for (const { id, name } of [open, secret, restricted])
      await db().room.update({ where: { id }, data: nameFields(name) });
    const losses = await as(mia).do("organization.losses", {});
    expect(losses).toMatchObject({
      isLastOwner: false,
      rooms: [
        { id: restricted.id, access: "restricted", role: "moderator", isLastAdmin: false },
        { id: secret.id, access: "private", role: "admin", isLastAdmin: true },
        { id: open.id, access: "public", role: "member", isLastAdmin: false },
      ],
      roomCount: 3,
      groups: [{ id: groupId }],
    });
    expect(await as(owner).do("organization.losses", {})).toMatchObject({
      isLastOwner: true,
      isAlone: false,
      roomCount: 1,
      groups: [],
    });
  });
});
