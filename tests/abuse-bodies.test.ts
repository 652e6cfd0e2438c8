// Bodies that are too large, too deep, broken off or not what their head says, at every door. Each is answered or cut without
// being read to its end, somebody else is served meanwhile, and nothing of it stays in memory.
import { afterAll, beforeAll, expect, test } from "vitest";
import { addressesOf, type Door, doorsOf } from "./harness/doors";
import { figuresOf, metricsToken } from "./harness/figures";
import { type Login, loginOf } from "./harness/login";
import { makeWorld, type World } from "./harness/samples";
import { type RunningServer, startServer } from "./harness/server";
import { type Conversation, converse, head } from "./harness/wire";
import { meanwhile } from "./harness/witness";

const MB = 1_000_000;
const part = Buffer.from("[],".repeat(50_000));
/** Bytes that the sockets' buffers can hold. The server has read everything beyond that. */
const onTheWay = 12 * MB;
const answeredWithinMs = 3_000;

let server: RunningServer;
let world: World;
let member: Login;
/** The memory outside the heap in MB. */
const external = async () => ((await figuresOf(server)).get("nodejs_external_memory_bytes") ?? Number.NaN) / MB;
let externalBefore: number;
/** Each path once, with the method that changes something. */
let doors: Door[];
beforeAll(async () => {
  // A process that kept the bodies would run out of memory.
  server = await startServer({ METRICS_TOKEN: metricsToken, NODE_OPTIONS: "--max-old-space-size=512" });
  world = await makeWorld();
  member = await loginOf(server, world.member);
  const changing = doorsOf(world).filter(({ method }) => method !== "GET");
  const others = addressesOf(world).filter(({ url }) => !changing.some((door) => door.url === url));
  doors = [...changing, ...others.map((door) => ({ ...door, method: "POST" }))];
  externalBefore = await external();
});
afterAll(() => server.stop());

/** Expects no complaint about this work, nor about the service for another person in the meantime. */
async function allIsWell(work: () => Promise<string[]>): Promise<void> {
  expect(await meanwhile(server, { login: member, roomId: world.room.id }, work)).toEqual([]);
}

/** Complaints about the server's reaction: a failed or late answer, or neither an answer nor a close. */
function wrong(what: string, { answers, closed, ms }: Conversation, from = 400): string[] {
  const status = answers[0]?.status;
  if (status === undefined && !closed) return [`${what}: neither answered nor cut within ${Math.round(ms)} ms`];
  if (status !== undefined && (status < from || status >= 500)) return [`${what}: ${status}`];
  return ms > answeredWithinMs ? [`${what}: ${status ?? "cut"} after ${Math.round(ms)} ms`] : [];
}

const json = { "content-type": "application/json" };
const open = (door: Door, headers: Record<string, string | number>, method = door.method) =>
  head(method, door.url, { host: `127.0.0.1:${server.port}`, ...json, ...headers });

function* list(bytes: number): Generator<Buffer> {
  yield Buffer.from('{"a":[');
  for (let sent = 0; sent < bytes; sent += part.length) yield part;
  yield Buffer.from("[]]}");
}
const lengthOf = (bytes: number) => '{"a":['.length + Math.ceil(bytes / part.length) * part.length + "[]]}".length;

function* inChunks(bytes: number): Generator<string | Buffer> {
  for (const piece of list(bytes)) {
    yield `${piece.length.toString(16)}\r\n`;
    yield piece;
    yield "\r\n";
  }
  yield "0\r\n\r\n";
}

function* several<T>(...all: Iterable<T>[]): Generator<T> {
  for (const one of all) yield* one;
}

test.each([1, 10, 50])(
  "%d MB are refused at every door without being read to their end",
  { timeout: 120_000 },
  (megabytes) =>
    allIsWell(async () => {
      const size = megabytes * MB;
      const complaints: string[] = [];
      for (const door of doors) {
        const ways: [string, Iterable<string | Buffer>][] = [
          ["with its length", several<string | Buffer>([open(door, { "content-length": lengthOf(size) })], list(size))],
          ["in chunks", several<string | Buffer>([open(door, { "transfer-encoding": "chunked" })], inChunks(size))],
        ];
        for (const [how, parts] of ways) {
          const told = await converse(server, parts, { ms: answeredWithinMs * 2 });
          const what = `${door.method} ${door.url}, ${how}`;
          complaints.push(...wrong(what, told));
          if (told.written > onTheWay) complaints.push(`${what}: ${told.written} bytes were read`);
        }
      }
      return complaints;
    }),
);

