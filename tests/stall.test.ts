// A member who floods, in any way, is slowed down and then disconnected. Nobody else waits.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { limits } from "@/lib/contract/limits";
import { type OperationName, operations } from "@/lib/contract/index";
import { figuresOf, metricsToken } from "./harness/figures";
import type { Listener } from "./harness/listener";
import { data, loginOf } from "./harness/login";
import { joinAs, makeOrganization, makePeople, makePerson, makeRoom, type Organization } from "./harness/people";
import { frame, opcodes, type RawSocket, rawSocket } from "./harness/raw-socket";
import { fillRoom } from "./harness/rooms";
import { makeWorld, samples, type World } from "./harness/samples";
import { type RunningServer, startServer } from "./harness/server";

/** How long a request of another person may take during a flood, on a busy machine. */
const otherMs = 2_000;

let server: RunningServer;
let organization: Organization;
let world: World;
/** Several people, so that none exceeds the rate limit. */
let witnesses: Listener[];
let roomId: string;
beforeAll(async () => {
  // The real limits.
  server = await startServer({ LIMIT_FACTOR: "1", METRICS_TOKEN: metricsToken });
  organization = await makeOrganization();
  world = await makeWorld();
  const room = await makeRoom(organization);
  roomId = room.id;
  const people = await makePeople(
    organization,
    Array.from({ length: 8 }, () => ({})),
  );
  await joinAs("member", room, ...people);
  witnesses = await Promise.all(people.map(async (person) => (await loginOf(server, person)).listen()));
  // The first requests of a server take longer than later ones.
  await slowestOfOthers(witnesses.length);
}, 60_000);
afterAll(async () => {
  for (const witness of witnesses) witness.close();
  await server.stop();
});

/** The cookie of a new person, who has used up no limit. */
async function someone(): Promise<string> {
  const person = await makePerson(world.organization);
  await joinAs("member", world.room, person);
  return (await loginOf(server, person)).cookie;
}

let askedByOthers = 0;
/** The slowest of a few sequential requests of another person. */
async function slowestOfOthers(questions = 4): Promise<number> {
  let slowest = 0;
  for (let n = 0; n < questions; n++) {
    const witness = witnesses[askedByOthers++ % witnesses.length] as Listener;
    const began = performance.now();
    data(await witness.ask("room.show", { roomId }));
    slowest = Math.max(slowest, performance.now() - began);
  }
  return slowest;
}

const event = (name: string, input: unknown, ack: number | "") => `42${ack}${JSON.stringify([name, input])}`;
const floods: [what: string, packet: (nth: number) => Buffer][] = [
  ["CONNECT", () => frame("40")],
  ["CONNECT of a namespace", (nth) => frame(`40/n${nth},`)],
  ["DISCONNECT", () => frame("41")],
  ["events that nobody knows", (nth) => frame(event("nothing", {}, nth))],
  ["events without an acknowledgement", () => frame(event("home.show", {}, ""))],
  ["acknowledgements", (nth) => frame(`43${nth}[]`)],
  ["errors", () => frame("44{}")],
  ["binary events without their parts", (nth) => frame(`451-${nth}["home.show",{"_placeholder":true,"num":0}]`)],
  ["engine.io's open", () => frame("0")],
  ["engine.io's close", () => frame("1")],
  ["engine.io's ping", () => frame("2probe")],
  ["engine.io's pong", () => frame("3")],
  ["engine.io's upgrade", () => frame("5")],
  ["engine.io's noop", () => frame("6")],
  ["no packet", () => frame("x")],
  ["no packet of Socket.IO", () => frame("4")],
  ["empty messages", () => frame("")],
  ["WebSocket pings", () => frame("x".repeat(125), opcodes.ping)],
  ["WebSocket pongs", () => frame("", opcodes.pong)],
];
for (const name of Object.keys(operations) as OperationName[])
  floods.push([name, (nth) => frame(event(name, samples[name](world), nth))]);

