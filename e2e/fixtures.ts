// Fixtures for the browser tests: browsers that are signed in. A test fails if a page logs an unexpected error or warning.
import { randomBytes } from "node:crypto";
import { test as base, type BrowserContext, type BrowserContextOptions, expect, type Page } from "@playwright/test";
import { pathsOf } from "@/lib/contract/paths";
import { handleOf, type TestPerson } from "@/tests/harness/people";
import { type RunningServer, startServer } from "@/tests/harness/server";
import { migrate } from "@/scripts/migrate.mjs";
import { settled } from "./screen";
import { given, sessionCookie, sessionToken, theServer } from "./team";

export { expect };

export interface Visit extends BrowserContextOptions {
  /** The page to open; by default the first one. `enter` puts the person's organization before `/browse`, `/people`, `/drafts`, `/new-message`, `/invites` and `/settings`. `about:blank` is for a test that does something before the first load. */
  at?: string;
  /** The server to use instead of the run's own. */
  server?: { url: string };
}

/** Chrome logs this when a page is left while its socket is still connecting. */
const leftWhileConnecting = /WebSocket is closed before the connection is established/;

interface Fixtures {
  /** Matches console messages that a test causes on purpose. */
  expectedNoise: RegExp | undefined;
  /** Opens a new browser that is not signed in. */
  visit: (visit?: Visit) => Promise<Page>;
  /** Opens a new browser that is signed in as this person. */
  enter: (person: TestPerson, visit?: Visit) => Promise<Page>;
  /**
   * Starts another server, on the run's database (through the address `by`, if given) or on an empty one. `smtpUrl` is its mail
   * server.
   */
  serve: (options?: { empty?: boolean; by?: string; port?: number; smtpUrl?: string }) => Promise<RunningServer>;
}

/** A phone held upright. */
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** A browser's storage with the login that was created with the person. */
async function loginOf(person: TestPerson, { url }: { url: string }): Promise<BrowserContextOptions["storageState"]> {
  const { hostname: domain } = new URL(url);
  const cookie = { name: sessionCookie(), value: sessionToken(person), domain, path: "/", expires: -1 };
  return { cookies: [{ ...cookie, httpOnly: true, secure: false, sameSite: "Lax" }], origins: [] };
}

/** Records every error and warning of every page of a browser. */
function listen(context: BrowserContext, noise: string[]): void {
  context.on("weberror", (error) => noise.push(error.error().stack ?? error.error().message));
  context.on("console", (line) => {
    if (line.type() === "error" || line.type() === "warning") noise.push(`${line.text()} (${line.location().url})`);
  });
}

export const test = base.extend<Fixtures>({
  expectedNoise: [undefined, { option: true }],

  // Stop servers after the browsers, because a browser logs an error when its server is gone.
  visit: async ({ browser, expectedNoise, serve: _ }, give) => {
    const contexts: BrowserContext[] = [];
    const noise: string[] = [];
    await give(async ({ at = "/", server = theServer(), ...options } = {}) => {
      const context = await browser.newContext({ baseURL: server.url, ...options });
      contexts.push(context);
      listen(context, noise);
      const page = await context.newPage();
      await page.goto(at);
      await settled(page);
      return page;
    });
    // A request that is still in a handler of the test fails when its browser closes.
    const pages = contexts.flatMap((context) => context.pages());
    await Promise.all(pages.map((page) => page.unrouteAll({ behavior: "ignoreErrors" })));
    await Promise.all(contexts.map((context) => context.close()));
    const unexpected = noise.filter((line) => !expectedNoise?.test(line) && !leftWhileConnecting.test(line));
    expect(unexpected, "Nothing is said to the console, and nothing is thrown.").toEqual([]);
  },

  enter: async ({ visit }, give) => {
    await give(async (person, { at = "/", server = theServer(), ...options } = {}) => {
      const { home } = pathsOf(handleOf(person.organizationId));
      const path = /^\/(browse|people|drafts|new-message|invites|settings)/.test(at) ? home + at : at;
      return visit({ ...options, at: path, server, storageState: await loginOf(person, server) });
    });
  },

  serve: async ({ browser: _ }, give) => {
    const servers: RunningServer[] = [];
    await give(async ({ empty = false, by = given("DATABASE_URL"), port, smtpUrl = "" } = {}) => {
      const DATABASE_URL = empty ? await emptyDatabase() : by;
      const server = await startServer(
        { DATABASE_URL, AUTH_SECRET: given("AUTH_SECRET"), SMTP_URL: smtpUrl },
        port ? { port } : undefined,
      );
      servers.push(server);
      return server;
    });
    await Promise.all(servers.map((server) => server.stop()));
  },
});

async function emptyDatabase(): Promise<string> {
  const url = new URL(given("DATABASE_URL"));
  url.pathname = `/e2e-${randomBytes(6).toString("hex")}`;
  await migrate(url.href);
  return url.href;
}
