import { uuidv7 } from "uuidv7";
import { expect, test } from "vitest";
import type { Answer } from "@/lib/contract/errors";
import type { Input } from "@/lib/contract/index";
import type { Parley } from "@/lib/client/parley";
import type { RoomState } from "@/lib/client/room-state";
import { db } from "@/lib/server/db";
import { limits } from "@/lib/contract/limits";
import { caughtUp, newestIn, openTab, scrollToStart, serverView, tabView, until, wholeLog } from "./harness/client";
import { data, type Login, loginOf, newcomer } from "./harness/login";
import { type LossyWay, lossyWay } from "./harness/lossy";
import { as, joinAs, makeGroup, makeOrganization, makeRoom, makeSession, type TestRoom } from "./harness/people";
import { randomFrom } from "./harness/random";
import { fillRoom } from "./harness/rooms";
import { sharedServer } from "./harness/shared-server";

const server = sharedServer();

/** One person who acts at random. The server may refuse some of the actions. */
async function actAtRandom(
  ask: Login["rest"],
  {
    seed,
    steps,
    rooms,
    people,
    isOwner,
    messages,
    signs,
  }: {
    seed: number;
    steps: number;
    rooms: TestRoom[];
    people: string[];
    isOwner: boolean;
    messages: string[];
    /** What messages mention. */
    signs: string[];
  },
): Promise<number> {
  const random = randomFrom(seed);
  const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)] as T;
  const mine: string[] = [];
  const mention = () => (random() < 0.4 ? ` for ${pick(signs)}` : "");
  let done = 0;
  for (let step = 0; step < steps; step++) {
    const roomId = pick(rooms).id;
    const kind = random();
    let answer: Answer<unknown>;
    if (kind < 0.35 || mine.length === 0) {
      const sent = await ask("message.send", { roomId, body: `${seed}: ${step}${mention()}` });
      if (sent.ok) {
        mine.push(sent.data.id);
        messages.push(sent.data.id);
      }
      answer = sent;
    } else if (kind < 0.5) {
      const name = random() < 0.7 ? "reaction.add" : "reaction.remove";
      answer = await ask(name, { messageId: pick(messages), emoji: pick(["🎉", "👍"]) });
    } else if (kind < 0.62)
      answer = await ask("message.edit", { messageId: pick(mine), body: `${seed}: ${step}, edited${mention()}` });
    else if (kind < 0.66) answer = await ask("message.delete", { messageId: pick(mine) });
    else if (kind < 0.7) answer = await ask(random() < 0.6 ? "pin.add" : "pin.remove", { messageId: pick(mine) });
    else if (kind < 0.8) answer = await ask("room.read", { roomId, upToSeq: Math.floor(random() * 200) });
    else if (kind < 0.86) answer = await ask("membership.join", { roomId });
    else if (kind < 0.9) answer = await ask("membership.add", { roomId, personIds: [pick(people)] });
    else if (!isOwner)
      answer = kind < 0.93 ? await ask("membership.leave", { roomId }) : await ask("room.show", { roomId });
    else answer = await runTheRoom(ask, roomId, pick(people), random);
    if (answer.ok) done++;
    else expect(["not_found", "forbidden", "gone", "room_archived", "conflict"]).toContain(answer.error.code);
  }
  return done;
}

/** What only an admin does. An archived room is unarchived at once. */
async function runTheRoom(
  ask: Login["rest"],
  roomId: string,
  personId: string,
  random: () => number,
): Promise<Answer<unknown>> {
  const kind = random();
  if (kind < 0.3) return ask("membership.remove", { roomId, personId });
  if (kind < 0.5) return ask("membership.setRole", { roomId, personId, role: kind < 0.4 ? "moderator" : "member" });
  if (kind < 0.7) return ask("room.update", { roomId, name: `Room ${Math.floor(random() * 4)}`, topic: String(kind) });
  if (kind < 0.76) return ask("room.update", { roomId, description: String(kind) });
  if (kind < 0.84) return ask("room.update", { roomId, history: kind < 0.81 ? "fromJoining" : "everything" });
  if (kind < 0.92) return ask("room.setAccess", { roomId, access: kind < 0.86 ? "private" : "public" });
  data(await ask("room.archive", { roomId }));
  return ask("room.unarchive", { roomId });
}

