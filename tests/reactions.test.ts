import { expect, test } from "vitest";
import type { Parley } from "@/lib/client/parley";
import { react } from "@/lib/client/react";
import type { ReactionKind } from "@/lib/contract/reaction";
import { limits } from "@/lib/contract/limits";
import { db } from "@/lib/server/db";
import { asShown, caughtUp, newestIn, openTab, serverView, tabView, until } from "./harness/client";
import { data, newcomer } from "./harness/login";
import { joinAs, makeOrganization, makeRoom } from "./harness/people";
import { sharedServer } from "./harness/shared-server";

const server = sharedServer();

/** People in a room, and a message in it. */
async function setting(count: number) {
  const organization = await makeOrganization();
  const people = await Promise.all(Array.from({ length: count }, () => newcomer(server, organization)));
  const room = await makeRoom(organization);
  await joinAs("member", room, ...people);
  const [first] = people as [(typeof people)[0]];
  const { id: messageId } = data(await first.login.rest("message.send", { roomId: room.id, body: "The body of it" }));
  return { people, first, roomId: room.id, messageId };
}

/** Opens a tab that has loaded the room. */
async function openRoom(login: Parameters<typeof openTab>[0], roomId: string): Promise<Parley> {
  const tab = await openTab(login);
  tab.log.open(roomId);
  await until(tab.stores.rooms, "the log", ({ rooms }) => rooms.get(roomId)?.loadState === "loaded");
  return tab;
}
const kindsIn = (tab: Parley, roomId: string, messageId: string): ReactionKind[] =>
  newestIn(tab.stores.rooms.getState().rooms.get(roomId)).find(({ id }) => id === messageId)?.reactions ?? [];

test("Twenty people who react to one message at once have one row each, and all tabs show what a page has", async () => {
  const { people, roomId, messageId } = await setting(20);
  const viewers = people.slice(0, 4);
  const tabs = await Promise.all(viewers.map(({ login }) => openRoom(login, roomId)));
  const [listener] = [await (people[4] as (typeof people)[0]).login.listen()];
  await Promise.all(
    people.map(async ({ login }, at) => {
      const tab = tabs[at];
      if (tab) return react(tab, messageId, "🎉", true);
      data(await login.rest("reaction.add", { messageId, emoji: "🎉" }));
    }),
  );
  expect(await db().reaction.count({ where: { messageId, isGiven: true } })).toBe(people.length);
  for (const [at, tab] of tabs.entries()) {
    await until(tab.stores.rooms, "all reactions", () => kindsIn(tab, roomId, messageId)[0]?.count === people.length);
    const { messages } = data(await (viewers[at] as (typeof viewers)[0]).login.rest("message.list", { roomId }));
    expect(kindsIn(tab, roomId, messageId)).toEqual(messages.find(({ id }) => id === messageId)?.reactions);
    expect(kindsIn(tab, roomId, messageId)[0]).toMatchObject({ isMine: true });
    tab.stop();
  }
  // Every listener is told each person once, and no frame has the message.
  const told = () =>
    listener.heard.frames.flatMap(({ reactions = [] }) => reactions.flatMap(({ changed }) => Object.keys(changed)));
  await listener.until("all reactions", () => new Set(told()).size === people.length);
  expect(listener.heard.frames.flatMap(({ rows }) => rows)).toEqual([]);
  listener.close();
});

test("Twenty people who react to one message, pin it and see it edited at once have equal views of it", async () => {
  const { people, first, roomId, messageId } = await setting(20);
  const viewers = people.slice(0, 4);
  const tabs = await Promise.all(viewers.map(({ login }) => openRoom(login, roomId)));
  await Promise.all(
    people.flatMap(({ login }, at) => {
      const tab = tabs[at];
      return [
        tab ? react(tab, messageId, "🎉", true) : login.rest("reaction.add", { messageId, emoji: "🎉" }).then(data),
        tab ? tab.call("pin.add", { messageId }) : login.rest("pin.add", { messageId }).then(data),
        first.login.rest("message.edit", { messageId, body: `Edit ${at}` }).then(data),
      ];
    }),
  );
  expect(await db().reaction.count({ where: { messageId, isGiven: true } })).toBe(people.length);
  expect(await db().messageRevision.count({ where: { messageId } })).toBe(people.length);
  expect(await db().message.count({ where: { roomId, kind: "notice" } })).toBe(1);
  for (const [at, tab] of tabs.entries()) {
    const { login } = viewers[at] as (typeof viewers)[0];
    await caughtUp(tab, login);
    expect(tabView(tab)).toEqual(await serverView(login));
  }
  const shared = tabs.map((tab) =>
    newestIn(tab.stores.rooms.getState().rooms.get(roomId))
      .map(asShown)
      .map(({ reactions = [], ...message }) => ({
        ...message,
        reactions: reactions.map(({ isMine: _, ...kind }) => kind),
      })),
  );
  for (const each of shared) expect(each).toEqual(shared[0]);
  for (const tab of tabs) tab.stop();
});

