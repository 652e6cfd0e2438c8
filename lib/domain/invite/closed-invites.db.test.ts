// What a person reads if their invite does not work, and what admins see of that invite.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { execute } from "@/lib/server/execute";
import { type MailServer, startMailServer } from "@/tests/harness/mail-server";
import {
  as,
  callerOf,
  joinOrganization,
  makeOrganization,
  makePeople,
  makePerson,
  makeRoom,
  nobody,
  outcome,
  type TestPerson,
} from "@/tests/harness/people";
import showInvite from "./show";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

let mail: MailServer;
beforeAll(async () => {
  mail = await startMailServer();
  process.env.SMTP_URL = mail.url;
});
afterAll(() => mail.close());
let email = "";
beforeEach(() => {
  email = `nia-${crypto.randomUUID()}@example.org`;
});

const password = "this is my password";
const tokenInLastMail = () => {
  const text = mail.received.filter(({ to }) => to === email).at(-1)?.text ?? "";
  return /\/join\/([\w-]+)/.exec(text)?.[1] ?? "";
};
const join = (token: string, address = email) =>
  as(nobody()).ask("invite.accept", { token, name: "Nia", email: address, password });
const show = (token: string) => as(nobody()).do("invite.show", { token });
const entriesAbout = (subjectId: string, act: string) =>
  db().auditEntry.findMany({ where: { subjectId, act }, orderBy: { id: "asc" } });

describe("An invite that was sent again", () => {
  it("says so at each of its earlier links, and works at the newest one", async () => {
    const { owner } = await makeOrganization();
    const { id: inviteId } = await as(owner).do("invite.createForEmail", { email });
    const tokens: string[] = [];
    for (let count = 0; count < 3; count++) {
      await as(owner).do("invite.send", { inviteId });
      tokens.push(tokenInLastMail());
    }
    for (const token of tokens.slice(0, 2)) {
      expect(await show(token)).toEqual({ state: "replaced" });
      expect(await join(token)).toMatchObject({
        error: { code: "gone", message: "This invite was sent again. Use its newest link." },
      });
    }
    expect(outcome(await join(tokens[2] ?? ""))).toBe("ok");
    expect(await show(tokens[0] ?? "")).toEqual({ state: "used_up" });
  });

  it("says so at every link but one, if it was sent several times at once", async () => {
    const { owner } = await makeOrganization();
    const { id: inviteId } = await as(owner).do("invite.createForEmail", { email });
    await Promise.all([1, 2, 3].map(() => as(owner).do("invite.send", { inviteId })));
    const links = mail.received.filter(({ to }) => to === email).map(({ text }) => /\/join\/([\w-]+)/.exec(text)?.[1]);
    const states = await Promise.all(links.map(async (token) => (await show(token ?? "")).state));
    expect(states.toSorted()).toEqual(["open", "replaced", "replaced"]);
  });

  it("is in the audit log, each time that the mail server took it", async () => {
    const { owner } = await makeOrganization();
    const { id: inviteId } = await as(owner).do("invite.createForEmail", { email });
    await as(owner).do("invite.send", { inviteId });
    mail.refused.add(email);
    expect(outcome(await as(owner).ask("invite.send", { inviteId }))).not.toBe("ok");
    mail.refused.delete(email);
    await as(owner).do("invite.send", { inviteId });
    expect(await entriesAbout(inviteId, "invite.send")).toMatchObject([
      { actorId: owner.id, subject: "invite", before: { sentAt: null }, after: { byEmail: true } },
      { actorId: owner.id, before: { sentAt: expect.any(String) }, after: { byEmail: true } },
    ]);
    // The email that the mail server refused did not mark the delivered link as replaced.
    expect(await db().invite.findUniqueOrThrow({ where: { id: inviteId } })).toMatchObject({
      replacedHashes: { length: 2 },
    });
  });
});

it("An invite that was used up stays so when it is revoked, and when its creator may no longer invite", async () => {
  const { owner, ...organization } = await makeOrganization();
  const admin = await makePerson(organization, { role: "admin" });
  const { invite, token } = await as(admin).do("invite.create", { maxUses: 1 });
  const inviteId = invite.id;
  expect(outcome(await join(token))).toBe("ok");
  expect(await as(admin).do("invite.revoke", { inviteId })).toMatchObject({ closed: "used_up", revokedAt: null });
  expect(await entriesAbout(inviteId, "invite.revoke")).toEqual([]);
  await as(owner).do("person.deactivate", { personId: admin.id });
  expect(await show(token)).toEqual({ state: "used_up" });
  expect((await db().invite.findUniqueOrThrow({ where: { id: inviteId } })).revokedAt).toBeNull();
});

describe("An invite by email to somebody of the organization", () => {
  const inviteTo = (owner: TestPerson, address: string) => as(owner).ask("invite.createForEmail", { email: address });

  it("is refused beside the field, with what can be done", async () => {
    const { owner, ...organization } = await makeOrganization();
    const [member, guest, left] = await makePeople(organization, [{}, { role: "guest" }, {}]);
    if (!member || !guest || !left) throw new Error("Three people were made.");
    await db().person.update({ where: { id: guest.id }, data: { endsAt: new Date() } });
    await as(owner).do("person.deactivate", { personId: left.id });
    for (const [who, sentence] of [
      [member, "They're already in this organization."],
      [left, "They're deactivated in this organization. An admin can reactivate them."],
      [guest, "They're a guest whose access has ended. An admin can extend it."],
    ] as const)
      expect(await inviteTo(owner, who.email)).toMatchObject({
        error: { code: "conflict", fields: { email: sentence } },
      });
    const stranger = await makePerson(await makeOrganization());
    expect(outcome(await inviteTo(owner, stranger.email))).toBe("ok");
    expect(outcome(await inviteTo(owner, email))).toBe("ok");
  });
});