test.each([1, 2])(
  "After a random run (seed %i), what a tab shows is what it would fetch, however much it was not told",
  async (seed) => {
    const organization = await makeOrganization();
    const owner = await newcomer(server, organization, { role: "owner" });
    const [people, viewers] = [await several(3, organization), await several(3, organization)];
    const rooms = [await makeRoom(organization), await makeRoom(organization), await makeRoom(organization)];
    for (const room of rooms) await joinAs("member", room, owner, ...people, ...viewers);

    const losses = [0, 0.3, 0.9];
    const ways: LossyWay[] = [];
    const tabs: Parley[] = [];
    for (const [at, loss] of losses.entries()) {
      const way = await lossyWay(server, randomFrom(seed * 100 + at));
      const tab = await openTab((viewers[at] as (typeof viewers)[0]).login, way.url);
      for (const room of rooms) tab.log.open(room.id);
      way.lose(loss);
      ways.push(way);
      tabs.push(tab);
    }

    const ids = [...people, ...viewers].map(({ id }) => id);
    const messages: string[] = [];
    const group = await db().group.findUniqueOrThrow({
      where: { id: await makeGroup(organization, viewers.slice(1)) },
    });
    const handles = await db().person.findMany({ where: { id: { in: ids } }, select: { handle: true } });
    const signs = ["room", "here", group.handle, ...handles.map(({ handle }) => handle)].map((handle) => `@${handle}`);
    const done = await Promise.all(
      [owner, ...people, ...viewers].map(({ login }, at) =>
        actAtRandom(login.rest, {
          seed: seed * 10 + at,
          steps: 32,
          rooms,
          people: ids,
          isOwner: at === 0,
          messages,
          signs,
        }),
      ),
    );
    // Most actions succeeded, or the test would prove nothing.
    expect(done.reduce((sum, count) => sum + count)).toBeGreaterThan(100);

    // One more change in each room and for each person, without loss, so that every tab notices what it missed.
    for (const way of ways) way.lose(0);
    const last = await makeRoom(organization);
    await joinAs("member", last, owner);
    data(await owner.login.rest("membership.add", { roomId: last.id, personIds: viewers.map(({ id }) => id) }));
    for (const room of rooms) data(await owner.login.rest("message.send", { roomId: room.id, body: "The end" }));

    for (const [at, tab] of tabs.entries()) {
      const { login } = viewers[at] as (typeof viewers)[0];
      tab.log.open(last.id);
      await caughtUp(tab, login);
      for (const roomId of tab.stores.rooms.getState().rooms.keys()) {
        await until(tab.stores.rooms, "the log", ({ rooms: all }) => all.get(roomId)?.loadState === "loaded");
        // A log that was dropped is loaded again from its end, one page at a time.
        await scrollToStart(tab, roomId);
      }
      const { lost, passed } = (ways[at] as LossyWay).counts;
      console.log(
        `seed ${seed}: of ${lost + passed} told, ${lost} lost; ${Object.keys(tabView(tab).rooms).length} rooms`,
      );
      if (losses[at] === 0) expect(lost).toBe(0);
      else expect(lost).toBeGreaterThan(10);
      expect(tabView(tab)).toEqual(await serverView(login));
      tab.stop();
    }
    for (const way of ways) way.close();
  },
);

