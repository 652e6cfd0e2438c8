// Browsers keep cookies by host and not by port. Two Parleys on one host must not change each other's logins.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "@/scripts/migrate.mjs";
import { authSecret, type RunningServer, startServer } from "./harness/server";

const secrets = { mine: authSecret, theirs: randomBytes(32).toString("base64url") };
const owner = { organization: "Larkfield", name: "Ada", email: "ada@example.org", password: "correct horse battery" };

// Two processes of one Parley and one process of another. Each Parley has its own database.
let mine: RunningServer;
let second: RunningServer;
let theirs: RunningServer;
beforeAll(async () => {
  const [mineAt, theirsAt] = await Promise.all([emptyDatabase(), emptyDatabase()]);
  [mine, second, theirs] = await Promise.all([
    startServer({ AUTH_SECRET: secrets.mine, DATABASE_URL: mineAt }),
    startServer({ AUTH_SECRET: secrets.mine, DATABASE_URL: mineAt }),
    startServer({ AUTH_SECRET: secrets.theirs, DATABASE_URL: theirsAt }),
  ]);
  for (const server of [mine, theirs]) {
    const code = new URLSearchParams(new URL(server.setUpAt ?? "").hash.slice(1)).get("code");
    const headers = { origin: server.url, "content-type": "application/json" };
    const body = JSON.stringify({ ...owner, code });
    expect((await fetch(`${server.url}/api/setup`, { method: "POST", headers, body })).status).toBe(200);
  }
}, 90_000);
afterAll(() => Promise.all([mine, second, theirs].map((server) => server.stop())));

async function emptyDatabase(): Promise<string> {
  const url = new URL(process.env.DATABASE_URL ?? "");
  url.pathname = `/two-${randomBytes(6).toString("hex")}`;
  await migrate(url.href);
  return url.href;
}

/** Keeps cookies as a browser does: it sends all cookies of a host to every port. */
function browser() {
  const jar = new Map<string, string>();
  async function ask(server: RunningServer, path: string, form?: Record<string, string>) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(server.url + path, {
      redirect: "manual",
      headers: { origin: server.url, cookie },
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) as unknown as [string, string, string];
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    return answer;
  }
  const withToken = async (server: RunningServer, path: string, form: Record<string, string> = {}) => {
    const { csrfToken } = (await (await ask(server, "/api/auth/csrf")).json()) as { csrfToken: string };
    return ask(server, path, { ...form, csrfToken, json: "true" });
  };
  const { email, password } = owner;
  return {
    jar,
    signIn: (server: RunningServer) => withToken(server, "/api/auth/callback/credentials", { email, password }),
    signOut: (server: RunningServer) => withToken(server, "/api/auth/signout"),
    isSignedIn: async (server: RunningServer) => (await ask(server, "/api/home")).status === 200,
    csrf: async (server: RunningServer) =>
      (await (await ask(server, "/api/auth/csrf")).json()) as { csrfToken: string },
  };
}

test("A browser can be signed in to two Parleys on one host, and signing out of one leaves the other", async () => {
  const one = browser();
  await one.signIn(mine);
  expect(await one.isSignedIn(mine)).toBe(true);
  await one.signIn(theirs);
  expect([await one.isSignedIn(mine), await one.isSignedIn(theirs)]).toEqual([true, true]);
  const token = await one.csrf(mine);
  await one.csrf(theirs);
  expect(await one.csrf(mine), "a form that is open goes on").toEqual(token);
  await one.signOut(theirs);
  expect([await one.isSignedIn(mine), await one.isSignedIn(theirs)]).toEqual([true, false]);
});

test("Two installations have different cookie names, and the processes of one installation have the same", async () => {
  const names = async (...servers: RunningServer[]) => {
    const one = browser();
    for (const server of servers) await one.signIn(server);
    return [...one.jar.keys()].toSorted();
  };
  const [ofMine, ofTheirs] = [await names(mine), await names(theirs)];
  expect(ofMine.length).toBeGreaterThanOrEqual(4);
  expect(ofMine.filter((name) => ofTheirs.includes(name))).toEqual([]);
  expect(await names(mine, second)).toEqual(ofMine);
});

test("A login of one process is valid at another process of the same installation", async () => {
  const one = browser();
  await one.signIn(mine);
  expect(await one.isSignedIn(second)).toBe(true);
});

test("The OpenAPI document has the name of the session cookie", async () => {
  const one = browser();
  await one.signIn(mine);
  const description = (await (await fetch(`${mine.url}/api/openapi.json`)).json()) as {
    components: { securitySchemes: { session: { name: string } } };
  };
  expect([...one.jar.keys()]).toContain(description.components.securitySchemes.session.name);
});
