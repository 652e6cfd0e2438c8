import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import {
  answers,
  childrenOf,
  isAlive,
  newPlace,
  type Place,
  postgresPid,
  root,
  stubFor,
  start,
  type Started,
  until,
} from "./started";

// Several starts take long on a busy machine.
const timeout = 120_000;
const READY = "Press Ctrl-C to stop";
const begun: Started[] = [];
const places: Place[] = [];

async function somewhere(): Promise<Place> {
  const place = await newPlace();
  places.push(place);
  return place;
}

function begin(...args: Parameters<typeof start>): Started {
  const started = start(...args);
  begun.push(started);
  return started;
}

/** A process and all its descendants, itself first. */
function tree(pid: number): { pid: number; command: string }[] {
  const children = childrenOf(pid).flatMap((child) => [child, ...tree(child.pid).slice(1)]);
  return [{ pid, command: "" }, ...children];
}

afterEach(async () => {
  for (const started of begun.splice(0)) {
    for (const { pid } of isAlive(started.process.pid ?? 0) ? tree(started.process.pid ?? 0).toReversed() : []) {
      process.kill(pid, "SIGTERM");
    }
    await started.ended;
  }
  for (const place of places.splice(0)) {
    const leftover = postgresPid(place);
    if (leftover && isAlive(leftover)) process.kill(leftover, "SIGINT");
    await until(() => !leftover || !isAlive(leftover));
    rmSync(place.folder, { recursive: true, force: true });
  }
});

test("A command that npm started ends when npm is stopped or killed; one that npm did not start outlives its parent", {
  timeout,
}, async () => {
  const [place, other] = [await somewhere(), await somewhere()];
  const env = stubFor(place);
  const alone = begin(
    other,
    { ...env, DATABASE_URL: process.env.DATABASE_URL ?? "" },
    { command: "sh", words: ["-c", "node scripts/start.mjs; true"] },
  );
  await alone.says(READY);
  const [shell = 0, supervisor = 0] = tree(alone.process.pid ?? 0).map(({ pid }) => pid);
  process.kill(shell, "SIGKILL");

  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    const npm = begin(place, env, { command: "npm", words: ["start"] });
    await npm.says(READY);
    const all = tree(npm.process.pid ?? 0);
    expect(all.length).toBeGreaterThanOrEqual(4); // npm, the supervisor, its server and its Postgres
    npm.process.kill(signal);
    const began = performance.now();
    await until(() => all.every(({ pid }) => !isAlive(pid)));
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(postgresPid(place)).toBe(0); // stopped in order
  }

  expect(await answers(other)).toBe(true);
  process.kill(supervisor, "SIGTERM");
  await until(() => !isAlive(supervisor));
});

test("A server whose supervisor is killed while it starts ends without an error", { timeout }, async () => {
  const place = await somewhere();
  const parley = begin(place, { LOG_LEVEL: "error" });
  await parley.says("Starting the server");
  const server = () => childrenOf(parley.process.pid ?? 0).find(({ command }) => command.includes(process.execPath));
  await until(server);
  const { pid } = server() ?? { pid: 0 };
  parley.process.kill("SIGKILL");
  await until(() => !isAlive(pid));
  await parley.ended;
  expect(existsSync(path.join(root, process.env.PARLEY_SERVER_OUT ?? ""))).toBe(true);
  expect(parley.output()).not.toMatch(/"level":[56]0|Channel|Error/);
});