test("A removed person receives nothing with a later position than their removal, and receives events again after rejoining", async () => {
  const { owner, writer, person, room } = await threeInARoom();
  const [writing, hearing, control] = [
    await writer.login.listen(),
    await person.login.listen(),
    await owner.login.listen(),
  ];
  const send = (body: string) => writing.ask("message.send", { roomId: room.id, body });

  data(await send("Before"));
  await hearing.until("what is written before", () => hearing.rows(room.id).length > 0);
  // In the middle of a stream, so that messages before and after the removal are sent at the same time.
  const stream = Array.from({ length: 40 }, (_, at) => send(`Stream ${at}`));
  await Promise.all(stream.slice(0, 10));
  const removal = owner.login.rest("membership.remove", { roomId: room.id, personId: person.id });
  for (const answer of await Promise.all(stream)) data(answer);
  data(await removal);
  data(await send("After"));
  await control.until("what is written after", () => control.rows(room.id).some(({ body }) => body === "After"));
  data(await hearing.ask("home.show", {}));

  const log = await wholeLog(owner.login, room.id);
  const removedAt = log.find(({ notice }) => notice?.type === "removed")?.seq as number;
  expect(log.at(-1)?.seq).toBeGreaterThan(removedAt);
  const told = hearing.heard.frames.filter(({ roomId }) => roomId === room.id);
  console.log(`removed at ${removedAt} of ${log.length}; told up to ${Math.max(...told.map(({ to }) => to))}`);
  expect(Math.max(...told.map(({ to }) => to))).toBeLessThan(removedAt);
  expect(
    told.flatMap(({ rows }) => rows.filter(({ seq, changedSeq }) => Math.max(seq, changedSeq) >= removedAt)),
  ).toEqual([]);
  expect(hearing.heard.me.flatMap(({ changes }) => changes)).toEqual([{ type: "gone", roomId: room.id }]);
  expect(await person.login.rest("message.list", { roomId: room.id })).toMatchObject({ error: { code: "not_found" } });

  data(await owner.login.rest("membership.add", { roomId: room.id, personIds: [person.id] }));
  data(await send("Welcome back"));
  await hearing.until("what is written now", () => hearing.rows(room.id).some(({ body }) => body === "Welcome back"));
  for (const tab of [writing, hearing, control]) tab.close();
});

test("A change of a room and of a role reaches every open tab of everyone in the room, without a sync", async () => {
  const { owner, writer, person, room } = await threeInARoom();
  const tabs = await Promise.all([person, person, writer].map(({ login }) => openTab(login)));
  const everywhere = (what: string, holds: (state: RoomState | undefined) => boolean) =>
    Promise.all(tabs.map((tab) => until(tab.stores.rooms, what, ({ rooms }) => holds(rooms.get(room.id)))));
  const change = async (changes: Partial<Input<"room.update">>) =>
    data(await owner.login.rest("room.update", { roomId: room.id, ...changes }));

  await change({ name: "Observatory", topic: "Saturn", postingPolicy: "moderators" });
  await everywhere("the room", (state) => state?.room.name === "Observatory" && state.room.topic === "Saturn");
  await change({ description: "No notice tells this" });
  await everywhere("the description", (state) => state?.room.description === "No notice tells this");
  expect(await writer.login.rest("message.send", { roomId: room.id, body: "Not yet" })).toMatchObject({ ok: false });
  data(await owner.login.rest("membership.setRole", { roomId: room.id, personId: person.id, role: "moderator" }));
  for (const tab of tabs.slice(0, 2)) {
    await until(tab.stores.rooms, "the role", ({ rooms }) => rooms.get(room.id)?.membership.role === "moderator");
  }
  data(await person.login.rest("message.send", { roomId: room.id, body: "Now" }));
  data(await owner.login.rest("room.archive", { roomId: room.id }));
  await everywhere("the archived room", (state) => typeof state?.room.archivedAt === "string");
  data(await owner.login.rest("room.unarchive", { roomId: room.id }));
  await everywhere("the room that is open again", (state) => state?.room.archivedAt === null);
  for (const [at, tab] of tabs.entries()) {
    const { login } = at < 2 ? person : writer;
    await caughtUp(tab, login);
    expect(tabView(tab).rooms[room.id]?.membership).toEqual((await serverView(login)).rooms[room.id]?.membership);
    tab.stop();
  }
});

