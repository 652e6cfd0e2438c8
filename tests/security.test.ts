import { encode } from "next-auth/jwt";
import { beforeAll, expect, test } from "vitest";
import { requestFor } from "@/lib/client/http-request";
import { limits } from "@/lib/contract/limits";
import { db } from "@/lib/server/db";
import { makeTokenSigner } from "@/lib/server/signed-token";
import { cookieName, csrf, type Login, loginOf, loginWith, nobody, signIn, trySignIn } from "./harness/login";
import { makePerson } from "./harness/people";
import { raw, request } from "./harness/raw";
import { makeWorld, type World } from "./harness/samples";
import { authSecret } from "./harness/server";
import { sharedServer } from "./harness/shared-server";

const server = sharedServer();
let world: World;
let owner: Login;
beforeAll(async () => {
  world = await makeWorld();
  owner = await loginOf(server, world.owner);
});

test("Every script of a page carries the nonce of its policy, and no two pages have the same one", async () => {
  const nonces = new Set<string>();
  for (let time = 0; time < 2; time++) {
    const page = await fetch(`${server.url}/sign-in`);
    const nonce = /'nonce-([^']+)'/.exec(page.headers.get("content-security-policy") ?? "")?.[1] as string;
    const scripts = (await page.text()).match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(2);
});

test("The same request passes from our own page, and from a program without a cookie as far as for any stranger", async () => {
  const { url, init } = requestFor("message.send", { roomId: world.room.id, body: "From our own page" });
  expect((await owner.fetch(url, init)).status).toBe(200);
  expect((await fetch(server.url + url, init)).status).toBe(401);
});

test("A body over the limit is refused with or without a Content-Length; one below is read", async () => {
  const path = `/api/rooms/${world.room.id}/messages`;
  const headers = { "content-type": "application/json" };
  const json = (size: number) => JSON.stringify({ body: "x".repeat(size - '{"body":""}'.length) });
  const send = (body: BodyInit) => owner.fetch(path, { method: "POST", headers, body, duplex: "half" } as RequestInit);
  expect((await send(json(limits.body))).status).toBe(400);
  const said = await send(json(limits.body + 1));
  expect([said.status, await said.json()]).toMatchObject([413, { ok: false, error: { code: "too_large" } }]);
  const chunks = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let part = 0; part < 5; part++) controller.enqueue(new TextEncoder().encode("x".repeat(64 * 1024)));
      controller.close();
    },
  });
  expect((await send(chunks)).status).toBe(413);
});

test("A request with another host in its request line is a bad request", async () => {
  const headers = { host: `127.0.0.1:${server.port}`, cookie: owner.cookie, origin: server.url };
  expect(await raw(server, request("GET /api/home", headers))).toMatch(/^HTTP\/1.1 200 /);
  for (const target of ["http://evil.example/api/home", `${server.url}/api/home`, "//evil.example/api/home", "*"])
    expect(await raw(server, request(`GET ${target}`, headers)), target).toMatch(/^HTTP\/1.1 400 /);
});

test("Forged host, address and internal headers give no access to anything", async () => {
  const spoofed = {
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    "x-real-ip": "203.0.113.9",
    forwarded: "for=203.0.113.9;host=evil.example",
    "x-parley-address": "203.0.113.9",
    "x-request-id": "made-up",
    "x-nonce": "made-up",
    "x-middleware-subrequest": "middleware:middleware:middleware",
    "x-invoke-path": "/api/home",
    "x-matched-path": "/api/home",
  };
  const home = await nobody(server).fetch("/api/home", { headers: spoofed });
  expect(home.status).toBe(401);
  expect(home.headers.get("x-request-id")).not.toBe("made-up");
  const page = await fetch(`${server.url}/sign-in`, { headers: spoofed });
  expect(page.headers.get("content-security-policy")).not.toContain("made-up");
  expect(await page.text()).not.toContain("evil.example");

  // Another site that forges our host name, or its own as ours.
  for (const host of ["evil.example", `127.0.0.1:${server.port}`]) {
    const origin = "http://evil.example";
    const body = '{"body":"x"}';
    const headers = {
      host,
      origin,
      cookie: owner.cookie,
      "content-type": "application/json",
      "x-forwarded-host": "evil.example",
    };
    expect(await raw(server, request(`POST /api/rooms/${world.room.id}/messages`, headers, body))).toMatch(
      /^HTTP\/1.1 403 /,
    );
  }
});