const deep = `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
const lies: [what: string, ask: (door: Door) => (string | Buffer)[]][] = [
  ["says that it is short and goes on", (door) => [open(door, { "content-length": 10 }), "[]".repeat(1_000)]],
  ["gives a length beyond all numbers", (door) => [open(door, { "content-length": "9".repeat(30) }), "{}"]],
  ["gives a length below zero", (door) => [open(door, { "content-length": -1 }), "{}"]],
  ["gives a length that is no number", (door) => [open(door, { "content-length": "0x10" }), "{}"]],
  ["says that it is larger than any body may be", (door) => [open(door, { "content-length": 2 ** 40 }), "{}"]],
  ["is a hundred thousand lists deep", (door) => [open(door, { "content-length": deep.length }), deep]],
  ["is no JSON", (door) => [open(door, { "content-length": 3 }), "{]}"]],
  ["is no text", (door) => [open(door, { "content-length": 4 }), Buffer.from([0xff, 0xfe, 0xc0, 0x80])]],
  ["is compressed", (door) => [open(door, { "content-length": 4, "content-encoding": "gzip" }), "{}{}"]],
  ["asks whether it may continue", (door) => [open(door, { "content-length": MB, expect: "100-continue" })]],
  ["belongs to a GET", (door) => [open(door, { "content-length": MB }, "GET"), part]],
];

/** next-auth redirects what it refuses to the sign-in page. */
const sendsAway = ({ kind }: Door) => kind === "sign-in";

test("A body that does not match its headers causes no internal error at any route", { timeout: 120_000 }, () =>
  allIsWell(async () => {
    const complaints: string[] = [];
    for (const door of doors) {
      for (const [what, ask] of lies) {
        const told = await converse(server, ask(door), { ms: answeredWithinMs * 2 });
        const [answer] = told.answers.filter(({ status }) => status !== 100);
        // A GET may be answered without reading the body.
        const from = what.includes("GET") ? 200 : sendsAway(door) ? 300 : 400;
        complaints.push(
          ...wrong(`${door.method} ${door.url}, ${what}`, { ...told, answers: answer ? [answer] : [] }, from),
        );
      }
    }
    return complaints;
  }),
);

const busyAnswers = (figures: ReadonlyMap<string, number>) =>
  [...figures]
    .filter(([series, count]) => count > 0 && /code="(busy|internal)"/.test(series))
    .map(([series]) => series);

test(
  "A body that is broken off is nobody's fault: nothing is counted as busy and nothing said of the database",
  { timeout: 120_000 },
  () =>
    allIsWell(async () => {
      const before = server.log().length;
      for (const door of doors) {
        await converse(server, [open(door, { "content-length": 1_000 }), '{"a":"'], { thenBreakOff: true });
        await converse(server, [open(door, { "transfer-encoding": "chunked" }), "6\r\n", "{"], { thenBreakOff: true });
      }
      const said = server.log().slice(before);
      return [
        ...busyAnswers(await figuresOf(server)),
        ...(said.match(/.*(unavailable|failed|caught|unhandled).*/gi) ?? []),
      ];
    }),
);

test("Two slow bodies at every route at once do not delay other people", { timeout: 120_000 }, () =>
  allIsWell(async () => {
    const slow = doors
      .flatMap((door) => [door, door])
      .map((door) => converse(server, [open(door, { "content-length": 1_000 }), "{"], { ms: 2_000 }));
    const answers = (await Promise.all(slow)).flatMap((told) => told.answers);
    return answers.filter(({ status }) => status >= 500).map(({ status }) => String(status));
  }),
);

test("Memory is back to normal after all of this", async () => {
  await expect.poll(external, { timeout: 20_000, interval: 500 }).toBeLessThan(externalBefore + 50);
});
