// The set-up of docs/deploying.md: `npm start -- --processes 3` with Redis, behind nginx with the documented configuration.
import { readFileSync, rmSync } from "node:fs";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Parley } from "@/lib/client/parley";
import { typeInRoom } from "@/lib/contract/message";
import { startNginx } from "../scripts/test/nginx.mjs";
import { startRedis } from "../scripts/test/redis.mjs";
import { asShown, caughtUp, openTab, recordOffline, until, wholeLog } from "./harness/client";
import { type Listener, listen } from "./harness/listener";
import { data, loginOf, signIn } from "./harness/login";
import {
  joinAs,
  makeOrganization,
  makePeople,
  makePerson,
  makeRoom,
  makeSession,
  type TestPerson,
} from "./harness/people";
import { authSecret } from "./harness/server";
import { answers, childrenOf, newPlace, type Place, start, type Started, until as untilSo } from "./started";

let place: Place;
let nginx: Awaited<ReturnType<typeof startNginx>>;
let redis: Awaited<ReturnType<typeof startRedis>>;
let parley: Started;

beforeAll(async () => {
  place = await newPlace(3);
  [nginx, redis] = await Promise.all([startNginx([0, 1, 2].map((index) => place.port + index)), startRedis()]);
  const env = {
    PUBLIC_URL: nginx.url,
    REDIS_URL: redis.url,
    DATABASE_URL: process.env.DATABASE_URL ?? "",
    AUTH_SECRET: authSecret,
    HOST: "127.0.0.1",
    TRUSTED_PROXIES: "1",
    LIMIT_FACTOR: "100",
  };
  parley = start(place, env, { words: ["--processes", "3"] });
  await parley.says("3 processes listen on ports");
}, 60_000);
const open: { stop(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.stop();
});
afterAll(async () => {
  parley.process.kill("SIGTERM");
  expect(await parley.ended).toBe(0);
  await Promise.all([nginx.stop(), redis.stop()]);
  rmSync(place.folder, { recursive: true, force: true });
}, 30_000);

/** The address of one process, without nginx. */
const direct = (index: number) => `http://127.0.0.1:${place.port + index}`;
const isReady = (index: number) => answers({ port: place.port + index });
const pidOf = (index: number): number => {
  const port = `PORT=${place.port + index}`;
  return childrenOf(parley.process.pid ?? 0).find(({ pid }) => environmentOf(pid).includes(port))?.pid ?? 0;
};
function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return []; // it has just ended
  }
}

const login = (person: { sessionId: string }) => loginOf(nginx, person);

async function listenAt(index: number, person: { sessionId: string }): Promise<Listener> {
  const listener = await listen(direct(index), (await login(person)).cookie, { origin: nginx.url });
  open.push({ stop: () => listener.close() });
  return listener;
}

/** A tab that connects through nginx. */
async function tabOf(person: { sessionId: string }): Promise<Parley> {
  const tab = await openTab(await login(person));
  open.push(tab);
  return tab;
}

/** `count` colleagues and a room that all are in. */
async function team(size: number) {
  const organization = await makeOrganization();
  const names = Array.from({ length: size }, (_, at) => ({ name: `Person ${at}` }));
  const people = (await makePeople(organization, names)) as [TestPerson, TestPerson, TestPerson, ...TestPerson[]];
  const room = await makeRoom(organization);
  await joinAs("member", room, ...people);
  return { organization, people, room };
}

test("A message sent through one process arrives at the others within 2 seconds", async () => {
  const { people, room } = await team(3);
  const [one, two, three] = await Promise.all(people.map((person, index) => listenAt(index, person)));
  const sent = data(await (one as Listener).ask("message.send", { roomId: room.id, body: "Across" }));
  for (const listener of [two, three] as Listener[]) {
    await listener.until("the message", () => listener.rows(room.id).some(({ id }) => id === sent.id), 2_000);
  }
});

