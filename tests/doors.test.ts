// Calls every page, route and file with every method. Each URL is called a door.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { addressesOf, type Door, doorsOf, placesInApp } from "./harness/doors";
import { everythingOf } from "./harness/everything";
import { type Login, loginOf, nobody } from "./harness/login";
import { makeWorld, type World } from "./harness/samples";
import { sharedServer } from "./harness/shared-server";
import { converse, head } from "./harness/wire";

const server = sharedServer();
let world: World;
let owner: Login;
let doors: Door[];
let addresses: Door[];
beforeAll(async () => {
  world = await makeWorld();
  owner = await loginOf(server, world.owner);
  doors = doorsOf(world);
  addresses = addressesOf(world);
});

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const changing = ["POST", "PUT", "PATCH", "DELETE"];
const isOfApi = ({ url }: Door) => url.startsWith("/api/");
/** One line for each failed check, so that a failing test lists all of them. */
type Complaints = string[];

test("Every page and route of the build is in the list of doors", () => {
  const file = path.join(process.env.NEXT_DIST_DIR ?? ".next-test", "app-path-routes-manifest.json");
  const built = Object.values(JSON.parse(readFileSync(file, "utf8")) as Record<string, string>);
  const { pages, routes, files } = placesInApp();
  // Next's own pages for unknown addresses and for errors.
  const own = ["/_not-found", "/_global-error"];
  expect([...pages, ...routes, ...files, ...own].toSorted()).toEqual(built.toSorted());
  expect(doors.length).toBeGreaterThan(60);
});

const complain = (what: string, missing: string[]): Complaints =>
  missing.length === 0 ? [] : [`${what} without ${missing.join(", ")}`];

function missingHeaders({ headers }: { headers: Headers }): Complaints {
  const policy = (headers.get("content-security-policy") ?? "").split("; ");
  const directive = (name: string) => policy.find((part) => part.startsWith(`${name} `)) ?? "";
  const wanted: [string, boolean][] = [
    ...["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"].map(
      (part): [string, boolean] => [part, policy.includes(part)],
    ),
    ["a nonce for scripts", /'nonce-[\w+/=]{20,}'/.test(directive("script-src"))],
    ["scripts of ours alone", !/unsafe|\*/.test(directive("script-src"))],
    [
      "connections to ourselves alone",
      directive("connect-src")
        .split(" ")
        .slice(1)
        .every((source) => source === "'self'" || source === `ws://127.0.0.1:${server.port}`),
    ],
    ["nosniff", headers.get("x-content-type-options") === "nosniff"],
    ["x-frame-options", headers.get("x-frame-options") === "DENY"],
    ["referrer-policy", headers.has("referrer-policy")],
    ["no x-powered-by", !headers.has("x-powered-by")],
  ];
  return wanted.flatMap(([what, holds]) => (holds ? [] : [what]));
}

test("Every door answers every method without a server error and with every security header", async () => {
  const stranger = nobody(server);
  const complaints: Complaints = [];
  for (const { url } of addresses) {
    for (const method of methods) {
      const answer = await stranger.fetch(url, { method });
      await answer.arrayBuffer();
      // A stranger's request to change something is refused, and a health check may answer 503.
      if (answer.status >= 500) complaints.push(`${method} ${url}: ${answer.status}`);
      complaints.push(...complain(`${method} ${url} (${answer.status})`, missingHeaders(answer)));
    }
  }
  expect(complaints).toEqual([]);
});

/** Answers that are the same for everyone, which a browser may cache. */
const mayBeKept = ({ kind, url }: Door) => kind === "file" || url.startsWith("/_next/");

test("No answer to a signed-in person may be cached", async () => {
  const complaints: Complaints = [];
  for (const door of addresses.filter((one) => !mayBeKept(one))) {
    const answer = await owner.fetch(door.url);
    await answer.arrayBuffer();
    const control = answer.headers.get("cache-control") ?? "";
    if (!control.includes("no-store")) complaints.push(`GET ${door.url} (${answer.status}): "${control}"`);
  }
  expect(complaints).toEqual([]);
});

