// Messages, passwords and tokens never appear in the server's output, whatever route they came by and
// whatever was wrong with the request. All output is checked, including that of Next and libraries.
import { afterAll, beforeAll, expect, test } from "vitest";
import { requestFor } from "@/lib/client/http-request";
import { type OperationName, operations } from "@/lib/contract/index";
import { parseRoute } from "@/lib/contract/route";
import { db } from "@/lib/server/db";
import { addressesOf, doorsOf } from "./harness/doors";
import { leafOf, leavesOf, withLeaf } from "./harness/leaves";
import { cookieName, type Login, loginOf, nobody, trySignIn } from "./harness/login";
import { makeSession } from "./harness/people";
import { makeWorld, samples, type World } from "./harness/samples";
import { type RunningServer, startServer } from "./harness/server";
import { converse, head } from "./harness/wire";

let server: RunningServer;
let world: World;
/** The texts that must not be in the log, by their kind. */
const secrets = new Map<string, string>();
beforeAll(async () => {
  server = await startServer({ LOG_LEVEL: "debug" });
  world = await makeWorld({ withPasswords: true });
});
afterAll(() => server.stop());

const names = Object.keys(operations) as OperationName[];
// Short and at the start, because a library that cannot parse a body quotes its beginning.
const canary = "canary~1";
const secretFields = ["password", "current", "next", "token", "body", "email"];

/** Each request has its own login, because some requests end it. */
async function freshLogin(): Promise<Login> {
  // The operation before may have been leaving the organization.
  await db().person.update({ where: { id: world.owner.id }, data: { deactivatedAt: null, leftAt: null } });
  const login = await loginOf(server, { sessionId: await makeSession(world.owner) });
  secrets.set(`cookie ${secrets.size}`, login.cookie.split("=")[1] as string);
  return login;
}

const lines = (text: string) =>
  server
    .log()
    .split("\n")
    .filter((line) => line.includes(text));

/** Waits until the log has a last request, so that all earlier lines are there. */
async function allIsWritten(): Promise<void> {
  const last = `/${crypto.randomUUID()}`;
  await nobody(server).fetch(last);
  await expect.poll(() => server.log()).toContain(last);
}

test("Successful requests leave no password, token, address or text in the log", async () => {
  for (const name of names) {
    for (const door of ["rest", "socket"] as const) {
      const input = samples[name](world) as Record<string, unknown>;
      for (const field of secretFields) {
        if (typeof input[field] === "string") secrets.set(`${field} of ${name}`, input[field]);
      }
      const login = await freshLogin();
      if (door === "rest") await login.rest(name, input);
      else {
        const tab = await login.listen();
        // Signing out closes the socket, perhaps before it is answered.
        await Promise.race([tab.ask(name, input), tab.until("the end", ({ disconnects }) => disconnects.length > 0)]);
        tab.close();
      }
    }
  }
  await trySignIn(server, { email: world.owner.email, password: `${canary} wrong` });
  await allIsWritten();
  // The log does have these requests.
  expect(lines('"path":"/api/password"').length).toBeGreaterThan(0);
  expect(secrets.size).toBeGreaterThan(60);
  expect([...secrets].filter(([, secret]) => server.log().includes(secret)).map(([what]) => what)).toEqual([]);
});

test("Refused and malformed requests leave none in the log either", async () => {
  const { host } = new URL(server.url);
  for (const name of names) {
    const owner = await freshLogin();
    const { method, params } = parseRoute(operations[name].http);
    const input = samples[name](world) as Record<string, unknown>;
    const { url } = requestFor(name, input);
    const rest = Object.fromEntries(Object.entries(input).filter(([field]) => !params.includes(field)));
    const bodies = [
      `${canary} is no JSON`,
      `{"${canary}":1}`,
      `{"body":"${canary}`,
      ...leavesOf(rest).map((way) => JSON.stringify(withLeaf(rest, way, { [canary]: canary }))),
      ...leavesOf(rest)
        .filter((way) => typeof leafOf(rest, way) === "string")
        .map((way) => JSON.stringify(withLeaf(rest, way, `${canary}\u0000`))),
    ];
    const headers = { "content-type": "application/json" };
    for (const body of method === "GET" ? [] : bodies) await owner.fetch(url, { method, headers, body });
    const tab = await owner.listen();
    await tab.ask(name, { ...input, [canary]: canary });
    await tab.ask(name, canary);
    tab.close();
    await owner.fetch(`${url.split("?")[0]}?token=${canary}&${canary}=1&cursor=${canary}`, { method });
  }
  // Pages, sign-in and files, where libraries parse the request.
  const strange = {
    rsc: "1",
    "next-router-state-tree": `${canary}%7B`,
    "next-router-prefetch": canary,
    "next-url": `/${canary}`,
    authorization: `Bearer ${canary}`,
    "user-agent": canary,
    referer: `${server.url}/join/${canary}`,
    cookie: `${cookieName("session")}=${canary}; ${cookieName("csrf")}=${canary}%7C${canary}; ${cookieName("callback")}=%E0%A4%A${canary}`,
  };
  for (const { url } of addressesOf(world)) {
    await nobody(server).fetch(`${url}${url.includes("?") ? "&" : "?"}token=${canary}`, { headers: strange });
  }
  for (const { url, method } of doorsOf(world).filter((door) => door.kind !== "operation")) {
    if (method === "GET") continue;
    for (const type of [
      "application/json",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "",
    ]) {
      for (const body of [
        `${canary} is no JSON`,
        `{"password":"${canary}"}`,
        `password=${canary}&csrfToken=${canary}`,
      ]) {
        await nobody(server).fetch(url, { method, body, headers: { "content-type": type, "next-action": canary } });
      }
    }
  }
  for (const path of ["/join/", "/reset/", "/api/join/", "/api/password-reset/"]) {
    for (const token of [
      canary,
      `%E0%A4%A${canary}`,
      `${canary}/more`,
      `${canary}%00`,
      `${canary}.json`,
      `${canary}?_rsc=1`,
    ]) {
      await converse(server, [head("GET", path + token, { host, connection: "close" })]);
    }
  }
  const upgrade = { host, connection: "Upgrade", upgrade: "websocket", cookie: strange.cookie };
  await converse(server, [head("GET", `/socket.io/?EIO=4&transport=websocket&token=${canary}`, upgrade)], {
    ms: 1_000,
  });
  await converse(server, [`GET /?token=${canary} HTTP/1.1\r\n${canary}\r\n\r\n`]);
  await allIsWritten();
  expect(lines(canary)).toEqual([]);
});