test("A removed person receives nothing more even if this process was not notified, as when another process did it", async () => {
  const { owner, writer, person, room } = await threeInARoom();
  const [writing, hearing, control] = [
    await writer.login.listen(),
    await person.login.listen(),
    await owner.login.listen(),
  ];
  const send = (body: string) => writing.ask("message.send", { roomId: room.id, body });
  data(await send("Before"));
  await hearing.until("what is written before", () => hearing.rows(room.id).length > 0);
  // Runs in the test's process, so the server can learn of it only from the database.
  await as(owner).do("membership.remove", { roomId: room.id, personId: person.id });
  data(await send("After"));
  data(await writing.ask("room.type", { roomId: room.id }));
  await control.until("what is written after", () => control.rows(room.id).some(({ body }) => body === "After"));
  await control.until("typing", ({ typing }) => typing.length > 0);
  data(await hearing.ask("home.show", {}));
  expect(hearing.rows(room.id).map(({ body }) => body)).toEqual(["Before"]);
  expect(hearing.heard.typing).toEqual([]);
  for (const tab of [writing, hearing, control]) tab.close();
});

test("A message sent twenty times at once, over HTTP and the socket, is stored and broadcast once, with equal answers", async () => {
  const { writer, person, room } = await threeInARoom();
  const [writing, hearing] = [await writer.login.listen(), await person.login.listen()];
  const message = { roomId: room.id, id: uuidv7(), body: "Once" };
  const tries = Array.from({ length: 20 }, (_, at) =>
    at % 2 === 0 ? writing.ask("message.send", message) : writer.login.rest("message.send", message),
  );
  const answers = (await Promise.all(tries)).map(data);
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  data(await writing.ask("message.send", { roomId: room.id, body: "Twice" }));
  await hearing.until("what came next", () => hearing.rows(room.id).some(({ body }) => body === "Twice"));
  expect(hearing.rows(room.id).map(({ body }) => body)).toEqual(["Once", "Twice"]);
  expect((await wholeLog(person.login, room.id)).map(({ body }) => body)).toEqual(["Once", "Twice"]);
  const theirs = await person.login.rest("message.send", { ...message, body: "Mine now" });
  expect(theirs).toMatchObject({ ok: false, error: { code: "conflict" } });
  writing.close();
  hearing.close();
});

test("A revoked login receives nothing that is committed later, and its socket closes within 5 seconds", async () => {
  const { writer, person, room } = await threeInARoom();
  const other = await loginOf(server, { ...person, sessionId: await makeSession(person) });
  const [writing, hearing, ended] = [await writer.login.listen(), await person.login.listen(), await other.listen()];
  const send = (body: string) => writing.ask("message.send", { roomId: room.id, body });
  data(await send("Before"));
  await ended.until("what is written before", () => ended.rows(room.id).length > 0);
  const { sessions } = data(await other.rest("session.list", {}));
  const sessionId = sessions.find(({ current }) => current)?.id as string;

  const stream = Array.from({ length: 20 }, (_, at) => send(`Meanwhile ${at}`));
  data(await person.login.rest("session.revoke", { sessionId }));
  const after = Array.from({ length: 20 }, (_, at) => send(`After ${at}`));
  for (const answer of await Promise.all([...stream, ...after])) data(answer);
  await ended.until("its end", ({ disconnects }) => disconnects.length > 0, 5_000);
  await hearing.until("all of it", () => hearing.rows(room.id).length === 41);
  expect(ended.rows(room.id).filter(({ body }) => body.startsWith("After"))).toEqual([]);
  expect(ended.heard.byes).toEqual([{ reason: "signed_out", afterMs: 0 }]);
  expect(await other.rest("home.show", {})).toMatchObject({ error: { code: "unauthenticated" } });
  writing.close();
  hearing.close();
});