test.each(floods)("A client that sends %s without end delays nobody else's request", async (_what, packet) => {
  const flooder = await rawSocket(server, await someone());
  // Some megabytes, so that the server could read for a while without a break.
  const some = Buffer.concat(Array.from({ length: 500 }, (_, nth) => packet(nth)));
  const times = Math.ceil(3_000_000 / some.length);
  for (let n = 0; n < times; n++) flooder.wire.write(some);
  expect(await slowestOfOthers()).toBeLessThan(otherMs);
  flooder.end();
});

test("Ninety-five CONNECTs in one write make one socket at most", async () => {
  const before = (await figuresOf(server)).get("parley_socket_connections_total") ?? 0;
  const cookie = await someone();
  const tab = await rawSocket(server, cookie, { connected: false });
  tab.wire.write(Buffer.concat(Array.from({ length: 95 }, () => frame("40"))));
  await tab.closed;
  // One CONNECT does make a socket, and the metric counts it.
  const honest = await rawSocket(server, cookie);
  const made = ((await figuresOf(server)).get("parley_socket_connections_total") ?? 0) - before;
  expect(made).toBeGreaterThanOrEqual(1);
  expect(made).toBeLessThanOrEqual(2);
  honest.end();
});

test.each([
  ["questions", (nth: number) => frame(event("presence.update", { state: "active" }, nth))],
  ["heartbeats", () => frame("3")],
  ["WebSocket pings", () => frame("x", opcodes.ping)],
])("A client that keeps sending %s over the limit gets `bye` and is disconnected", async (_what, packet) => {
  const flooder = await rawSocket(server, await someone());
  let nth = 0;
  const flooding = setInterval(() => {
    for (let n = 0; n < 20; n++) if (!flooder.isClosed()) flooder.wire.write(packet(nth++));
  }, 50);
  expect(JSON.parse((await flooder.heard('42["bye"')).slice(2))).toMatchObject(["bye", { reason: "violation" }]);
  await flooder.closed;
  clearInterval(flooding);
});

test("Requests that are sent all at once are answered in order, each once, without a disconnect", async () => {
  const tab = await rawSocket(server, await someone());
  const questions = 50;
  for (let nth = 0; nth < questions; nth++) tab.wire.write(frame(event("home.show", {}, nth)));
  await Promise.all(Array.from({ length: questions }, (_, nth) => tab.heard(`43${nth}[{"ok":true`)));
  expect(tab.isClosed()).toBe(false);
  tab.end();
});

const memoryMiB = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1]) / 1024;

test("A client that requests long pages and does not read costs bounded memory, over any number of sockets", async () => {
  const person = await makePerson(world.organization);
  const room = await makeRoom(world.organization);
  await joinAs("member", room, person);
  await fillRoom(room, person, 120, "a long message ".repeat(1_000));
  const { cookie } = await loginOf(server, person);
  const tabs = await Promise.all(Array.from({ length: 60 }, () => rawSocket(server, cookie)));
  const before = memoryMiB();
  for (const [nth, tab] of tabs.entries()) {
    tab.wire.pause();
    for (let each = 0; each < 10; each++) {
      // Each operation has its own limit, and each has a large answer.
      tab.wire.write(frame(event("message.list", { roomId: room.id, limit: 100 }, nth * 20 + each)));
      tab.wire.write(frame(event("sync", { rooms: { [room.id]: 0 }, me: 0, epoch: "another" }, nth * 20 + each + 10)));
    }
  }
  for (let round = 0; round < 5; round++) expect(await slowestOfOthers()).toBeLessThan(otherMs);
  expect(memoryMiB() - before).toBeLessThan(150);
  for (const tab of tabs) tab.end();
});

test("A thousand people behind one address can connect within ten seconds", async () => {
  const people = await makePeople(
    organization,
    Array.from({ length: 1_000 }, () => ({})),
  );
  const cookies = await Promise.all(people.map(async (person) => (await loginOf(server, person)).cookie));
  const began = performance.now();
  const tabs: RawSocket[] = await Promise.all(cookies.map((cookie) => rawSocket(server, cookie)));
  expect(performance.now() - began).toBeLessThan(10_000);
  for (const tab of tabs) tab.end();
});

test(`After all of this the same process is still running, and a packet of ${limits.frame} bytes is the largest`, async () => {
  expect(process.kill(server.pid, 0)).toBe(true);
  expect(server.log()).not.toMatch(/uncaught|unhandled/i);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
});