test("A reaction that is given and taken back ten times at once ends as the last asked, on every device", async () => {
  const { first, roomId, messageId } = await setting(1);
  const [here, there] = [await openRoom(first.login, roomId), await openRoom(first.login, roomId)];
  for (const last of [true, false]) {
    const wishes = Array.from({ length: 10 }, (_, at) => (at % 2 === 1) === last);
    await Promise.all(wishes.map((isGiven) => react(here, messageId, "👍", isGiven)));
    const row = await db().reaction.findFirst({ where: { messageId } });
    expect(row?.isGiven ?? false).toBe(last);
    for (const tab of [here, there])
      await until(tab.stores.rooms, "the last wish", () => {
        return (kindsIn(tab, roomId, messageId)[0]?.isMine ?? false) === last;
      });
  }
  expect(await db().reaction.count({ where: { messageId } })).toBe(1);
  for (const tab of [here, there]) tab.stop();
});

test("A reaction that is refused is taken back on the screen of whoever asked", async () => {
  const { first, roomId, messageId } = await setting(1);
  const tab = await openRoom(first.login, roomId);
  await db().room.update({ where: { id: roomId }, data: { archivedAt: new Date() } });
  const refused = react(tab, messageId, "👍", true);
  expect(tab.stores.outbox.getState().wishes.get(messageId)?.get("👍")).toBe(true);
  await expect(refused).rejects.toMatchObject({ code: "room_archived" });
  expect(tab.stores.outbox.getState().wishes.size).toBe(0);
  expect(kindsIn(tab, roomId, messageId)).toEqual([]);
  tab.stop();
});

test("A tab that was away gets the reactions of meanwhile with its sync, and a frame stays small with hundreds of them", async () => {
  const { people, first, roomId, messageId } = await setting(2);
  const [, other] = people as [typeof first, typeof first];
  const away = await openRoom(other.login, roomId);
  away.stop();
  const { organizationId } = other;
  await db().$executeRaw`
    WITH readers AS (
      INSERT INTO "Person" (id, "organizationId", name, handle)
      SELECT gen_random_uuid(), ${organizationId}::uuid, 'Reader', 'reader-' || n FROM generate_series(1, 150) n RETURNING id),
    moved AS (UPDATE "Room" SET clock = clock + 150 WHERE id = ${roomId}::uuid RETURNING clock - 150 AS clock)
    INSERT INTO "Reaction" ("organizationId", "roomId", "messageId", emoji, "personId", seq, "changedSeq", "isGiven")
    SELECT ${organizationId}::uuid, ${roomId}::uuid, ${messageId}::uuid, '🎉', p.id, m.clock + row_number() OVER (), m.clock + row_number() OVER (), true
    FROM readers p, moved m`;
  const listener = await first.login.listen();
  const told = (emoji: string) =>
    listener.heard.frames.find(({ reactions = [] }) => reactions.some((change) => change.emoji === emoji));
  // After this frame, the next one has nothing but the next change.
  data(await first.login.rest("reaction.add", { messageId, emoji: "👍" }));
  await listener.until("the first reaction", () => told("👍") !== undefined);
  const before = listener.heard.frames.length;
  data(await first.login.rest("reaction.add", { messageId, emoji: "🎉" }));
  await listener.until("the second reaction", () => listener.heard.frames.length > before);
  const frame = listener.heard.frames[before];
  expect(frame?.reactions).toMatchObject([{ emoji: "🎉", count: 151 }]);
  expect(frame?.reactions?.[0]?.personIds).toHaveLength(limits.reactionPeople);
  expect(Buffer.byteLength(JSON.stringify(frame))).toBeLessThan(2_048);
  listener.close();

  away.start();
  await until(away.stores.rooms, "what was missed", () => kindsIn(away, roomId, messageId)[0]?.count === 151);
  expect(kindsIn(away, roomId, messageId)[0]).toMatchObject({ isMine: false });
  away.stop();
});
