// What only a program that keeps to no rules would write: hundreds of requests in one write, answers that nobody reads,
// requests that two readers would read differently. At every door.
import { type Socket, connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/server/db";
import { addressesOf, type Door } from "./harness/doors";
import { figuresOf, metricsToken } from "./harness/figures";
import { type Login, loginOf } from "./harness/login";
import { fillRoom } from "./harness/rooms";
import { makeWorld, type World } from "./harness/samples";
import { type RunningServer, startServer } from "./harness/server";
import { converse, head } from "./harness/wire";
import { meanwhile } from "./harness/witness";

const MIB = 2 ** 20;
const atOnce = 100;
/** The time for all connections together, from the first request to the last answer. */
const atMostMiB = 128;
const timeout = 120_000;

let server: RunningServer;
let world: World;
let owner: Login;
let member: Login;
let doors: Door[];
beforeAll(async () => {
  // Each route is called from its own address, under the limits of one stranger.
  const settings = { LIMIT_FACTOR: "1", TRUSTED_PROXIES: "1", METRICS_TOKEN: metricsToken };
  server = await startServer({ ...settings, NODE_OPTIONS: "--max-old-space-size=512" });
  world = await makeWorld();
  [owner, member] = [await loginOf(server, world.owner), await loginOf(server, world.member)];
  doors = addressesOf(world);
});
afterAll(() => server.stop());

let lastAddress = 0;
/** The requests of strangers, each from their own address. */
const from = () => ({ "x-forwarded-for": `198.51.${Math.floor(++lastAddress / 250)}.${(lastAddress % 250) + 1}` });
const host = () => ({ host: `127.0.0.1:${server.port}` });

/** Expects no complaint about this work, nor about the service for another person in the meantime. */
async function allIsWell(work: () => Promise<string[]>): Promise<void> {
  expect(await meanwhile(server, { login: member, roomId: world.room.id }, work)).toEqual([]);
}

test(`${atOnce} requests in one write are answered in order, refused or cut off, at every route`, { timeout }, () =>
  allIsWell(async () => {
    const complaints: string[] = [];
    for (const door of doors) {
      const request = head("GET", door.url, { ...host(), ...from() });
      const told = await converse(server, [request.repeat(atOnce)], { answers: atOnce, ms: 10_000 });
      const failed = told.answers.find(({ status }) => status >= 500);
      if (failed) complaints.push(`${door.url}: ${failed.status}`);
      if (told.answers.length < atOnce && !told.closed) complaints.push(`${door.url}: ${told.answers.length} answers`);
    }
    return complaints;
  }),
);

test("Unread answers use bounded memory, and a client that does not read delays nobody", { timeout }, async () => {
  const { id } = world.room;
  await fillRoom(world.room, world.owner, 100);
  await db().$executeRaw`UPDATE "Message" SET body = repeat('漢', 16000) WHERE "roomId" = ${id}::uuid AND seq > 3`;
  const external = async () => ((await figuresOf(server)).get("nodejs_external_memory_bytes") ?? Number.NaN) / MIB;
  const before = await external();
  const deaf: Socket[] = [];
  await allIsWell(async () => {
    let largest = 0;
    const ask = (url: string, { cookie }: Login, times: number) => {
      const socket = connect(server.port, "127.0.0.1").pause();
      socket.on("error", () => socket.destroy());
      deaf.push(socket);
      socket.write(head("GET", url, { ...host(), ...from(), cookie }).repeat(times));
    };
    for (const { url } of doors) {
      ask(url, owner, 2);
      // One door after the other: all at once, their work alone would delay others.
      largest = Math.max(largest, (await external()) - before);
    }
    const large = `/api/rooms/${id}/messages?limit=100`;
    for (const person of [world.owner, world.moderator]) {
      const login = await loginOf(server, person);
      for (let line = 0; line < 25; line++) {
        ask(large, login, 1);
        largest = Math.max(largest, (await external()) - before);
      }
    }
    return largest < atMostMiB ? [] : [`${Math.round(largest)} MiB more were held`];
  });
  await expect.poll(external, { timeout: 10_000, interval: 250 }).toBeLessThan(before + atMostMiB / 2);
  for (const socket of deaf) socket.destroy();
});

const second = "GET /smuggled HTTP/1.1\r\nhost: a\r\n\r\n";
const body = "0\r\n\r\n";
/** Requests whose end two parsers would see in different places (request smuggling), or that must be refused. */
const shapes: [what: string, status: number, lines: string, rest: string][] = [
  ["two lengths", 400, "content-length: 5\r\ncontent-length: 0\r\n", body + second],
  ["two lengths in one line", 400, "content-length: 5, 0\r\n", body + second],
  ["a length and chunks", 400, `content-length: ${body.length}\r\ntransfer-encoding: chunked\r\n`, body + second],
  ["chunks of another coding", 400, "transfer-encoding: xchunked\r\n", body + second],
  ["chunks that are not the last coding", 400, "transfer-encoding: chunked, identity\r\n", body + second],
  ["a chunk whose size is no number", 400, "transfer-encoding: chunked\r\n", `zz\r\n${second}`],
  ["a chunk whose size is below zero", 400, "transfer-encoding: chunked\r\n", `-1\r\n${second}`],
  ["a chunk larger than all numbers", 400, "transfer-encoding: chunked\r\n", `${"f".repeat(20)}\r\n${second}`],
  ["a header over two lines", 400, "x-one: a\r\n two\r\n", second],
  ["a space before a colon", 400, "content-length : 5\r\n", body + second],
  ["a zero byte in a header", 400, "x-one: a\0b\r\n", second],
  ["a lone carriage return in a header", 400, "x-one: a\rcontent-length: 5\r\n", body + second],
  ["a header without a name", 400, ": a\r\n", second],
  ["no colon", 400, "x-one\r\n", second],
  ["a header of 20 KB", 431, `x-one: ${"a".repeat(20_000)}\r\n`, second],
  ["3,000 headers", 431, "x-one: abc\r\n".repeat(3_000), second],
];

test(
  "A request that two readers would read differently is refused at every door, and what follows it is not read",
  {
    timeout,
  },
  () =>
    allIsWell(async () => {
      const complaints: string[] = [];
      for (const door of doors) {
        for (const [what, status, lines, rest] of shapes) {
          const address = from()["x-forwarded-for"];
          const start = `POST ${door.url} HTTP/1.1\r\nhost: ${host().host}\r\nx-forwarded-for: ${address}\r\n`;
          const told = await converse(server, [`${start}${lines}\r\n${rest}`], { answers: 2, ms: 5_000 });
          const statuses = told.answers.map((answer) => answer.status).join(", ");
          if (!told.closed || !(statuses === String(status) || statuses === "")) {
            complaints.push(`${door.url}, ${what}: ${statuses}${told.closed ? "" : " and goes on"}`);
          }
          const [answer] = told.answers;
          if (answer && answer.headers.get("x-content-type-options") !== "nosniff") {
            complaints.push(`${door.url}, ${what}: without the security headers`);
          }
        }
      }
      return complaints;
    }),
);

test("Garbage instead of a request is refused with the security headers", { timeout }, () =>
  allIsWell(async () => {
    const garbage: Record<string, string> = {
      "no request": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
      "a method nobody has heard of": "BREW / HTTP/1.1\r\nhost: a\r\n\r\n",
      "a method in small letters": "get / HTTP/1.1\r\nhost: a\r\n\r\n",
      "no version": "GET /\r\n\r\n",
      "another version": "GET / HTTP/9.9\r\nhost: a\r\n\r\n",
      "no host, as it once was allowed": "GET /sign-in HTTP/1.0\r\n\r\n",
      "an expectation nobody knows": "GET / HTTP/1.1\r\nhost: a\r\nexpect: nonsense\r\n\r\n",
      "no host": "GET / HTTP/1.1\r\n\r\n",
      "a line of 20 KB": `GET /${"a".repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`,
      "a tunnel": "CONNECT evil.example:443 HTTP/1.1\r\nhost: evil.example:443\r\n\r\n",
      "an answer": "HTTP/1.1 200 OK\r\n\r\n",
    };
    const complaints: string[] = [];
    for (const [what, text] of Object.entries(garbage)) {
      const { answers, closed } = await converse(server, [text], { ms: 5_000 });
      const [answer] = answers;
      if (!answer && !closed) complaints.push(`${what}: neither answered nor cut`);
      if (!answer) continue;
      if (answer.status < 400 || answer.status >= 500) complaints.push(`${what}: ${answer.status}`);
      for (const name of ["content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy"]) {
        if (!answer.headers.has(name)) complaints.push(`${what} (${answer.status}) without ${name}`);
      }
    }
    return complaints;
  }),
);
