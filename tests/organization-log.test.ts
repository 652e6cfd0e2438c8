import { expect, test } from "vitest";
import { db } from "@/lib/server/db";
import { touchOrganization } from "@/lib/server/touch";
import { openTab, until } from "./harness/client";
import type { Heard } from "./harness/listener";
import { data, newcomer } from "./harness/login";
import { joinAs, makeOrganization, makePerson, makeRoom } from "./harness/people";
import { sharedServer } from "./harness/shared-server";

/** Whether somebody is in the latest frame about people. */
const hasPerson = (id: string) => (heard: Heard) =>
  heard.organization.some(({ people }) => people.some((person) => person.id === id));

test("A new person reaches the members at once, and a guest only if they share a room", async () => {
  const server = sharedServer();
  const organization = await makeOrganization();
  const owner = await newcomer(server, organization, { role: "owner" });
  const guest = await newcomer(server, organization, { role: "guest" });
  const room = await makeRoom(organization, { access: "private" });
  await joinAs("member", room, owner, guest);
  const [atOwner, atGuest] = [await owner.login.listen(), await guest.login.listen()];
  const joinBy = async (name: string, roomIds: string[]) => {
    const { token } = data(await owner.login.rest("invite.create", { role: "member", maxUses: 1, roomIds }));
    const email = `${name}.${organization.id}@example.org`;
    return data(await owner.login.rest("invite.accept", { token, name, email, password: "a long password" })).personId;
  };

  const away = await joinBy("Away", []);
  const near = await joinBy("Near", [room.id]);
  for (const id of [away, near]) await atOwner.until("the new person", hasPerson(id));
  await atGuest.until("the person in their room", hasPerson(near));
  expect(hasPerson(away)(atGuest.heard)).toBe(false);
  // Each frame continues where the one before it ended.
  for (const { heard } of [atOwner, atGuest]) {
    for (const [at, { from }] of heard.organization.entries()) {
      if (at > 0) expect(from).toBe(heard.organization[at - 1]?.to);
    }
  }
  for (const each of [atOwner, atGuest]) each.close();
});

test("A change that no process announced arrives, and not at a login that has ended", async () => {
  const server = sharedServer();
  const organization = await makeOrganization();
  const [member, leaver] = [await newcomer(server, organization), await newcomer(server, organization)];
  const somebody = await makePerson(organization);
  const [atMember, atLeaver] = [await member.login.listen(), await leaver.login.listen()];
  const touch = (id: string) => db().$transaction((tx) => touchOrganization(tx, organization.id, [id]));

  await touch(somebody.id);
  for (const each of [atMember, atLeaver]) await each.until("the change", hasPerson(somebody.id), 15_000);
  await db().$transaction(async (tx) => {
    await tx.session.update({ where: { id: leaver.sessionId }, data: { revokedAt: new Date() } });
    await touchOrganization(tx, organization.id, [leaver.id]);
  });
  await atMember.until("the second change", hasPerson(leaver.id), 15_000);
  expect(hasPerson(leaver.id)(atLeaver.heard)).toBe(false);
  for (const each of [atMember, atLeaver]) each.close();
});

test("A guest who is in no room learns of their own changes on their other devices", async () => {
  const server = sharedServer();
  const organization = await makeOrganization();
  const [guest, member] = [
    await newcomer(server, organization, { role: "guest" }),
    await newcomer(server, organization),
  ];
  const tab = await guest.login.listen();
  data(await member.login.rest("person.update", { title: "Unknown to guests" }));
  data(await guest.login.rest("person.update", { title: "Visitor" }));
  const heard = () => tab.heard.organization.flatMap(({ people }) => people);
  await tab.until("their own title", () => heard().some(({ title }) => title === "Visitor"));
  expect(heard().map(({ id }) => id)).toEqual([guest.id]);
  tab.close();
});

test("A guest who meets somebody again sees who they are now", async () => {
  const server = sharedServer();
  const organization = await makeOrganization();
  const owner = await newcomer(server, organization, { role: "owner" });
  const guest = await newcomer(server, organization, { role: "guest" });
  const [first, second] = [await makeRoom(organization), await makeRoom(organization)];
  await joinAs("admin", first, owner);
  await joinAs("admin", second, owner);
  await joinAs("member", first, guest);
  const tab = await openTab(guest.login);
  const titleInTab = () => tab.stores.people.getState().people.get(owner.id)?.title;
  data(await owner.login.rest("message.send", { roomId: first.id, body: "Hello" }));
  await until(tab.stores.people, "the owner", () => titleInTab() === "");

  data(await owner.login.rest("membership.remove", { roomId: first.id, personId: guest.id }));
  await until(tab.stores.rooms, "the removal", ({ rooms }) => !rooms.has(first.id));
  data(await owner.login.rest("person.update", { title: "Editor" }));
  const { clock } = await db().organizationLog.findUniqueOrThrow({ where: { organizationId: organization.id } });
  await until(tab.stores.rooms, "the change", ({ organizationClock }) => organizationClock === clock);
  expect(titleInTab()).toBe("");

  data(await owner.login.rest("membership.add", { roomId: second.id, personIds: [guest.id] }));
  await until(tab.stores.people, "the new title", () => titleInTab() === "Editor");

  data(await owner.login.rest("membership.leave", { roomId: second.id }));
  await until(tab.stores.rooms, "the owner has left", ({ rooms }) => rooms.get(second.id)?.room.memberCount === 1);
  data(await owner.login.rest("person.update", { title: "Publisher" }));
  data(await owner.login.rest("membership.join", { roomId: second.id }));
  await until(tab.stores.people, "the title since then", () => titleInTab() === "Publisher");
  tab.stop();
});
