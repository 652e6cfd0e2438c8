import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "@/scripts/migrate.mjs";
import { loginOf } from "./harness/login";
import { makeOrganization } from "./harness/people";
import { raw, request } from "./harness/raw";
import { type RunningServer, startServer } from "./harness/server";
import { sharedServer } from "./harness/shared-server";

// `own` has no PUBLIC_URL and is not set up, `known` has one, and `fresh` has one and is not set up.
let own: RunningServer;
const known = sharedServer();
let fresh: RunningServer;
let freshDatabase: string;
let cookie: string;
beforeAll(async () => {
  const databases = [await emptyDatabase(), await emptyDatabase()] as const;
  freshDatabase = databases[1];
  [own, fresh] = await Promise.all([
    startServer({ PUBLIC_URL: "", DATABASE_URL: databases[0] }),
    startServer({ DATABASE_URL: freshDatabase, LIMIT_FACTOR: "1", LOG_LEVEL: "info" }),
  ]);
  ({ cookie } = await loginOf(known, (await makeOrganization()).owner));
}, 90_000);
afterAll(() => Promise.all([own, fresh].map((server) => server.stop())));

async function emptyDatabase(): Promise<string> {
  const url = new URL(process.env.DATABASE_URL ?? "");
  url.pathname = `/hosts-${randomBytes(6).toString("hex")}`;
  await migrate(url.href);
  return url.href;
}

const json = { "content-type": "application/json" };
const status = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
const upgrade = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": randomBytes(16).toString("base64"),
};

/** A request of every kind. */
const doors: [string, Record<string, string>, string][] = [
  ["GET /", { accept: "text/html" }, ""],
  ["GET /sign-in", { accept: "text/html,*/*" }, ""],
  ["GET /setup", { accept: "text/html" }, ""],
  ["GET /nowhere", {}, ""],
  ["GET /icon.svg", {}, ""],
  ["GET /_next/static/nothing.js", {}, ""],
  ["GET /api/openapi.json", {}, ""],
  ["GET /api/home", {}, ""],
  ["GET /api/auth/csrf", {}, ""],
  ["HEAD /", {}, ""],
  ["OPTIONS /api/home", {}, ""],
  ["POST /api/setup", json, "{}"],
  ["POST /api/auth/callback/credentials", { "content-type": "application/x-www-form-urlencoded" }, "email=a"],
  ["PUT /api/password", json, "{}"],
  ["PATCH /api/messages/x", json, "{}"],
  ["DELETE /api/sessions/x", json, "{}"],
  ["POST /sign-in", { "next-action": "x" }, "[]"],
  ["GET /socket.io/?EIO=4&transport=websocket", upgrade, ""],
  ["GET /_next/webpack-hmr", upgrade, ""],
];
/** A method that an address does not support is refused for that reason, whatever the host. */
const refusedAs = (line: string) => (/^(OPTIONS|POST \/sign-in)/.test(line) ? 405 : 403);
const foreign = [
  "evil.example",
  "evil.example:3000",
  "127.0.0.1.evil.example",
  "localhost.evil.example",
  "localhost@evil.example",
  "localhost/evil.example",
  `${hostname()}.evil.example`,
  "-",
];

test.each(doors)(
  "Without PUBLIC_URL %s is refused under a name that is not ours, and told which address to open",
  async (line, given, body) => {
    for (const host of foreign) {
      const headers = { ...given, host, origin: `http://${host}`, connection: given.connection ?? "close" };
      const answer = await raw(own, request(line, headers, body));
      if (given === upgrade) {
        expect(answer, host).not.toMatch(/^HTTP\/1\.1 (101|2)/);
        continue;
      }
      expect(status(answer), host).toBe(refusedAs(line));
      if (!line.startsWith("HEAD") && refusedAs(line) === 403) expect(answer).toContain(`http://127.0.0.1:${own.port}`);
      expect(answer).not.toContain("evil.example");
      expect(answer.toLowerCase()).toContain("x-content-type-options: nosniff");
    }
  },
);

test.each([
  "localhost",
  "LocalHost.",
  "app.localhost",
  "127.0.0.1",
  "127.1.2.3",
  "[::1]",
  "192.0.2.7",
  "[2001:db8::7]",
  hostname(),
  `${hostname().split(".")[0]}.local`,
])("Without PUBLIC_URL a browser on this machine or its network may call it %s", async (name) => {
  for (const host of [name, `${name}:${own.port}`]) {
    expect(status(await raw(own, request("GET /api/openapi.json", { host }))), host).toBe(200);
    const sent = { ...json, host, origin: new URL(`http://${host}`).origin };
    expect(status(await raw(own, request("POST /api/sign-out", sent, "{}"))), host).toBe(401);
  }
});

test.each(["/livez", "/readyz"])("%s answers under any host name, with and without PUBLIC_URL", async (path) => {
  for (const server of [own, known])
    for (const host of foreign) expect(status(await raw(server, request(`GET ${path}`, { host }))), host).toBe(200);
});

test.each(doors.filter(([line]) => /^(POST|PUT|PATCH|DELETE)|socket/.test(line)))(
  "With PUBLIC_URL %s is refused under any other name, unless our own page asks",
  async (line, given, body) => {
    for (const host of [...foreign, "localhost", "192.0.2.7"]) {
      for (const origin of [{ origin: `http://${host}` }, {}] as Record<string, string>[]) {
        const headers = { ...given, ...origin, host, cookie, connection: given.connection ?? "close" };
        const answer = await raw(known, request(line, headers, body));
        expect(answer, host).not.toMatch(/^HTTP\/1\.1 [1235]/);
        if (given !== upgrade) expect(status(answer), host).toBe(refusedAs(line));
      }
    }
  },
);