test("A login that ends only in the database receives nothing more either, and its socket closes within 5 seconds", async () => {
  const { writer, person, room } = await threeInARoom();
  const other = await loginOf(server, { ...person, sessionId: await makeSession(person) });
  const [writing, hearing, ended] = [await writer.login.listen(), await person.login.listen(), await other.listen()];
  const send = (body: string) => writing.ask("message.send", { roomId: room.id, body });
  data(await send("Before"));
  await ended.until("what is written before", () => ended.rows(room.id).length > 0);
  const { sessionId } = data(await other.rest("home.show", {}));

  await db().session.update({ where: { id: sessionId }, data: { revokedAt: new Date() } });
  const closed = ended.until("its end", ({ disconnects }) => disconnects.length > 0, 5_000);
  data(await send("After"));
  data(await hearing.ask("room.read", { roomId: room.id, upToSeq: 2 }));
  await hearing.until("what is written after", () => hearing.rows(room.id).some(({ body }) => body === "After"));
  await hearing.until("what was read", ({ me }) => me.length > 0);
  await closed;
  expect(ended.rows(room.id).map(({ body }) => body)).toEqual(["Before"]);
  expect(ended.heard.me).toEqual([]);
  writing.close();
  hearing.close();
});

test(`Up to ${limits.delta} missed changes of a room arrive as a delta, of more only the entry, and the tab is up to date`, async () => {
  const { person, writer, room } = await threeInARoom();
  const { epoch, clock: me } = data(await person.login.rest("home.show", {}));
  const since = async (clock: number) =>
    data(await person.login.rest("sync", { rooms: { [room.id]: clock }, me, epoch })).rooms[room.id];
  const tab = await openTab(person.login);
  tab.log.open(room.id);
  await until(tab.stores.rooms, "the log", ({ rooms }) => rooms.get(room.id)?.loadState === "loaded");
  tab.stop();

  await fillRoom(room, writer, limits.delta);
  expect(await since(0)).toMatchObject({ kind: "delta", from: 0, to: limits.delta });
  await fillRoom(room, writer, 1);
  expect(await since(1)).toMatchObject({ kind: "delta", from: 1, to: limits.delta + 1 });
  const limited = await since(0);
  expect(limited).toMatchObject({ kind: "limited", entry: { clock: limits.delta + 1 } });

  tab.start();
  await caughtUp(tab, person.login);
  await until(tab.stores.rooms, "the log", ({ rooms }) => rooms.get(room.id)?.loadState === "loaded");
  const shown = tabView(tab).rooms[room.id];
  const fetched = (await serverView(person.login)).rooms[room.id];
  expect(shown?.messages.length).toBeGreaterThanOrEqual(limits.pageDefault);
  expect(shown).toEqual({ ...fetched, messages: fetched?.messages.slice(-(shown?.messages.length ?? 0)) });
  tab.stop();
});

test("After a restore, which changes the epoch, a tab shows the restored state", async () => {
  const { person, writer, room } = await threeInARoom();
  await fillRoom(room, writer, 10);
  const tab = await openTab(person.login);
  tab.log.open(room.id);
  await until(tab.stores.rooms, "the log", ({ rooms }) => newestIn(rooms.get(room.id)).length === 10);
  tab.stop();

  // As if the backup had been made after the sixth message.
  await db().message.deleteMany({ where: { roomId: room.id, seq: { gt: 6 } } });
  await db().room.update({ where: { id: room.id }, data: { clock: 6 } });
  await db().organization.update({ where: { id: room.organizationId }, data: { epoch: crypto.randomUUID() } });
  data(await writer.login.rest("message.send", { roomId: room.id, body: "A different seventh" }));

  tab.start();
  await caughtUp(tab, person.login);
  await until(tab.stores.rooms, "the log", ({ rooms }) => newestIn(rooms.get(room.id)).length === 7);
  expect(tabView(tab)).toEqual(await serverView(person.login));
  expect(tabView(tab).rooms[room.id]?.messages.at(-1)?.body).toBe("A different seventh");
  tab.stop();
});

async function several(count: number, organization: { id: string }) {
  return Promise.all(Array.from({ length: count }, () => newcomer(server, organization)));
}

/** An owner, an author and another person, all in one empty room. */
async function threeInARoom() {
  const organization = await makeOrganization();
  const owner = await newcomer(server, organization, { role: "owner" });
  const [writer, person] = [await newcomer(server, organization), await newcomer(server, organization)];
  const room = await makeRoom(organization, { access: "private" });
  await joinAs("member", room, owner, writer, person);
  return { owner, writer, person, room };
}
