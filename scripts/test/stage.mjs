// What the parts of a test run stand on: packages, a database, a build, a running server. Each is set up once, when the
// first part asks for it, and taken down when the run ends, however it ends.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCheckout } from "../setup/checkout.mjs";
import { start, stop, stopAll } from "./command.mjs";

const ANSWERS_WITHIN_MS = 60_000;

export function makeStage(root, log) {
  const interrupted = new AbortController();
  const pending = [];
  const endings = [];
  const lazily = (make) => {
    let made;
    return () => {
      if (!made) {
        made = make();
        pending.push(made);
      }
      return made;
    };
  };

  /** A folder for what the run leaves behind. */
  const folder = mkdtempSync(join(tmpdir(), "parley-test-"));
  endings.push(() => rmSync(folder, { recursive: true, force: true }));

  const checkout = openCheckout(root, "npm test", log, interrupted.signal);
  endings.push(() => checkout.release());

  const installed = lazily(async () => {
    const { installDependencies } = await import("../setup/install.mjs");
    const { generate } = await import("../setup/generate.mjs");
    await checkout.change(async () => {
      await installDependencies(checkout, log, interrupted.signal);
      await generate(checkout, log, interrupted.signal);
      await checkout.use(["node_modules", "lib/generated"]);
    });
  });

  const postgres = lazily(async () => {
    await installed();
    const { startThrowAwayPostgres } = await import("../setup/throw-away-postgres.mjs");
    const server = await startThrowAwayPostgres({ extra: { max_connections: "200" } });
    endings.push(() => server.stop());
    return server;
  });

  /** The address of a fresh database made from the migrations: parts do not see each other's people and rooms. */
  async function database(name) {
    const url = new URL((await postgres()).url);
    url.pathname = `/${name}`;
    const { migrate } = await import("../migrate.mjs");
    await migrate(url.href);
    return url.href;
  }

  // The role is the whole Postgres's, not one database's.
  const serverPassword = randomBytes(18).toString("base64url");

  /** The same as settings: signed in as the server is where Parley brings its own Postgres, and as the owner beside. */
  async function databases(name) {
    const OWNER_DATABASE_URL = await database(name);
    const { admitServer } = await import("../setup/server-role.mjs");
    return { OWNER_DATABASE_URL, DATABASE_URL: await admitServer(OWNER_DATABASE_URL, serverPassword) };
  }

  const built = lazily(async () => {
    await installed();
    const { build } = await import("../setup/build.mjs");
    const { NEXT_DIST_DIR: nextDir, PARLEY_SERVER_OUT: serverFile } = process.env;
    await checkout.change(async () => {
      await build(checkout, { nextDir, serverFile }, log, interrupted.signal);
      await checkout.use([nextDir, serverFile]);
    });
  });

  /** The built server, answering, on a database and a folder of its own. Resolves to { url, env, output() }. */
  const server = lazily(async () => {
    await built();
    const { freePortFor } = await import("../setup/ports.mjs");
    const port = String(await freePortFor(folder));
    const url = `http://127.0.0.1:${port}`;
    const { OWNER_DATABASE_URL, DATABASE_URL } = await databases("e2e");
    // The tests make databases beside it.
    const env = { ...secrets(), DATABASE_URL: OWNER_DATABASE_URL };
    const running = start(process.execPath, ["--enable-source-maps", process.env.PARLEY_SERVER_OUT], {
      ...env,
      DATABASE_URL,
      NODE_ENV: "production",
      PORT: port,
      HOST: "127.0.0.1",
      PUBLIC_URL: url,
      DATA_DIR: join(folder, "data"),
      LIMIT_FACTOR: "1000", // everybody in the browser tests comes from one address
      LOG_LEVEL: "warn",
    });
    endings.push(() => stop(running));
    await answering(`${url}/readyz`, running);
    return { url, env, output: running.output };
  });

  /** Takes everything down, the last thing first; also what is still being set up. */
  async function end() {
    interrupted.abort();
    await stopAll();
    await Promise.allSettled(pending);
    for (const ending of endings.toReversed()) await ending();
    endings.length = 0;
  }

  return { folder, installed, database, databases, built, server, end };
}

/** What a server has to be given, new for every run. */
export function secrets() {
  return { AUTH_SECRET: randomBytes(32).toString("base64url") };
}

async function answering(url, { child, output }) {
  const end = Date.now() + ANSWERS_WITHIN_MS;
  while (Date.now() < end && child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The built server does not answer at ${url}:\n${output()}`);
}