const foreignPages = ["http://localhost", "https://127.0.0.1", "http://192.0.2.7:3000", "http://127.0.0.1:1"];

test.each(doors.filter(([line]) => /^(POST|PUT|PATCH|DELETE) \/api|socket/.test(line)))(
  "A page at another address that asks %s is told which address to open, in the sentence and by itself",
  async (line, given, body) => {
    for (const server of [own, known]) {
      const host = `127.0.0.1:${server.port}`;
      for (const origin of foreignPages) {
        const headers = { ...given, host, origin, cookie, connection: given.connection ?? "close" };
        const answer = await raw(server, request(line, headers, body));
        expect(status(answer), origin).toBe(403);
        const { error } = JSON.parse(answer.slice(answer.indexOf("{"))) as { error: { message: string } };
        expect(error).toMatchObject({ code: "forbidden", openAt: `http://127.0.0.1:${server.port}` });
        expect(error.message).toContain(`Open http://127.0.0.1:${server.port} instead.`);
      }
    }
  },
);

test("The page at a wrong host name has one link, which leads to the right address", async () => {
  const answer = await raw(own, request("GET /rooms/x", { host: "evil.example", accept: "text/html" }));
  expect(answer.match(/href="[^"]*"/g)).toEqual([`href="http://127.0.0.1:${own.port}"`]);
});

test("With PUBLIC_URL requests of our own pages are answered behind a proxy that sends another Host", async () => {
  const headers = { ...json, host: "parley:3000", origin: known.url, cookie };
  expect(status(await raw(known, request("POST /api/sign-out", headers, "{}")))).toBe(200);
});

test("With PUBLIC_URL reads are answered whatever their Host is", async () => {
  const answer = await raw(known, request("GET /sign-in", { host: "10.0.0.7:3000" }));
  expect([200, 307]).toContain(status(answer));
});

test.each(["https:", "ws:", "ftp:"])("A page with the scheme %s is refused as another origin", async (scheme) => {
  for (const server of [own, known]) {
    const host = `127.0.0.1:${server.port}`;
    const ask = (origin: string) => raw(server, request("POST /api/sign-out", { ...json, host, origin }, "{}"));
    expect(status(await ask(`http://${host}`))).toBe(401);
    expect(status(await ask(`${scheme}//${host}`))).toBe(403);
  }
});

const given = { organization: "Acme", name: "Ann", email: "ann@example.org", password: "this is my password" };
async function setUp(server: RunningServer, more: object = {}, headers: Record<string, string> = {}) {
  const host = { host: `127.0.0.1:${server.port}`, ...headers };
  const answer = await raw(
    server,
    request("POST /api/setup", { ...json, ...host }, JSON.stringify({ ...given, ...more })),
  );
  return { status: status(answer), answer };
}
const field = "Setup code";
const page = async (server: RunningServer, headers: Record<string, string> = {}) =>
  raw(server, request("GET /setup", { host: `127.0.0.1:${server.port}`, ...headers }));

test("Setting up needs no code at localhost on the same computer, and needs it from anywhere else", async () => {
  expect(own.setUpAt).toBeNull();
  const elsewhere: Record<string, string>[] = [
    { "x-forwarded-for": "127.0.0.1" },
    { "x-forwarded-host": "localhost" },
    { forwarded: "for=127.0.0.1" },
    { via: "1.1 tunnel" },
    { host: `192.0.2.7:${own.port}` },
    { "x-parley-local": "1", "x-forwarded-for": "192.0.2.7" },
  ];
  for (const headers of elsewhere) {
    const refused = await setUp(own, {}, headers);
    expect(refused.status, JSON.stringify(headers)).toBe(403);
    expect(refused.answer).toContain('"code":"Enter the setup code');
    expect(await page(own, headers)).toContain(field);
  }
  expect(await page(own)).not.toContain(field);
  expect((await setUp(own)).status).toBe(200);
  expect((await setUp(own)).status).toBe(410);
});

test("At a public address setting up needs the code that the start printed; wrong codes are limited and lock out nobody", async () => {
  const { origin, pathname, hash } = new URL(fresh.setUpAt ?? "");
  expect([origin, pathname]).toEqual([fresh.url, "/setup"]);
  const code = new URLSearchParams(hash.slice(1)).get("code") ?? "";
  expect(code).toMatch(/^\w{4}-\w{4}-\w{4}-\w{4}$/);
  expect(fresh.log()).toContain(fresh.setUpAt);
  expect(await page(fresh)).toContain(field);
  expect(await page(fresh)).not.toContain(code);

  expect((await setUp(fresh)).answer).toContain("Enter the setup code Parley printed");
  const wrong = Array.from({ length: 11 }, (_, n) => `wrong ${n}`);
  const answers = [];
  for (const each of [...wrong.slice(0, 10), code.slice(0, -1)])
    answers.push((await setUp(fresh, { code: each })).status);
  expect(answers).toEqual([...Array.from({ length: 10 }, () => 403), 429]);

  await fresh.stop();
  fresh = await startServer({ DATABASE_URL: freshDatabase, LIMIT_FACTOR: "1" }, fresh);
  expect(new URL(fresh.setUpAt ?? "").hash).toBe(hash);
  for (const each of wrong) await setUp(fresh, { code: each });
  // As people type it.
  expect((await setUp(fresh, { code: ` ${code.toUpperCase().replaceAll("-", " ")}` })).status).toBe(200);
  expect((await setUp(fresh, { code })).status).toBe(410);
});
