// Limits for the HTTP requests of one party: how many it may send, and how much memory they may take.
import { readdirSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/server/db";
import { figuresOf, metricsToken } from "./harness/figures";
import { cookieName, type Login, newcomer } from "./harness/login";
import { joinAs, makeOrganization, makeRoom } from "./harness/people";
import { raw, request } from "./harness/raw";
import { type RunningServer, startServer, within } from "./harness/server";

const patienceMs = 1_000;
let server: RunningServer;
let proxied: RunningServer;
let person: Login;
beforeAll(async () => {
  const strict = { LIMIT_FACTOR: "1", METRICS_TOKEN: metricsToken };
  [server, proxied] = await Promise.all([
    startServer({ ...strict, PATIENCE_MS: String(patienceMs) }),
    // With its usual patience, because a busy client may open a connection a second before it sends its request.
    startServer({ ...strict, TRUSTED_PROXIES: "1" }),
  ]);
  person = (await newcomer(server, await makeOrganization())).login;
});
afterAll(() => Promise.all([server.stop(), proxied.stop()]));

const from = (address: string, path = "/api/openapi.json", cookie = "") =>
  fetch(proxied.url + path, { method: "HEAD", headers: { "x-forwarded-for": address, cookie } });

/** Sends twenty requests at a time until one is refused. Resolves to all answers. */
async function untilRefused(work: () => Promise<Response>): Promise<Response[]> {
  const answers: Response[] = [];
  while (answers.length < 2_000 && answers.every(({ status }) => status === 200))
    answers.push(...(await Promise.all(Array.from({ length: 20 }, work))));
  return answers;
}

test("A stranger who sends too many requests is told when to retry; others, and signed-in people at the same address, are served", async () => {
  const address = "203.0.113.9";
  const answers = await untilRefused(() => from(address));
  expect(answers.length).toBeGreaterThan(300);
  const refused = answers.find(({ status }) => status !== 200);
  expect(refused?.status).toBe(429);
  expect(Number(refused?.headers.get("retry-after"))).toBeLessThanOrEqual(10);
  expect((await from("203.0.113.10")).status).toBe(200);
  const home = await fetch(`${proxied.url}/api/home`, {
    headers: { "x-forwarded-for": address, cookie: person.cookie },
  });
  expect(home.status).toBe(200);
  // One subscriber has a /64 of IPv6 addresses.
  let last = 0;
  const many = await untilRefused(() => from(`2001:db8::${(++last).toString(16)}`));
  expect(many.at(-1)?.status).toBe(429);
  expect((await from("2001:db8:0:1::1")).status).toBe(200);
});

test("Many strangers behind an unknown proxy are served, and the log says what to set", async () => {
  const ask = () =>
    fetch(`${server.url}/api/openapi.json`, { method: "HEAD", headers: { "x-forwarded-for": "8.8.8.8" } });
  for (let left = 400; left > 0; left -= 20) {
    const answers = await Promise.all(Array.from({ length: 20 }, ask));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
  }
  expect(server.log()).toContain("set TRUSTED_PROXIES=1");
});

test("Of many requests sent at once on one connection only some are accepted, and other clients are answered meanwhile", async () => {
  const headers = { host: `127.0.0.1:${server.port}`, connection: "keep-alive" };
  const one = request("GET /api/openapi.json", headers);
  const [said, other] = await Promise.all([
    raw(server, one.repeat(400)).catch((error: Error) => error.message),
    fetchWithin(1_000, "/api/home", person),
  ]);
  expect(other.status).toBe(200);
  expect(said.split("HTTP/1.1 200").length - 1).toBeLessThanOrEqual(8);
  expect(await cutsBecause("pipelined")).toBeGreaterThan(0);
  // A few pipelined requests are answered in order.
  const few = request("GET /livez", headers) + request("GET /livez", { ...headers, connection: "close" });
  expect((await raw(server, few)).match(/HTTP\/1.1 200/g)).toHaveLength(2);
});

test("Connections that leave too many answers unread are closed", async () => {
  // The system buffers some MB for each connection before anything waits in the process.
  const roomy = await startServer({ LIMIT_FACTOR: "10", METRICS_TOKEN: metricsToken });
  const { login, room } = await readerOfMuch(roomy);
  const headers = { host: `127.0.0.1:${roomy.port}`, cookie: login.cookie, connection: "keep-alive" };
  const page = request(`GET /api/rooms/${room.id}/messages?limit=100`, headers);
  const sockets = Array.from({ length: 48 }, () => silent(page.repeat(8), roomy));
  await expect.poll(() => cutsBecause("unread", roomy), { timeout: 40_000 }).toBeGreaterThan(0);
  for (const socket of sockets) socket.destroy();
  expect((await login.fetch("/api/home")).status).toBe(200);
  await roomy.stop();
});

test("A body that keeps arriving is received, one that stops is refused, and neither counts as a database failure", async () => {
  const head = (length: number) =>
    request("POST /api/auth/callback/credentials", {
      host: `127.0.0.1:${server.port}`,
      "content-type": "application/x-www-form-urlencoded",
      "content-length": String(length),
      connection: "close",
    });
  const slow = connect(server.port, "127.0.0.1");
  const answered = heard(slow);
  // Three times as long as a connection may be silent.
  slow.write(head(12 * 4_096));
  let sent = 0;
  const steps = setInterval(() => {
    if (++sent <= 12) slow.write("a".repeat(4_096));
    else clearInterval(steps);
  }, patienceMs / 4);
  const trickling = connect(server.port, "127.0.0.1");
  const given = heard(trickling);
  trickling.write(head(1_000));
  const drops = setInterval(() => trickling.write("a"), patienceMs / 4);
  const stopped = connect(server.port, "127.0.0.1");
  const closed = heard(stopped);
  stopped.write(`${head(12)}abc`);
  const broken = connect(server.port, "127.0.0.1");
  broken.write(`${head(12)}abc`, () => broken.destroy());
  expect(await within(10_000, answered, () => "The slow body was not answered.")).toMatch(/^HTTP\/1.1 [234]\d\d /);
  expect(await within(10_000, given, () => "The trickling body was kept.")).not.toMatch(/^HTTP\/1.1 2/);
  clearInterval(drops);
  expect(await within(10_000, closed, () => "The stalled body was kept.")).not.toMatch(/^HTTP\/1.1 2/);
  expect(server.log()).not.toContain("database unavailable");
  expect((await figuresOf(server)).get("parley_database_unavailable_total") ?? 0).toBe(0);
});

test("Connections that send nothing, or end in mid-request, leave no file descriptor open", async () => {
  const descriptors = () => readdirSync(`/proc/${server.pid}/fd`).length;
  await expect.poll(() => person.fetch("/livez").then(({ status }) => status)).toBe(200);
  const before = descriptors();
  const host = `127.0.0.1:${server.port}`;
  const texts = [
    "",
    "GET / HTTP/1.1\r\nHost: x",
    "GARBAGE\r\n\r\n",
    "GET / HTTP/1.1\r\n\r\n",
    "GET /\0 HTTP/1.1\r\n\r\n",
    // A refused handshake, queued behind answers that nobody reads.
    request("GET /api/openapi.json", { host, connection: "keep-alive" }).repeat(7) +
      request("GET /socket.io/?EIO=4&transport=websocket", { host, connection: "Upgrade", upgrade: "websocket" }),
  ];
  // They neither read nor close.
  const sockets = texts.flatMap((text) => Array.from({ length: 10 }, () => silent(text)));
  await expect.poll(descriptors).toBeGreaterThan(before + 10);
  await expect.poll(descriptors, { timeout: 15_000 }).toBeLessThan(before + 10);
  for (const socket of sockets) socket.destroy();
});

test("Requests that are aborted while they wait do not delay later ones", async () => {
  const address = { host: `127.0.0.1:${proxied.port}`, "x-forwarded-for": "203.0.113.77", connection: "keep-alive" };
  // Requests whose cookies must be checked first, and a large body behind an unfinished answer.
  const cookie = Array.from(
    { length: 4 },
    (_, n) => `${cookieName("session")}=a${n}; ${cookieName("device")}=b${n}`,
  ).join("; ");
  const looked = request("GET /sign-in", { ...address, cookie });
  const behind = request("GET /sign-in", address) + request("POST /api/setup", address, "a".repeat(250_000));
  const breakOff = (text: string) =>
    new Promise<void>((resolve) => {
      const socket = connect(proxied.port, "127.0.0.1", () => socket.write(text, () => socket.resetAndDestroy()));
      socket.on("error", () => {}).on("close", () => resolve());
    });
  for (let round = 0; round < 10; round++)
    await Promise.all(Array.from({ length: 10 }, (_, n) => breakOff(n % 2 === 0 ? looked : behind)));
  const ask = () => fetch(`${proxied.url}/sign-in`, { headers: { "x-forwarded-for": "203.0.113.77" } });
  await expect.poll(async () => (await ask()).status, { timeout: 10_000, interval: 500 }).toBe(200);
  const left = async () => {
    const figures = await figuresOf(proxied);
    return [figures.get("parley_open_requests"), figures.get("parley_held_bodies_bytes")];
  };
  await expect.poll(left, { timeout: 10_000 }).toEqual([0, 0]);
});

test.each([
  ["bytes that are no request", "GARBAGE\r\n\r\n", 400],
  ["two lengths", "POST /api/rooms HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400],
  ["a head of 20 KiB", `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431],
])("%s are refused with the headers of every other answer", async (_what, text, status) => {
  const said = await raw(server, text);
  expect(said).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(said).toMatch(/content-security-policy: default-src 'self'/);
  expect(said).toMatch(/x-content-type-options: nosniff/);
});

/** Somebody in a room with a hundred of the longest messages. */
async function readerOfMuch(at: RunningServer) {
  const organization = await makeOrganization();
  const room = await makeRoom(organization);
  await db().$executeRaw`
    INSERT INTO "Message" (id, "organizationId", "roomId", "authorId", body, seq, "changedSeq")
    SELECT gen_random_uuid(), ${organization.id}::uuid, ${room.id}::uuid, ${organization.owner.id}::uuid,
      repeat('漢', 16000), n, n FROM generate_series(1, 100) n`;
  await db().room.update({ where: { id: room.id }, data: { clock: 100 } });
  const reader = await newcomer(at, organization);
  await joinAs("member", room, reader);
  return { login: reader.login, room };
}

/** A connection that sends this text, and then neither reads nor closes. */
function silent(text: string, at = server): Socket {
  const socket = connect(at.port, "127.0.0.1", () => socket.write(text));
  return socket.on("error", () => {}).pause();
}

function heard(socket: Socket): Promise<string> {
  let answer = "";
  socket.setEncoding("utf8").on("data", (part: string) => (answer += part));
  return new Promise((resolve) => socket.on("error", () => {}).on("close", () => resolve(answer)));
}

const fetchWithin = (ms: number, path: string, login: Login) =>
  within(ms, login.fetch(path), () => `${path} was not answered within ${ms} ms.`);

async function cutsBecause(why: string, at = server): Promise<number> {
  return (await figuresOf(at)).get(`parley_connection_cuts_total{why="${why}"}`) ?? 0;
}
