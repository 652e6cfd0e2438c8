// The stage of a test run: the things that its parts share, such as installed packages, databases, a build and a running server.
// Each of them is set up when a part first needs it. `end` stops and removes everything.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCheckout } from "../setup/checkout.mjs";
import { start, stop, stopAll } from "./command.mjs";

const START_TIMEOUT_MS = 60_000;

/** `root` is the checkout to test. `log` receives a line for each step. */
export function makeStage(root, log) {
  const interruption = new AbortController();
  const setUps = [];
  const cleanups = [];
  /** Returns a function that calls `make` on the first call and returns the same promise on every call. */
  const lazily = (make) => {
    let promise;
    return () => {
      if (!promise) {
        promise = make();
        setUps.push(promise);
      }
      return promise;
    };
  };

  /** A temporary folder for the run's reports and the server's data. */
  const folder = mkdtempSync(join(tmpdir(), "parley-test-"));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));

  const checkout = openCheckout(root, "npm test", log, interruption.signal);
  cleanups.push(() => checkout.release());

  const installed = lazily(async () => {
    const { installDependencies } = await import("../setup/install.mjs");
    const { generate } = await import("../setup/generate.mjs");
    await checkout.change(async () => {
      await installDependencies(checkout, log, interruption.signal);
      await generate(checkout, log, interruption.signal);
      await checkout.use(["node_modules", "lib/generated"]);
    });
  });

  const postgres = lazily(async () => {
    await installed();
    const { startTemporaryPostgres } = await import("../setup/temporary-postgres.mjs");
    const server = await startTemporaryPostgres({ extra: { max_connections: "200" } });
    cleanups.push(() => server.stop());
    return server;
  });

  /** Creates and migrates a database, and resolves to its URL. Each part has its own database, so that rows never mix. */
  async function database(name) {
    const url = new URL((await postgres()).url);
    url.pathname = `/${name}`;
    const { migrate } = await import("../migrate.mjs");
    await migrate(url.href);
    return url.href;
  }

  // One password for all databases: they are in one Postgres and share the server's role.
  const serverPassword = randomBytes(18).toString("base64url");

  /**
   * Creates a database and resolves to two environment variables. DATABASE_URL uses the server's role, which can only read and
   * write rows, as in production. OWNER_DATABASE_URL uses the owner of the tables.
   */
  async function databases(name) {
    const OWNER_DATABASE_URL = await database(name);
    const { setUpServerRole } = await import("../setup/server-role.mjs");
    return { OWNER_DATABASE_URL, DATABASE_URL: await setUpServerRole(OWNER_DATABASE_URL, serverPassword) };
  }

  const built = lazily(async () => {
    await installed();
    const { build } = await import("../setup/build.mjs");
    const { NEXT_DIST_DIR: nextDir, PARLEY_SERVER_OUT: serverFile } = process.env;
    await checkout.change(async () => {
      await build(checkout, { nextDir, serverFile }, log, interruption.signal);
      await checkout.use([nextDir, serverFile]);
    });
  });

  /**
   * Starts the built server with its own database and folder, and waits until it responds. Resolves to { url, env, output() }.
   * `env` is for programs that write to the server's database.
   */
  const server = lazily(async () => {
    await built();
    const { freePortFor } = await import("../setup/ports.mjs");
    const port = String(await freePortFor(folder));
    const url = `http://127.0.0.1:${port}`;
    const { OWNER_DATABASE_URL, DATABASE_URL } = await databases("e2e");
    // The tests connect as the owner of the tables, because they also create databases.
    const env = { ...secrets(), DATABASE_URL: OWNER_DATABASE_URL };
    const program = start(process.execPath, ["--enable-source-maps", process.env.PARLEY_SERVER_OUT], {
      ...env,
      DATABASE_URL,
      NODE_ENV: "production",
      PORT: port,
      HOST: "127.0.0.1",
      PUBLIC_URL: url,
      DATA_DIR: join(folder, "data"),
      LIMIT_FACTOR: "1000", // all browsers of the tests share the rate limits of one address
      LOG_LEVEL: "warn",
    });
    cleanups.push(() => stop(program));
    await waitUntilReady(`${url}/readyz`, program);
    return { url, env, output: program.output };
  });

  /** Stops every program, waits for set-ups in progress, then cleans up in reverse order. */
  async function end() {
    interruption.abort();
    await stopAll();
    await Promise.allSettled(setUps);
    for (const cleanup of cleanups.toReversed()) await cleanup();
    cleanups.length = 0;
  }

  return { folder, installed, database, databases, built, server, end };
}

/** Generates the secrets that a server needs. Each call returns new ones. */
export function secrets() {
  return { AUTH_SECRET: randomBytes(32).toString("base64url") };
}

/** Waits until the server responds at `url`. Throws if the server exits or takes too long. */
async function waitUntilReady(url, { child, output }) {
  const end = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < end && child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The built server does not answer at ${url}:\n${output()}`);
}