test("A login is stored with the address it came from, not the one it claims", async () => {
  const person = await makePerson(world.organization, { password: "correct horse battery" });
  const claims = { "x-forwarded-for": "203.0.113.9", "x-parley-address": "203.0.113.9" };
  await signIn(server, { ...person, password: "correct horse battery" }, claims);
  const begun = await db().session.findMany({ where: { personId: person.id, address: { not: "" } } });
  expect(begun.map(({ address }) => address)).toEqual(["127.0.0.1"]);
});

test("A forged cookie is no login, however it is made", async () => {
  const { sessionId: sid, accountId } = world.owner;
  const otherSecret = "another secret altogether, as long as it need be";
  const forged = [
    "",
    "x",
    "%E0%A4%A",
    "..........",
    `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(JSON.stringify({ sid })).toString("base64url")}.`,
    await encode({ token: { sid }, secret: otherSecret }),
    makeTokenSigner(otherSecret, "session").sign([sid, accountId], 60),
    makeTokenSigner(authSecret, "device").sign([sid, accountId], 60),
    makeTokenSigner(authSecret, "session").sign([sid, accountId], -1),
    owner.cookie.split("=")[1]?.slice(0, -4) ?? "",
    "a".repeat(8_000),
    sid,
  ];
  for (const value of forged) {
    const answer = await loginWith(server.url, `${cookieName("session")}=${value}`).fetch("/api/home");
    expect(answer.status, value.slice(0, 60)).toBe(401);
  }
  const named = owner.cookie.replace(cookieName("session"), "next-auth.session-token");
  expect((await loginWith(server.url, named).fetch("/api/home")).status).toBe(401);
  expect((await owner.fetch("/api/home")).status).toBe(200);
});

test("The session cookie cannot be read by scripts and is not sent from other sites", async () => {
  const person = await makePerson(world.organization, { password: "correct horse battery" });
  const answer = await trySignIn(server, { ...person, password: "correct horse battery" });
  const cookie = answer.headers.getSetCookie().find((each) => each.startsWith(`${cookieName("session")}=`)) ?? "";
  expect(cookie.split("; ").map((part) => part.toLowerCase())).toEqual(
    expect.arrayContaining(["httponly", "samesite=lax", "path=/"]),
  );
});

test("No redirect leads to another site", async () => {
  const evil = ["https://evil.example", "//evil.example", "/\\evil.example", "https:evil.example"];
  const { csrfToken, cookie } = await csrf(server);
  for (const where of evil) {
    const query = new URLSearchParams({ callbackUrl: where, next: where, redirect: where });
    const answers = [
      ...["/sign-in", "/", "/api/auth/signin", "/api/auth/signout", "/api/auth/error"].map((path) =>
        fetch(`${server.url}${path}?${query}`, { redirect: "manual" }),
      ),
      ...["callback/credentials", "signin/credentials", "signout"].map((path) =>
        fetch(`${server.url}/api/auth/${path}?${query}`, {
          method: "POST",
          redirect: "manual",
          headers: { origin: server.url, cookie },
          body: new URLSearchParams({ csrfToken, callbackUrl: where, email: "a@b.c", password: "x", json: "false" }),
        }),
      ),
    ];
    for (const answer of await Promise.all(answers)) {
      const to = new URL(answer.headers.get("location") ?? "/", server.url);
      expect(to.origin, `${answer.url} to ${to.href}`).toBe(server.url);
      for (const set of answer.headers.getSetCookie())
        expect(decodeURIComponent(set)).not.toMatch(/callback=[^;]*evil/);
    }
  }
});
