import { beforeAll, expect, test } from "vitest";
import { limits } from "@/lib/contract/limits";
import type { Listener } from "./harness/listener";
import { data, newcomer } from "./harness/login";
import { joinAs, makeOrganization, makePerson, makeRoom, type Organization } from "./harness/people";
import { startServer } from "./harness/server";
import { sharedServer } from "./harness/shared-server";

const server = sharedServer();
let organization: Organization;

beforeAll(async () => {
  organization = await makeOrganization();
});

const online = (watcher: Listener, { id }: { id: string }, ms?: number) =>
  watcher.until(`${id} online`, () => watcher.here()[id] === "active", ms);
const offline = (watcher: Listener, { id }: { id: string }, ms?: number) =>
  watcher.until(`${id} offline`, () => !watcher.here()[id], ms);
const told = (watcher: Listener, { id }: { id: string }) =>
  watcher.heard.presence.filter((event) => id in event.people).map((event) => event.people[id]);

test("A person who connects is online to colleagues within 2 seconds, and offline soon after their last tab closes", async () => {
  const [watcher, person] = [await newcomer(server, organization), await newcomer(server, organization)];
  const watching = await watcher.login.listen();
  expect(watching.here()).toEqual({ [watcher.id]: "active" });

  const tab = await person.login.listen();
  await online(watching, person, 2_000);
  expect(tab.here()).toMatchObject({ [watcher.id]: "active", [person.id]: "active" });

  const otherTab = await person.login.listen();
  tab.close();
  // Events keep their order: once the next person is online, the event about the closed tab would have arrived.
  const next = await newcomer(server, organization);
  const nextTab = await next.login.listen();
  await online(watching, next);
  nextTab.close();
  await offline(watching, next);
  expect(told(watching, person)).toEqual(["active"]);

  otherTab.close();
  await offline(watching, person, 6_000);
  expect(told(watching, person)).toEqual(["active", null]);
  watching.close();
});

test("A person is active while any of their tabs is", async () => {
  const [watcher, person] = [await newcomer(server, organization), await newcomer(server, organization)];
  const watching = await watcher.login.listen();
  const [one, two] = [await person.login.listen(), await person.login.listen()];
  await online(watching, person);
  const become = async (tab: Listener, state: string) => data(await tab.ask("presence.update", { state }));

  await become(one, "idle");
  await become(two, "idle");
  await watching.until("idle", () => watching.here()[person.id] === "idle");
  // No event was sent while one of them was still active.
  expect(told(watching, person)).toEqual(["active", "idle"]);
  await become(two, "active");
  await online(watching, person);
  expect(told(watching, person)).toEqual(["active", "idle", "active"]);
  for (const tab of [one, two, watching]) tab.close();
});

test("Do not disturb is seen by everybody who may see the person, and ends by itself", async () => {
  const [watcher, guest, person] = [
    await newcomer(server, organization),
    await newcomer(server, organization, { role: "guest" }),
    await newcomer(server, organization),
  ];
  await joinAs("member", await makeRoom(organization, { access: "private" }), guest, person);
  const watching = await Promise.all([watcher, guest].map(({ login }) => login.listen()));
  const [one, two] = [await person.login.listen(), await person.login.listen()];
  for (const each of watching) await online(each, person);

  const chosen = data(await one.ask("presence.choose", { choice: "dnd", until: null }));
  for (const each of watching) await each.until("do not disturb", () => each.here()[person.id] === "dnd", 3_000);
  const choices = () => two.heard.me.flatMap(({ changes }) => changes.filter(({ type }) => type === "presence"));
  await two.until("the choice", () => choices().length > 0);
  expect(choices()).toEqual([{ type: "presence", chosenPresence: chosen }]);
  // Whether there is input does not show meanwhile.
  data(await one.ask("presence.update", { state: "idle" }));
  data(await two.ask("presence.update", { state: "idle" }));
  // The end comes last, so that no step has to be done before it.
  const until = new Date(Date.now() + 1_000).toISOString();
  data(await one.ask("presence.choose", { choice: "dnd", until }));
  for (const each of watching) await each.until("the end", () => each.here()[person.id] === "idle", 8_000);
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(until));
  for (const each of watching) expect(told(each, person)).toEqual(["active", "dnd", "idle"]);
  for (const each of watching) expect(each.heard.me.flatMap(({ changes }) => changes)).toEqual([]);
  for (const tab of [...watching, one, two]) tab.close();
});

