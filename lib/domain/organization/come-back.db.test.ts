import { describe, expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { leave, password, personIn, roomsOf, type Setting, setting, signedIn } from "@/tests/harness/leaver";
import {
  as,
  joinAs,
  makeGroup,
  makeOrganization,
  makePerson,
  makeSession,
  nobody,
  outcome,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const inviteTo = async ({ owner, secret }: Setting, given: object = {}) => {
  const where = { roomId: secret.id, personId: owner.id };
  if ((await db().membership.count({ where })) === 0) await joinAs("admin", secret, owner);
  return (await as(owner).do("invite.create", { roomIds: [secret.id], ...given })).token;
};

describe("Somebody who left", () => {
  it("is brought back by an invite as the same person, in the invite's rooms, groups and role, and in their conversations", async () => {
    const given = await setting();
    const { organization, mia, there, ben, open, secret, direct, groupId } = given;
    await leave(mia);
    const token = await inviteTo(given, { role: "admin", groupIds: [groupId] });
    expect(await as(there).do("invite.join", { token })).toEqual({ handle: organization.handle });
    expect(await personIn(given)).toMatchObject({ role: "admin", deactivatedAt: null, leftAt: null, name: "Mia" });
    expect(await roomsOf(mia)).toEqual(
      new Map([
        [secret.id, true],
        [direct.id, true],
      ]),
    );
    const back = await signedIn(given);
    const home = await as(back).do("home.show", {});
    expect(home.groupIds).toEqual([groupId]);
    expect(home.rooms.map(({ room }) => room.id).toSorted()).toEqual([secret.id, direct.id].toSorted());
    // The room that is not in the invite is not theirs, and its last notice is that they left.
    expect(home.rooms.some(({ room }) => room.id === open.id)).toBe(false);
    await as(ben).do("message.send", { roomId: direct.id, body: "Welcome back" });
    expect((await as(back).do("message.list", { roomId: direct.id })).messages).toHaveLength(2);
  });

  it("comes back with the account's password, too, under their name of before", async () => {
    const given = await setting();
    const { mia } = given;
    await leave(mia);
    const token = await inviteTo(given);
    const join = (secretWord: string) =>
      as(nobody()).ask("invite.accept", { token, name: "Another name", email: mia.email, password: secretWord });
    expect(outcome(await join("not my password"))).toBe("conflict");
    expect(await join(password)).toMatchObject({ ok: true, data: { personId: mia.id } });
    expect(await personIn(given)).toMatchObject({ role: "member", name: "Mia", leftAt: null });
    expect(outcome(await join(password)), "they are a member now").toBe("conflict");
  });

  it("leaves and comes back twice with the same login", async () => {
    const given = await setting();
    const { mia, there } = given;
    const token = await inviteTo(given);
    for (let count = 0; count < 2; count++) {
      expect(outcome(await leave(await signedIn(given)))).toBe("ok");
      expect(outcome(await as(there).ask("invite.join", { token }))).toBe("ok");
    }
    expect(outcome(await as(await signedIn(given)).ask("home.show", {}))).toBe("ok");
    expect(await db().inviteUse.findMany({ where: { personId: mia.id } })).toHaveLength(1);
  });

  it("stays banned from a room", async () => {
    const given = await setting();
    const { organization, owner, mia, there, secret } = given;
    const token = await inviteTo(given);
    await as(owner).do("ban.add", { roomId: secret.id, personId: mia.id });
    await leave(mia);
    await as(there).do("invite.join", { token });
    expect((await roomsOf(mia)).has(secret.id)).toBe(false);
    expect(await db().ban.count({ where: { organizationId: organization.id, personId: mia.id } })).toBe(1);
  });

  it("can't be reactivated or get a role, but can be invited by email", async () => {
    const { owner, mia } = await setting();
    await leave(mia);
    expect(await as(owner).ask("person.reactivate", { personId: mia.id })).toMatchObject({
      error: { code: "forbidden", message: "They left by themselves. Invite them to come back." },
    });
    expect(outcome(await as(owner).ask("organization.setRole", { personId: mia.id, role: "admin" }))).toBe("forbidden");
    expect(outcome(await as(owner).ask("invite.createForEmail", { email: mia.email }))).toBe("ok");
  });

  it("comes back as a guest with the invite's end", async () => {
    const given = await setting();
    const { mia, there } = given;
    await leave(mia);
    const guestEndsAt = new Date(Date.now() + 86_400_000).toISOString();
    const token = await inviteTo(given, { role: "guest", guestEndsAt });
    await as(there).do("invite.join", { token });
    expect(await personIn(given)).toMatchObject({ role: "guest", endsAt: new Date(guestEndsAt) });
  });

  it("comes back once, by one invite, however many they use at once", async () => {
    const given = await setting();
    const { organization, mia, there } = given;
    await leave(mia);
    const tokens = [await inviteTo(given, { role: "member" }), await inviteTo(given, { role: "admin" })];
    const answers = await Promise.all([...tokens, ...tokens].map((token) => as(there).ask("invite.join", { token })));
    expect(answers.map(outcome)).toContain("ok");
    expect(answers.map(outcome).filter((each) => each !== "ok" && each !== "conflict")).toEqual([]);
    const invites = await db().invite.findMany({ where: { organizationId: organization.id } });
    expect(invites.reduce((sum, { uses }) => sum + uses, 0)).toBe(1);
    const [use, ...more] = await db().inviteUse.findMany({ where: { personId: mia.id }, include: { invite: true } });
    expect(more).toEqual([]);
    expect(use?.invite.uses).toBe(1);
    expect((await personIn(given)).role).toBe(use?.invite.role);
  });
});

describe("Coming back to an organization", () => {
  it("brings back no session that began while one left", async () => {
    const given = await setting();
    const { mia, there } = given;
    const token = await inviteTo(given);
    await leave(mia);
    const begun = { ...mia, sessionId: await makeSession(mia) };
    await as(there).do("invite.join", { token });
    expect(outcome(await as(begun).ask("home.show", {}))).toBe("unauthenticated");
    expect(outcome(await as(await signedIn(given)).ask("home.show", {}))).toBe("ok");
  });

  it("replaces a session that had expired before one left", async () => {
    const given = await setting();
    const { mia, there } = given;
    const token = await inviteTo(given);
    await db().session.update({ where: { id: mia.sessionId }, data: { expiresAt: new Date() } });
    expect(outcome(await leave({ ...mia, sessionId: await makeSession(mia) }))).toBe("ok");
    expect(outcome(await as(there).ask("invite.join", { token }))).toBe("ok");
    expect(outcome(await as(await signedIn(given)).ask("home.show", {}))).toBe("ok");
  });

  it("is refused to a guest who is banned from all rooms of the invite, and uses nothing", async () => {
    const given = await setting();
    const { organization, owner, mia, there, secret, direct } = given;
    const guestEndsAt = new Date(Date.now() + 86_400_000).toISOString();
    const token = await inviteTo(given, { role: "guest", guestEndsAt });
    await as(owner).do("ban.add", { roomId: secret.id, personId: mia.id });
    await leave(mia);
    expect(outcome(await as(there).ask("invite.join", { token }))).toBe("gone");
    expect((await personIn(given)).leftAt).not.toBeNull();
    expect(await roomsOf(mia)).toEqual(new Map([[direct.id, false]]));
    expect(await db().invite.findMany({ where: { organizationId: organization.id } })).toMatchObject([{ uses: 0 }]);
  });

  it.each([true, false])("ends what was left in a group, with the same group in the invite: %s", async (isInvited) => {
    const given = await setting();
    const { organization, owner, mia, there, groupId } = given;
    const other = await makeGroup(organization);
    const token = await inviteTo(given, { groupIds: [isInvited ? groupId : other] });
    await leave(mia);
    // As an addition that began before they left and was committed after it.
    await db().groupMember.create({ data: { organizationId: organization.id, groupId, personId: mia.id } });
    expect(outcome(await as(there).ask("invite.join", { token }))).toBe("ok");
    const groups = await db().groupMember.findMany({ where: { personId: mia.id } });
    expect(groups.map((row) => row.groupId)).toEqual([isInvited ? groupId : other]);
    const { people } = await as(owner).do("group.members", { groupId });
    expect(people.some(({ id }) => id === mia.id)).toBe(isInvited);
  });

  it("ends what was left in rooms, and joins the invite's rooms anew", async () => {
    const given = await setting();
    const { mia, ben, there, open, secret, direct } = given;
    const token = await inviteTo(given);
    await leave(mia);
    // As additions that began before they left and were committed after it. The sweep no longer counts them.
    await joinAs("moderator", open, mia);
    await joinAs("moderator", secret, mia);
    await db().membership.updateMany({ where: { personId: mia.id }, data: { isCounted: false } });
    expect(outcome(await as(there).ask("invite.join", { token }))).toBe("ok");
    expect(await roomsOf(mia)).toEqual(
      new Map([
        [secret.id, true],
        [direct.id, true],
      ]),
    );
    const where = { roomId_personId: { roomId: secret.id, personId: mia.id } };
    expect(await db().membership.findUniqueOrThrow({ where })).toMatchObject({ role: "member" });
    const { messages } = await as(ben).do("message.list", { roomId: open.id });
    const notices = messages.filter(({ kind }) => kind === "notice").map(({ notice }) => notice);
    const left = { type: "left", personIds: [mia.id] };
    expect(notices, "as they left, and as they came back").toEqual([left, left]);
    const { rooms } = await as(await signedIn(given)).do("home.show", {});
    expect(rooms.find(({ room }) => room.id === secret.id)?.room.memberCount, "the owner, Ben and Mia").toBe(3);
  });

  it("is refused after an admin has deactivated somebody who left, until they are reactivated", async () => {
    const given = await setting();
    const { organization, owner, mia, there } = given;
    const token = await inviteTo(given);
    await leave(mia);
    const join = async () => outcome(await as(there).ask("invite.join", { token }));
    const row = async () => {
      const { people } = await as(owner).do("person.administer", { status: "deactivated" });
      return people.find(({ person }) => person.id === mia.id);
    };
    expect(await row()).toMatchObject({ leftAt: expect.any(String) });
    await as(owner).do("person.deactivate", { personId: mia.id });
    await as(owner).do("person.deactivate", { personId: mia.id });
    const where = { organizationId: organization.id, act: "person.deactivate" };
    expect(await db().auditEntry.count({ where })).toBe(1);
    expect(await row()).toMatchObject({ leftAt: null, person: { deactivatedAt: expect.any(String) } });
    expect(await join()).toBe("forbidden");
    expect(outcome(await as(owner).ask("invite.createForEmail", { email: mia.email }))).toBe("conflict");
    await as(owner).do("person.reactivate", { personId: mia.id });
    // They left, so only an invite brings them back.
    expect(await row()).toMatchObject({ leftAt: expect.any(String), person: { deactivatedAt: expect.any(String) } });
    expect(await join()).toBe("ok");
    expect(await personIn(given)).toMatchObject({ deactivatedAt: null, leftAt: null });
  });

  it("does not matter to an account whose address is not proven and that is in no other organization", async () => {
    const [first, second, third] = [await makeOrganization(), await makeOrganization(), await makeOrganization()];
    const nia = await makePerson(first, { name: "Nia", password });
    const join = async ({ owner }: typeof second) => {
      const { token } = await as(owner).do("invite.create", {});
      const answer = await as(nobody()).ask("invite.accept", { token, name: "Nia", email: nia.email, password });
      return outcome(answer);
    };
    expect(await join(second), "she is in the first one").toBe("forbidden");
    expect(outcome(await leave(nia))).toBe("ok");
    expect(await join(second)).toBe("ok");
    expect(await join(third), "she is in the second one").toBe("forbidden");
    expect(await join(first), "she is in the second one").toBe("forbidden");
  });
});