test("Another site cannot change anything through any door with somebody's cookie", async () => {
  const before = await everythingOf(world);
  const complaints: Complaints = [];
  const json = { cookie: owner.cookie, "content-type": "application/json" };
  const foreign = [
    "https://evil.example",
    "null",
    `${server.url}.evil.example`,
    server.url.replace("http:", "https:"),
    server.url.replace(/\d+$/, String(server.port + 1)),
  ];
  const all = [...foreign.map((origin) => ({ ...json, origin })), json];
  for (const door of doors) {
    const own = door.method === "GET" ? "POST" : door.method;
    for (const method of changing) {
      for (const headers of method === own ? all : all.slice(0, 1)) {
        const body = door.body ?? "{}";
        const answer = await fetch(server.url + door.url, { method, headers, body, redirect: "manual" });
        const [{ status }, text] = [answer, await answer.text()];
        const isForbidden = status === 403 && text.startsWith('{"ok":false,"error":{"code":"forbidden",');
        // An unsupported method may be refused before the origin is checked.
        const isRefused = door.kind === "operation" && method === own ? isForbidden : status >= 400 && status < 500;
        if (!isRefused) complaints.push(`${method} ${door.url} ${JSON.stringify(headers).slice(-40)}: ${status}`);
      }
    }
  }
  expect(complaints).toEqual([]);
  expect(await everythingOf(world)).toEqual(before);
});

/** Sign-in is a form of our own page, which next-auth reads after the Origin was checked. */
const takesForms = ({ kind }: Door) => kind === "sign-in";

test("No door accepts a form or plain text, which any site can send without a preflight", async () => {
  const before = await everythingOf(world);
  const complaints: Complaints = [];
  for (const door of doors.filter((one) => isOfApi(one) && one.method !== "GET" && !takesForms(one))) {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]) {
      const body = door.body && door.body !== "{}" ? door.body : '{"some":"thing"}';
      const { status } = await owner.fetch(door.url, { method: door.method, body, headers: { "content-type": type } });
      if (status !== 403) complaints.push(`${door.name} as ${type}: ${status}`);
    }
  }
  expect(complaints).toEqual([]);
  expect(await everythingOf(world)).toEqual(before);
});

test("GET and HEAD change nothing at any door, even with a header that names another method", async () => {
  const before = await everythingOf(world);
  const complaints: Complaints = [];
  for (const { name, method: meant, url } of doors) {
    for (const method of ["GET", "HEAD"]) {
      const headers = { "x-http-method-override": meant, "x-method-override": meant };
      const answer = await owner.fetch(`${url}${url.includes("?") ? "&" : "?"}_method=${meant}`, { method, headers });
      await answer.arrayBuffer();
      if (answer.status >= 500) complaints.push(`${method} for ${name}: ${answer.status}`);
    }
  }
  expect(complaints).toEqual([]);
  expect(await everythingOf(world)).toEqual(before);
});

test("Outside the API every method but GET and HEAD is refused, and every door refuses unknown methods", async () => {
  const complaints: Complaints = [];
  const unknown = ["TRACE", "PROPFIND", "LOCK", "SEARCH"];
  const asked = (door: Door) => (isOfApi(door) ? unknown : [...changing, "OPTIONS", ...unknown]);
  for (const door of addresses.filter(({ url }) => !url.startsWith("/socket.io/"))) {
    for (const method of asked(door)) {
      const headers = {
        host: `127.0.0.1:${server.port}`,
        origin: server.url,
        cookie: owner.cookie,
        "content-length": 0,
      };
      const { answers } = await converse(server, [head(method, door.url, headers)]);
      const [answer] = answers;
      if (answer?.status !== 405) complaints.push(`${method} ${door.url}: ${answer?.status ?? "closed"}`);
      if (answer) complaints.push(...complain(`${method} ${door.url} (${answer.status})`, missingHeaders(answer)));
    }
  }
  expect(complaints).toEqual([]);
});

test("The API refuses with our JSON in every case", async () => {
  const complaints: Complaints = [];
  for (const { url, kind } of addresses.filter(isOfApi)) {
    for (const method of ["GET", ...changing]) {
      const answer = await nobody(server).fetch(url, {
        method,
        headers: { "content-type": "application/json" },
        body: method === "GET" ? null : "{]",
      });
      const text = await answer.text();
      // If a route with its own file lacks a method, Next answers by itself, with an empty body.
      if (answer.status < 400 || (kind !== "operation" && answer.status === 405 && text === "")) continue;
      if (!/^\{"ok":false,"error":\{"code":"\w+","message":"[^"]+"/.test(text))
        complaints.push(`${method} ${url} (${answer.status}): ${text.slice(0, 60)}`);
    }
  }
  expect(complaints).toEqual([]);
});

test("Every test that docs/security.md names exists", () => {
  const named = readFileSync("docs/security.md", "utf8").match(/(?:tests|lib|e2e)\/[\w./-]+\.(?:test|spec)\.ts/g) ?? [];
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((file) => !existsSync(file))).toEqual([]);
});