test("What a person chose counts from their first connection on, after a reconnect and without a socket", async () => {
  const [watcher, person, next] = [
    await newcomer(server, organization),
    await newcomer(server, organization),
    await newcomer(server, organization),
  ];
  const watching = await watcher.login.listen();
  const choose = (choice: string) => person.login.rest("presence.choose", { choice, until: null });
  data(await choose("offline"));
  const tab = await person.login.listen();
  data(await person.login.rest("presence.update", { state: "active" }));
  tab.close();
  const again = await person.login.listen();
  // Events keep their order: once the next person is online, an event about the hidden one would have arrived.
  const marker = await next.login.listen();
  await online(watching, next);
  expect(told(watching, person)).toEqual([]);
  // Who connects now does not see them either. They see everybody else.
  expect(marker.here()).not.toHaveProperty(person.id);
  expect(again.here()).toMatchObject({ [watcher.id]: "active" });

  data(await choose("dnd"));
  await watching.until("do not disturb", () => watching.here()[person.id] === "dnd", 3_000);
  data(await choose("auto"));
  await online(watching, person, 3_000);
  expect(told(watching, person)).toEqual(["dnd", "active"]);
  for (const each of [watching, again, marker]) each.close();
});

test("Appearing offline ends by itself, and the person is seen again", async () => {
  const [watcher, person] = [await newcomer(server, organization), await newcomer(server, organization)];
  const [watching, tab] = [await watcher.login.listen(), await person.login.listen()];
  await online(watching, person);
  data(await tab.ask("presence.choose", { choice: "offline", until: null }));
  await offline(watching, person, 6_000);
  const until = new Date(Date.now() + 1_000).toISOString();
  data(await tab.ask("presence.choose", { choice: "offline", until }));
  await watching.until("the end", () => watching.here()[person.id] === "active", 12_000);
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(until));
  expect(told(watching, person)).toEqual(["active", null, "active"]);
  for (const each of [watching, tab]) each.close();
});

test("Without a socket, presence can be set over HTTP", async () => {
  const [watcher, person] = [await newcomer(server, organization), await newcomer(server, organization)];
  const watching = await watcher.login.listen();
  data(await person.login.rest("presence.update", { state: "active" }));
  await online(watching, person, 2_000);
  watching.close();
});

test("Nobody receives the presence of another organization", async () => {
  const [watcher, colleague] = [await newcomer(server, organization), await newcomer(server, organization)];
  const stranger = await newcomer(server, await makeOrganization());
  const watching = await watcher.login.listen();
  const strangerTab = await stranger.login.listen();
  // The colleague connects after the stranger, and their presence arrives.
  const colleagueTab = await colleague.login.listen();
  await online(watching, colleague);
  expect(told(watching, stranger)).toEqual([]);
  expect(Object.keys(strangerTab.here())).toEqual([stranger.id]);
  for (const tab of [watching, strangerTab, colleagueTab]) tab.close();
});

test("A guest receives the presence only of people they share a room with", async () => {
  const [guest, mate, other] = [
    await newcomer(server, organization, { role: "guest" }),
    await newcomer(server, organization),
    await newcomer(server, organization),
  ];
  const room = await makeRoom(organization, { access: "private" });
  await joinAs("member", room, guest, mate);
  const watching = await guest.login.listen();
  const otherTab = await other.login.listen();
  const mateTab = await mate.login.listen();
  await online(watching, mate);
  expect(told(watching, other)).toEqual([]);
  mateTab.close();
  await offline(watching, mate);
  for (const tab of [watching, otherTab]) tab.close();
});

test("A guest receives at once who is present in a room they enter, and who enters their room", async () => {
  const [owner, guest, mate, late] = [
    await newcomer(server, organization, { role: "owner" }),
    await newcomer(server, organization, { role: "guest" }),
    await newcomer(server, organization),
    await newcomer(server, organization),
  ];
  const room = await makeRoom(organization, { access: "private" });
  await joinAs("member", room, owner, mate);
  const tabs = await Promise.all([mate, late].map(({ login }) => login.listen()));
  const watching = await guest.login.listen();
  expect(Object.keys(watching.here())).toEqual([guest.id]);
  const member = (name: "membership.add" | "membership.remove", more: object) =>
    owner.login.rest(name, { roomId: room.id, ...more });

  data(await member("membership.add", { personIds: [guest.id] }));
  await online(watching, mate);
  expect(watching.here()).not.toHaveProperty(late.id);
  data(await member("membership.add", { personIds: [late.id] }));
  await online(watching, late);
  data(await member("membership.remove", { personId: guest.id }));
  await watching.until("nobody else", () => Object.keys(watching.here()).join() === guest.id);
  for (const tab of [watching, ...tabs]) tab.close();
});