test("Presence and typing reach every process", async () => {
  const { people, room } = await team(3);
  const [writer, reader] = people;
  const reading = await listenAt(1, reader);
  const writing = await listenAt(0, writer);
  await reading.until("the writer online", () => reading.here()[writer.id] === "active", 2_000);
  // The first presence event lists people who connected earlier at another process.
  await writing.until("the reader online", () => writing.here()[reader.id] === "active", 2_000);
  data(await writing.ask("room.type", { roomId: room.id }));
  const typing = { roomId: room.id, personId: writer.id };
  await reading.until("typing", ({ typing: heard }) => heard.length > 0, 2_000);
  expect(reading.heard.typing).toEqual([typing]);
  data(await writing.ask("presence.update", { state: "idle" }));
  await reading.until("the writer idle", () => reading.here()[writer.id] === "idle", 2_000);
  writing.close();
  await reading.until("the writer offline", () => !reading.here()[writer.id], 6_000);
});

test("Who chooses at one process to appear offline is offline at all, with tabs at several", async () => {
  const { people, room } = await team(4);
  const [person, near, far, next] = people as [TestPerson, TestPerson, TestPerson, TestPerson];
  const [tab, other] = [await listenAt(0, person), await listenAt(1, person)];
  const watching = [await listenAt(0, near), await listenAt(2, far)];
  for (const each of watching) await each.until("the person", () => each.here()[person.id] === "active", 2_000);

  data(await tab.ask("presence.choose", { choice: "offline" }));
  for (const each of watching) await each.until("their absence", () => !each.here()[person.id], 6_000);
  data(await other.ask("presence.update", { state: "idle" }));
  data(await other.ask("room.type", { roomId: room.id }));
  const marker = await listenAt(1, next);
  data(await marker.ask("room.type", { roomId: room.id }));
  for (const each of watching)
    await each.until("the next", ({ typing }) => typing.length > 0 && each.here()[next.id] === "active", 2_000);
  for (const each of watching) {
    expect(each.here()).not.toHaveProperty(person.id);
    expect(each.heard.typing.map(({ personId }) => personId)).toEqual([next.id]);
  }
  expect(marker.here()).not.toHaveProperty(person.id);

  data(await other.ask("presence.choose", { choice: "dnd" }));
  for (const each of watching) await each.until("do not disturb", () => each.here()[person.id] === "dnd", 3_000);
});

test("Ending a login through one process closes its sockets at the others within 5 seconds", async () => {
  const { people, room } = await team(3);
  const [person, colleague] = people;
  const other = { sessionId: await makeSession(person) };
  const [here, there, witness] = [await listenAt(0, person), await listenAt(1, other), await listenAt(1, colleague)];
  data(await here.ask("session.revoke", { sessionId: other.sessionId }));
  await there.until("the end", ({ disconnects }) => disconnects.length > 0, 5_000);
  expect(there.heard.byes).toMatchObject([{ reason: "signed_out" }]);
  data(await here.ask("message.send", { roomId: room.id, body: "After" }));
  await witness.until("what was written later", () => witness.rows(room.id).length > 0);
  expect(there.rows(room.id)).toEqual([]);
});

test("A person who floods through two processes at once has the same limit as through one", async () => {
  const { people, room } = await team(3);
  const [flooder] = people;
  const tabs = [await listenAt(0, flooder), await listenAt(1, flooder)];
  // Half as much again as `LIMIT_FACTOR` times the limit, in much less than the seconds it is for. Each process by itself
  // would allow its share.
  const atMost = 100 * typeInRoom.limit.points;
  const each = Math.ceil((1.5 * atMost) / tabs.length);
  const answersAt = await Promise.all(
    tabs.map((tab) => Promise.all(Array.from({ length: each }, () => tab.ask("room.type", { roomId: room.id })))),
  );
  const refused = answersAt.flat().filter((answer) => !answer.ok && answer.error.code === "rate_limited");
  expect(refused.length).toBe(tabs.length * each - atMost);
});

test("The people of a killed process are offline at the others within 35 seconds", {
  timeout: 90_000,
}, async () => {
  const { people } = await team(3);
  const [victim, witness] = people;
  const watching = await listenAt(0, witness);
  await listenAt(2, victim);
  await watching.until("the victim online", () => watching.here()[victim.id] === "active", 2_000);
  process.kill(pidOf(2), "SIGKILL");
  await watching.until("the victim offline", () => !watching.here()[victim.id], 35_000);
  await untilSo(() => isReady(2));
});