describe("Somebody who is deactivated in the organization of an invite", () => {
  async function deactivated() {
    const { owner, ...organization } = await makeOrganization();
    const elsewhere = await makePerson(await makeOrganization(), { password });
    const here = await joinOrganization(elsewhere, organization);
    await as(owner).do("person.deactivate", { personId: here.id });
    const { token } = await as(owner).do("invite.create", {});
    return { owner, elsewhere, here, token };
  }
  const landingOf = async (who: TestPerson, token: string) => {
    const login = { loginId: who.sessionId, accountId: who.accountId };
    return execute(showInvite, { ...(await callerOf(who)), login }, { token });
  };

  it("reads to ask an admin, with their password or signed in elsewhere", async () => {
    const { owner, elsewhere, here, token } = await deactivated();
    const sentence = "Your account is deactivated here. Ask an admin to reactivate you.";
    expect(await join(token, here.email)).toMatchObject({ error: { code: "conflict", fields: { email: sentence } } });
    expect(await as(elsewhere).ask("invite.join", { token })).toMatchObject({
      error: { code: "forbidden", message: sentence },
    });
    expect(await landingOf(elsewhere, token)).toMatchObject({ data: { state: "open", standing: "deactivated" } });
    await as(owner).do("person.reactivate", { personId: here.id });
    expect(await landingOf(elsewhere, token)).toMatchObject({ data: { standing: "member" } });
    expect(await join(token, here.email)).toMatchObject({
      error: { fields: { email: "You're already a member. Sign in." } },
    });
  });

  it("is told to nobody else: neither without the password nor in a browser that has signed out", async () => {
    const { elsewhere, here, token } = await deactivated();
    const unknown = await as(nobody()).ask("invite.accept", { token, name: "X", email, password: "another password" });
    expect(outcome(unknown)).toBe("ok");
    const answers = [
      await as(nobody()).ask("invite.accept", { token, name: "X", email: here.email, password: "another password" }),
      await as(nobody()).ask("invite.accept", { token, name: "X", email, password: "a third password" }),
    ];
    expect(answers[0]).toEqual(answers[1]);
    expect(await show(token)).toMatchObject({ standing: "none" });
    // The browser keeps its cookie, but is no longer signed in to any organization.
    await db().session.updateMany({ where: { loginId: elsewhere.sessionId }, data: { revokedAt: new Date() } });
    expect(await landingOf(elsewhere, token)).toMatchObject({ data: { standing: "deactivated" } });
    await db().login.update({ where: { id: elsewhere.sessionId }, data: { endedAt: new Date() } });
    expect(await landingOf(elsewhere, token)).toMatchObject({ data: { standing: "none" } });
  });
});

it("The list of invites says of each whether it works now, and if not, why", async () => {
  const { owner, ...organization } = await makeOrganization();
  const admin = await makePerson(organization, { role: "admin" });
  const room = await makeRoom(organization, { name: "for guests" });
  const make = async (who = owner, more: object = {}) => (await as(who).do("invite.create", more)).invite.id;
  const ids = {
    works: await make(),
    usedUp: await make(),
    expired: await make(),
    roomless: await make(owner, { role: "guest", roomIds: [room.id] }),
    makerGone: await make(admin),
  };
  await db().invite.update({ where: { id: ids.usedUp }, data: { uses: 10 } });
  await db().invite.update({ where: { id: ids.expired }, data: { expiresAt: new Date() } });
  await db().person.update({ where: { id: admin.id }, data: { role: "member" } });
  await as(owner).do("room.delete", { roomId: room.id, name: "for guests" });
  const closed = new Map((await as(owner).do("invite.list", {})).invites.map((invite) => [invite.id, invite.closed]));
  expect(Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, closed.get(id)]))).toEqual({
    works: null,
    usedUp: "used_up",
    expired: "expired",
    roomless: "roomless",
    makerGone: "revoked",
  });
});

it("All people who joined with an invite are listed by page, for who may see the invite", async () => {
  const { owner, ...organization } = await makeOrganization();
  const { invite } = await as(owner).do("invite.create", { maxUses: null });
  const people = await makePeople(
    organization,
    Array.from({ length: 23 }, (_, n) => ({ name: `Person ${n}` })),
  );
  await db().inviteUse.createMany({
    data: people.map(({ id: personId }) => ({ organizationId: organization.id, inviteId: invite.id, personId })),
  });
  const first = await as(owner).do("invite.listUses", { inviteId: invite.id, limit: 20 });
  const second = await as(owner).do("invite.listUses", { inviteId: invite.id, limit: 20, after: first.next ?? "" });
  expect([...first.people, ...second.people].map(({ person }) => person.id)).toEqual(
    people.map(({ id }) => id).toReversed(),
  );
  expect(second.next).toBeNull();
  await db().organization.update({ where: { id: organization.id }, data: { membersInvite: true } });
  const member = await makePerson(organization);
  expect(outcome(await as(member).ask("invite.listUses", { inviteId: invite.id }))).toBe("not_found");
});
