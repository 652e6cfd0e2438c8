// What the browser tests have in common: browsers that are signed in, and a watch over what they say to the developer.
import { randomBytes } from "node:crypto";
import { test as base, type BrowserContext, type BrowserContextOptions, expect, type Page } from "@playwright/test";
import type { TestPerson } from "@/tests/harness/people";
import { type RunningServer, startServer } from "@/tests/harness/server";
import { migrate } from "@/scripts/migrate.mjs";
import { settled } from "./screen";
import { given, sessionCookie, sessionToken, theServer } from "./team";

export { expect };

export interface Visit extends BrowserContextOptions {
  /** The page to open; the first one unless told. */
  at?: string;
  /** Another server than that of the run. */
  server?: { url: string };
}

interface Fixtures {
  /** What a test causes on purpose and the console may therefore say. */
  expectedNoise: RegExp | undefined;
  /** Opens a browser of its own that nobody is signed in to. */
  visit: (visit?: Visit) => Promise<Page>;
  /** The same, signed in as somebody. */
  enter: (person: TestPerson, visit?: Visit) => Promise<Page>;
  /** Starts a server of one's own, on the database of the run (`by` another way, if given) or on one with nothing in it. */
  serve: (options?: { empty?: boolean; by?: string; port?: number }) => Promise<RunningServer>;
}

/** A phone held upright. */
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** What a browser keeps of a login: the one with which the person was made. */
async function loginOf(person: TestPerson, { url }: { url: string }): Promise<BrowserContextOptions["storageState"]> {
  const { hostname: domain } = new URL(url);
  const cookie = { name: sessionCookie(), value: sessionToken(person), domain, path: "/", expires: -1 };
  return { cookies: [{ ...cookie, httpOnly: true, secure: false, sameSite: "Lax" }], origins: [] };
}

/** Writes down every error and warning of every page of a browser. */
function listen(context: BrowserContext, noise: string[]): void {
  context.on("weberror", (error) => noise.push(error.error().stack ?? error.error().message));
  context.on("console", (line) => {
    if (line.type() === "error" || line.type() === "warning") noise.push(`${line.text()} (${line.location().url})`);
  });
}

export const test = base.extend<Fixtures>({
  expectedNoise: [undefined, { option: true }],

  // Servers are stopped after the browsers, which would miss them.
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
    await Promise.all(contexts.map((context) => context.close()));
    const unexpected = noise.filter((line) => !expectedNoise?.test(line));
    expect(unexpected, "Nothing is said to the console, and nothing is thrown.").toEqual([]);
  },

  enter: async ({ visit }, give) => {
    await give(async (person, { server = theServer(), ...options } = {}) =>
      visit({ ...options, server, storageState: await loginOf(person, server) }),
    );
  },

  serve: async ({ browser: _ }, give) => {
    const servers: RunningServer[] = [];
    await give(async ({ empty = false, by = given("DATABASE_URL"), port } = {}) => {
      const DATABASE_URL = empty ? await emptyDatabase() : by;
      const server = await startServer(
        { DATABASE_URL, AUTH_SECRET: given("AUTH_SECRET") },
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