test("Three processes, one killed and one stopped while everybody writes: nothing lost, nothing twice, nobody sees an error", {
  timeout: 180_000,
}, async () => {
  const { organization, people, room } = await team(8);
  const rooms = [room, await makeRoom(organization)];
  await joinAs("member", rooms[1] as typeof room, ...people);
  const tabs = await Promise.all(people.flatMap((person) => [tabOf(person), tabOf(person)]));
  const owners = people.flatMap((person) => [person, person]);
  const offlineMs: number[] = [];
  const failed: unknown[] = [];
  for (const tab of tabs) {
    for (const { id } of rooms) tab.log.open(id);
    recordOffline(tab, offlineMs);
    tab.stores.outbox.subscribe(({ entries }) => failed.push(...entries.filter(({ state }) => state === "failed")));
  }

  // Every tab writes one message after the other into both rooms: the next when the one before was acknowledged.
  const written = new Map<string, string[]>(rooms.map(({ id }) => [id, []]));
  let writing = true;
  const writers = tabs.flatMap((tab, who) =>
    rooms.map(async ({ id }) => {
      for (let at = 0; writing; at++) {
        const body = `${who}: ${at}`;
        written.get(id)?.push(body);
        tab.outbox.send(id, body);
        const isSent = () => !tab.stores.outbox.getState().entries.some((entry) => entry.roomId === id);
        await until(tab.stores.outbox, `${body} to be sent`, isSent, 60_000);
      }
    }),
  );
  const count = () => rooms.reduce((sum, { id }) => sum + (written.get(id)?.length ?? 0), 0);
  const more = async (by: number) => {
    const enough = count() + by;
    await untilSo(() => count() >= enough);
  };

  await more(60);
  const killed = pidOf(0);
  process.kill(killed, "SIGKILL");
  await more(120);
  await untilSo(() => isReady(0));
  expect(pidOf(0)).not.toBe(killed);
  const stopped = pidOf(1);
  process.kill(stopped, "SIGTERM");
  await more(120);
  await untilSo(async () => pidOf(1) !== stopped && (await isReady(1)));
  await more(60);
  writing = false;
  await Promise.all(writers);

  const reader = await login(people[0]);
  const logs = new Map(await Promise.all(rooms.map(async ({ id }) => [id, await wholeLog(reader, id)] as const)));
  for (const [id, log] of logs) {
    expect(log.map(({ body }) => body).toSorted()).toEqual(written.get(id)?.toSorted());
    for (const who of tabs.keys()) {
      const own = log.map(({ body }) => body).filter((body) => body.startsWith(`${who}: `));
      expect(own).toEqual(own.map((_, at) => `${who}: ${at}`));
    }
  }
  for (const [who, tab] of tabs.entries()) {
    await caughtUp(tab, await login(owners[who] as TestPerson));
    // A tab that missed more than 200 changes has only the newest page until it scrolls.
    for (const [id, { ranges }] of tab.stores.rooms.getState().rooms) {
      for (const { from, to, messages } of ranges) {
        expect(messages.map(asShown)).toEqual(logs.get(id)?.filter(({ seq }) => seq >= from && seq <= to));
      }
    }
  }
  const longest = Math.max(0, ...offlineMs);
  console.log(
    `${count()} messages by ${tabs.length} tabs; ${offlineMs.length} times a tab was offline, at most ${(longest / 1_000).toFixed(1)} s`,
  );
  expect(failed).toEqual([]);
  // The tabs of the killed process lost their connection without a `bye`, and reconnect by themselves.
  expect(longest).toBeLessThan(10_000);
});

// The last test, because afterwards the processes do not know each other for a while.
test("Without Redis, people can still sign in", async () => {
  const password = "right enough for tests";
  const person = await makePerson(await makeOrganization(), { password });
  await signIn(nginx, { ...person, password });
  await redis.stop();
  await signIn(nginx, { ...person, password });
  redis = await startRedis(redis);
});