test("Whoever becomes a guest, and is a member again, sees the presence of those they may see, without a request", async () => {
  const [owner, person, mate, other] = [
    await newcomer(server, organization, { role: "owner" }),
    await newcomer(server, organization),
    await newcomer(server, organization),
    await newcomer(server, organization),
  ];
  const room = await makeRoom(organization);
  await joinAs("member", room, person, mate);
  const tabs = await Promise.all([mate, other].map(({ login }) => login.listen()));
  const watching = await person.login.listen();
  await online(watching, other);
  const setRole = (role: "guest" | "member") => owner.login.rest("organization.setRole", { personId: person.id, role });

  data(await setRole("guest"));
  await offline(watching, other);
  expect(Object.keys(watching.here()).toSorted()).toEqual([person.id, mate.id].toSorted());
  data(await setRole("member"));
  await online(watching, other);
  for (const tab of [watching, ...tabs]) tab.close();
});

test("Typing is sent to the room's other members only, and not to a removed one", async () => {
  const [writer, member, leaver, colleague] = [
    await newcomer(server, organization),
    await newcomer(server, organization),
    await newcomer(server, organization),
    await newcomer(server, organization),
  ];
  const room = await makeRoom(organization);
  await joinAs("admin", room, writer);
  await joinAs("member", room, member, leaver);
  const tabs = await Promise.all([writer, member, leaver, colleague].map(({ login }) => login.listen()));
  const [writing, hearing, leaving, outside] = tabs as [Listener, Listener, Listener, Listener];
  const typing = { roomId: room.id, personId: writer.id };

  data(await writing.ask("room.type", { roomId: room.id }));
  await hearing.until("typing", ({ typing: heard }) => heard.length === 1);
  await leaving.until("typing", ({ typing: heard }) => heard.length === 1);
  expect(leaving.heard.typing).toEqual([typing]);

  data(await writing.ask("membership.remove", { roomId: room.id, personId: leaver.id }));
  data(await writing.ask("room.type", { roomId: room.id }));
  await hearing.until("typing again", ({ typing: heard }) => heard.length === 2);
  data(await leaving.ask("presence.update", { state: "active" }));
  expect(leaving.heard.typing).toEqual([typing]);
  expect(outside.heard.typing).toEqual([]);
  expect(writing.heard.typing).toEqual([]);
  for (const tab of tabs) tab.close();
});

test(`No typing is sent in a room of more than ${limits.typingMembers}`, async () => {
  const [writer, member] = [await newcomer(server, organization), await newcomer(server, organization)];
  const [small, large] = [await makeRoom(organization), await makeRoom(organization)];
  await joinAs("member", small, writer, member);
  const crowd = await Promise.all(Array.from({ length: limits.typingMembers - 1 }, () => makePerson(organization)));
  await joinAs("member", large, writer, member, ...crowd);
  const [writing, hearing] = [await writer.login.listen(), await member.login.listen()];
  data(await writing.ask("room.type", { roomId: large.id }));
  data(await writing.ask("room.type", { roomId: small.id }));
  await hearing.until("typing", ({ typing }) => typing.length > 0);
  expect(hearing.heard.typing.map(({ roomId }) => roomId)).toEqual([small.id]);
  writing.close();
  hearing.close();
});

test("A restarted server shows nobody as online until they connect, and then as they chose", async () => {
  const own = await startServer();
  const people = await makeOrganization();
  const [watcher, person, hidden] = [
    await newcomer(own, people),
    await newcomer(own, people),
    await newcomer(own, people),
  ];
  const before = await watcher.login.listen();
  await person.login.listen();
  await hidden.login.listen();
  for (const each of [person, hidden]) await online(before, each);
  data(await hidden.login.rest("presence.choose", { choice: "offline" }));
  data(await person.login.rest("presence.choose", { choice: "dnd" }));
  await before.until("do not disturb", () => before.here()[person.id] === "dnd");
  await own.kill();
  await before.until("the end", ({ disconnects }) => disconnects.length > 0);

  const again = await startServer({}, own);
  const after = await watcher.login.listen();
  expect(after.here()).toEqual({ [watcher.id]: "active" });
  const unseen = await hidden.login.listen();
  const back = await person.login.listen();
  await after.until("the person, as they chose", () => after.here()[person.id] === "dnd", 2_000);
  expect(told(after, person)).toEqual(["dnd"]);
  expect(told(after, hidden)).toEqual([]);
  for (const tab of [after, unseen, back]) tab.close();
  await again.stop();
});
