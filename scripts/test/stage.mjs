// What the parts of a test run stand on: packages, a database, a build, a running server. Each is set up once, when the
// first part asks for it, and taken down when the run ends, however it ends.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { start, stop, stopAll } from "./command.mjs";

const ANSWERS_WITHIN_MS = 60_000;

export function makeStage(root, log) {
  const endings = [];
  const lazily = (make) => {
    let made;
    return () => (made ??= make());
  };

  const folder = lazily(() => {
    const path = mkdtempSync(join(tmpdir(), "parley-test-"));
    endings.push(() => rmSync(path, { recursive: true, force: true }));
    return path;
  });

  const installed = lazily(async () => {
    const { installPackages } = await import("../setup/install.mjs");
    await installPackages(root, log);
    const { generateClient } = await import("../setup/generate.mjs");
    await generateClient(root, log);
  });

  const postgres = lazily(async () => {
    await installed();
    const { startThrowAwayPostgres } = await import("../setup/throw-away-postgres.mjs");
    const server = await startThrowAwayPostgres({ log });
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

  const built = lazily(async () => {
    await installed();
    const { buildParley } = await import("../setup/build.mjs");
    await buildParley(root, log);
  });

  /** Starts the built server on a database of its own and waits until it answers. Resolves to its address. */
  const server = lazily(async () => {
    await built();
    const { freePortFor } = await import("../setup/ports.mjs");
    const port = await freePortFor(folder());
    const url = `http://127.0.0.1:${port}`;
    const env = {
      ...secrets(),
      NODE_ENV: "production",
      PORT: String(port),
      HOST: "127.0.0.1",
      PUBLIC_URL: url,
      DATABASE_URL: await database("e2e"),
    };
    const running = start(process.execPath, [process.env.PARLEY_SERVER_OUT], env);
    endings.push(() => stop(running));
    await answering(`${url}/readyz`, running);
    return { url, log: running.output };
  });

  async function end() {
    await stopAll();
    for (const ending of endings.reverse()) await ending();
    endings.length = 0;
  }

  return { folder, installed, database, built, server, end };
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
