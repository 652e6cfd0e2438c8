import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Input } from "@/lib/contract/index";
import { db } from "@/lib/server/db";
import { type MailServer, startMailServer } from "@/tests/harness/mail-server";
import {
  as,
  makeOrganization,
  makePerson,
  makeRoom,
  nobody,
  outcome,
  proveAddress,
  type TestPerson,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here
process.env.PUBLIC_URL = "https://chat.example.org";
process.env.SMTP_FROM = "Parley <parley@chat.example.org>";

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

async function setting() {
  const organization = await makeOrganization();
  await db().organization.update({ where: { id: organization.id }, data: { name: "Larkfield & Söhne" } });
  return { organization, owner: organization.owner, room: await makeRoom(organization, { name: "tea" }) };
}
const create = (who: TestPerson, more: Partial<Input<"invite.createForEmail">> = {}) =>
  as(who).do("invite.createForEmail", { email, ...more });
const send = (who: TestPerson, inviteId: string) => as(who).do("invite.send", { inviteId });
const lastMail = () => mail.received.filter(({ to }) => to === email).at(-1);
const tokenIn = (text = "") => /\/join\/([\w-]+)/.exec(text)?.[1] ?? "";
const join = (token: string, address = email) =>
  as(nobody()).ask("invite.accept", { token, name: "Nia", email: address, password });

it("An invite is sent to its address in plain text and HTML, and says who invites to what, and until when", async () => {
  const { owner } = await setting();
  const { id, token, ...created } = { token: null, ...(await create(owner)) };
  expect([created.email, created.sentAt, created.maxUses, token]).toEqual([email, null, 1, null]);
  const sent = await send(owner, id);
  expect([sent.token, typeof sent.invite.sentAt]).toEqual([null, "string"]);
  const received = lastMail();
  expect(received).toMatchObject({ from: "parley@chat.example.org", to: email });
  for (const text of [received?.text, received?.html]) {
    expect(text).toMatch(/https:\/\/chat\.example\.org\/join\/[\w-]{43}/);
    expect(text).toContain(email);
    expect(text).toMatch(/works once until \w+, \w+ \d+, \d{4} at .* UTC/);
  }
  expect(received?.text).toContain("invited you to join Larkfield & Söhne on Parley.");
  expect(received?.html).toContain("Larkfield &#38; Söhne");
  expect(received?.source).toMatch(/^Subject: /m);
});

it("The invited person joins with the link once, and it proves their address", async () => {
  const { owner, room } = await setting();
  const { id } = await create(owner, { roomIds: [room.id] });
  await send(owner, id);
  const token = tokenIn(lastMail()?.text);
  expect(await as(nobody()).do("invite.show", { token })).toMatchObject({ state: "open", email, rooms: ["tea"] });
  const joined = await join(token);
  expect(outcome(joined)).toBe("ok");
  const account = await db().account.findUniqueOrThrow({ where: { email } });
  expect(account.emailProvenAt).toBeInstanceOf(Date);
  expect(outcome(await join(token))).toBe("gone");
  const { invites } = await as(owner).do("invite.list", {});
  expect(invites.find((invite) => invite.id === id)).toMatchObject({
    uses: 1,
    usedBy: [{ id: joined.ok ? joined.data.personId : "", name: "Nia" }],
  });
});

it("Nobody joins with another address, and the link keeps its use", async () => {
  const { owner } = await setting();
  await send(owner, (await create(owner)).id);
  const token = tokenIn(lastMail()?.text);
  const other = await join(token, `other-${email}`);
  expect(other).toMatchObject({
    ok: false,
    error: { code: "conflict", fields: { email: expect.stringContaining(email) } },
  });
  expect(await db().account.count({ where: { email: `other-${email}` } })).toBe(0);
  expect(outcome(await join(token, ` ${email.toUpperCase()} `))).toBe("ok");
});

it("Sending again makes another link, and the earlier one stops working", async () => {
  const { owner } = await setting();
  const { id } = await create(owner);
  await send(owner, id);
  const first = tokenIn(lastMail()?.text);
  await send(owner, id);
  const second = tokenIn(lastMail()?.text);
  expect(outcome(await join(first))).toBe("gone");
  expect(outcome(await join(second))).toBe("ok");
  expect(outcome(await as(owner).ask("invite.send", { inviteId: id }))).toBe("gone");
});

it("If the mail server refuses the address, the sender is told, and the invite counts as not sent", async () => {
  const { owner } = await setting();
  mail.refused.add(email);
  const { id } = await create(owner);
  const answer = await as(owner).ask("invite.send", { inviteId: id });
  expect(answer).toMatchObject({ ok: false, error: { message: expect.stringContaining("didn't take the email") } });
  expect(await db().invite.findUniqueOrThrow({ where: { id } })).toMatchObject({ sentAt: null });
  mail.refused.delete(email);
  expect((await send(owner, id)).invite.sentAt).not.toBeNull();
  // If the next email is not delivered, the link in the earlier email keeps working.
  const token = tokenIn(lastMail()?.text);
  mail.refused.add(email);
  expect(outcome(await as(owner).ask("invite.send", { inviteId: id }))).not.toBe("ok");
  expect(outcome(await join(token))).toBe("ok");
  expect(await db().account.findUniqueOrThrow({ where: { email } })).toMatchObject({ emailProvenAt: expect.any(Date) });
});

it("An invite that was revoked is not sent, and a link has no address to send it to", async () => {
  const { owner } = await setting();
  const { id } = await create(owner);
  await as(owner).do("invite.revoke", { inviteId: id });
  expect(outcome(await as(owner).ask("invite.send", { inviteId: id }))).toBe("gone");
  const link = await as(owner).do("invite.create", {});
  expect(outcome(await as(owner).ask("invite.send", { inviteId: link.invite.id }))).toBe("not_found");
});

it("A guest's invite names rooms and no groups, and its end becomes theirs", async () => {
  const { organization, owner, room } = await setting();
  const guestEndsAt = new Date(Date.now() + 86_400_000).toISOString();
  const guest = { role: "guest", guestEndsAt } as const;
  for (const [more, field] of [
    [guest, "roomIds"],
    [{ ...guest, roomIds: [room.id], guestEndsAt: new Date().toISOString() }, "guestEndsAt"],
    [{ roomIds: [room.id], guestEndsAt }, "guestEndsAt"],
  ] as const) {
    const answer = await as(owner).ask("invite.create", {
      ...more,
      roomIds: [...("roomIds" in more ? more.roomIds : [])],
    });
    expect(answer).toMatchObject({ ok: false, error: { fields: { [field]: expect.any(String) } } });
  }
  const { token } = await as(owner).do("invite.create", { ...guest, roomIds: [room.id] });
  const joined = await join(token);
  const person = await db().person.findUniqueOrThrow({
    where: { id: joined.ok ? joined.data.personId : "" },
    include: { memberships: true, account: true },
  });
  expect(person).toMatchObject({ role: "guest", endsAt: new Date(guestEndsAt), organizationId: organization.id });
  expect(person.memberships.map(({ roomId }) => roomId)).toEqual([room.id]);
  // Joining with a link that was not emailed does not prove the address.
  expect(person.account?.emailProvenAt).toBeNull();
});

it("An invite works no longer once the access of its guests would have ended", async () => {
  const { owner, room } = await setting();
  const guestEndsAt = new Date(Date.now() + 86_400_000).toISOString();
  const { token, invite } = await as(owner).do("invite.create", { role: "guest", guestEndsAt, roomIds: [room.id] });
  expect((await as(nobody()).do("invite.show", { token })).state).toBe("open");
  await db().invite.update({ where: { id: invite.id }, data: { guestEndsAt: new Date() } });
  expect((await as(nobody()).do("invite.show", { token })).state).toBe("expired");
  expect(outcome(await join(token))).toBe("gone");
});

it("Only owners and admins create and send invites by email", async () => {
  const { organization, owner } = await setting();
  const mia = await makePerson(organization);
  const { id } = await create(owner);
  expect(outcome(await as(mia).ask("invite.createForEmail", { email }))).toBe("forbidden");
  expect(outcome(await as(mia).ask("invite.send", { inviteId: id }))).toBe("forbidden");
  expect(lastMail()).toBeUndefined();
});

it("An account enters a second organization only if its address is proven, and an invite by email proves it", async () => {
  const [{ owner: first }, { owner }] = [await setting(), await setting()];
  expect(outcome(await join((await as(first).do("invite.create", {})).token))).toBe("ok");
  const { token } = await as(owner).do("invite.create", {});
  expect(await join(token)).toMatchObject({ error: { code: "forbidden", message: /isn't confirmed/ } });
  expect((await as(owner).do("invite.list", {})).invites[0]).toMatchObject({ uses: 0 });
  await send(owner, (await create(owner)).id);
  expect(outcome(await join(tokenIn(lastMail()?.text)))).toBe("ok");
  const { owner: third } = await setting();
  expect(outcome(await join((await as(third).do("invite.create", {})).token))).toBe("ok");
});

it("Whoever is signed in joins with their account and name, and twice is once", async () => {
  const [{ owner, organization }, elsewhere] = [await setting(), await setting()];
  const pia = await makePerson(elsewhere.organization, { name: "Pia" });
  const { token } = await as(owner).do("invite.create", {});
  const enter = () => as(pia).ask("invite.join", { token });
  const obstacle = async () => {
    const landing = await as(pia).do("invite.show", { token });
    return landing.state === "open" ? landing.obstacle : landing.state;
  };
  expect(await obstacle()).toMatch(/isn't confirmed.*invited by email/);
  expect(await enter()).toMatchObject({ error: { code: "forbidden", message: /isn't confirmed/ } });
  await proveAddress(pia);
  expect(await obstacle()).toBeNull();
  const answers = await Promise.all([enter(), enter(), enter()]);
  expect(answers.map(outcome).filter((each) => each === "ok").length).toBeGreaterThan(0);
  expect(await enter()).toEqual({ ok: true, data: { handle: organization.handle } });
  const person = { organizationId: organization.id, accountId: pia.accountId };
  expect(await db().person.findMany({ where: person })).toMatchObject([{ name: "Pia", role: "member" }]);
  const session = { loginId: pia.sessionId, organizationId: organization.id, revokedAt: null };
  expect(await db().session.count({ where: session })).toBe(1);
  expect((await as(owner).do("invite.list", {})).invites[0]).toMatchObject({ uses: 1 });
});

it("Whoever is signed in under another address than the invite's is refused, and the invite stays", async () => {
  const [{ owner }, elsewhere] = [await setting(), await setting()];
  const { id } = await create(owner);
  await send(owner, id);
  const token = tokenIn(lastMail()?.text);
  const obstacle = expect.stringContaining(`This invite is for ${email}`);
  expect(await as(elsewhere.owner).do("invite.show", { token })).toMatchObject({ obstacle });
  expect(await as(nobody()).do("invite.show", { token })).toMatchObject({ obstacle: null });
  expect(await as(elsewhere.owner).ask("invite.join", { token })).toMatchObject({
    error: { code: "forbidden", message: new RegExp(`This invite is for ${email}`) },
  });
  expect(outcome(await join(token))).toBe("ok");
});

it("An invite to an address replaces the open ones, whose links then name it, and says so", async () => {
  const { owner } = await setting();
  const first = await create(owner);
  expect((await send(owner, first.id)).replaced).toBe(0);
  const earlier = tokenIn(lastMail()?.text);
  const second = await create(owner);
  // Until the second invite is sent, the person has only the first one.
  expect(await as(nobody()).do("invite.show", { token: earlier })).toMatchObject({ state: "open" });
  expect((await send(owner, second.id)).replaced).toBe(1);
  expect(await as(nobody()).do("invite.show", { token: earlier })).toEqual({ state: "replaced" });
  expect(outcome(await join(earlier))).toBe("gone");
  const { invites } = await as(owner).do("invite.list", {});
  expect(invites.map(({ id, closed }) => [id, closed])).toEqual([
    [second.id, null],
    [first.id, "revoked"],
  ]);
  const { entries } = await as(owner).do("audit.list", { act: "invite.send" });
  expect(entries.find(({ subjectId, after }) => subjectId === first.id && "revoked" in (after ?? {}))).toBeDefined();
  expect(outcome(await join(tokenIn(lastMail()?.text)))).toBe("ok");
});

it("An invite that the mail server refuses replaces none", async () => {
  const { owner } = await setting();
  await send(owner, (await create(owner)).id);
  const token = tokenIn(lastMail()?.text);
  mail.refused.add(email);
  const { id: inviteId } = await create(owner);
  expect(outcome(await as(owner).ask("invite.send", { inviteId }))).not.toBe("ok");
  expect(outcome(await join(token))).toBe("ok");
});

it("Of five that are sent at once to one address, one works", async () => {
  const { owner } = await setting();
  const made = await Promise.all(Array.from({ length: 5 }, () => create(owner)));
  const answers = await Promise.all(made.map(({ id }) => as(owner).ask("invite.send", { inviteId: id })));
  // An invite that another one replaced before it was sent is refused with `gone`.
  for (const answer of answers) expect(["ok", "gone"]).toContain(outcome(answer));
  const sent = answers.filter(({ ok }) => ok);
  const { invites } = await as(owner).do("invite.list", {});
  expect(invites.filter(({ closed }) => closed === null)).toHaveLength(1);
  const tokens = mail.received.filter(({ to }) => to === email).map(({ text }) => tokenIn(text));
  const landings = await Promise.all(tokens.map((token) => as(nobody()).do("invite.show", { token })));
  expect(landings.map(({ state }) => state).toSorted()).toEqual(["open", ...Array(sent.length - 1).fill("replaced")]);
});

it("A member's invite replaces their own, and not one that they may not revoke", async () => {
  const { organization, owner } = await setting();
  await db().organization.update({ where: { id: organization.id }, data: { membersInvite: true } });
  const member = await makePerson(organization);
  await send(owner, (await create(owner)).id);
  const fromOwner = tokenIn(lastMail()?.text);
  const replaced = async () => (await send(member, (await create(member)).id)).replaced;
  expect([await replaced(), await replaced()]).toEqual([0, 1]);
  expect(await as(nobody()).do("invite.show", { token: fromOwner })).toMatchObject({ state: "open" });
});
