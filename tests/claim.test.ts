import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { root } from "./started";

// Once told that all have started, takes a folder as soon as the file `go` is there. Waiting for the file uses a whole core, so it
// must not last while others start. Kills itself at `step`, and says how it went.
const TAKER = `
import { once } from "node:events";
import { existsSync } from "node:fs";
import { lockDataFolder } from ${JSON.stringify(path.join(root, "scripts/setup/single-run.mjs"))};
const [dataDir, go, step] = process.argv.slice(1);
process.send("here");
await once(process, "message");
while (!existsSync(go));
try {
  const taken = await lockDataFolder(dataDir, "here", (at) => at === step && process.kill(process.pid, "SIGKILL"));
  process.send(taken.interrupted ? "taken after a killed one" : "taken");
  process.once("message", () => process.exit(taken.release() ?? 0));
} catch (error) {
  process.send(error.message, () => process.exit());
}`;

const folder = mkdtempSync(path.join(tmpdir(), "parley-claim-"));
const running = new Set<ChildProcess>();
let rounds = 0;

interface Taker {
  process: ChildProcess;
  here: Promise<unknown>;
  /** Its output, or the signal that ended it. */
  said: Promise<string>;
}

function taker(dataDir: string, go: string, step = ""): Taker {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", TAKER, dataDir, go, step], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  running.add(child);
  const here = once(child, "message");
  const ended = once(child, "exit").then(([, signal]) => String(signal));
  void ended.then(() => running.delete(child));
  return {
    process: child,
    here,
    said: here.then(() => Promise.race([once(child, "message").then(([said]) => String(said)), ended])),
  };
}

/** Lets several processes take the folder at the same time. */
async function race(dataDir: string, count: number, step?: string): Promise<{ takers: Taker[]; said: string[] }> {
  const go = path.join(folder, `go-${++rounds}`);
  const takers = Array.from({ length: count }, () => taker(dataDir, go, step));
  await Promise.all(takers.map(({ here }) => here));
  for (const each of takers) each.process.send("all are here");
  writeFileSync(go, "");
  return { takers, said: await Promise.all(takers.map(({ said }) => said)) };
}

async function endAll(signal: NodeJS.Signals) {
  await Promise.all(
    [...running].map(async (child) => {
      const ended = once(child, "exit");
      child.kill(signal);
      await ended;
    }),
  );
}

afterEach(() => endAll("SIGKILL"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const newFolder = () => mkdtempSync(path.join(folder, "data-"));
const winners = (said: string[]) => said.filter((each) => each.startsWith("taken"));

test("after the owner of a folder was killed, exactly one of two to four processes gets it, twenty times", async () => {
  const dataDir = newFolder();
  await race(dataDir, 1);
  for (let round = 0; round < 20; round++) {
    await endAll("SIGKILL");
    const count = 2 + (round % 3);
    const { said } = await race(dataDir, count);
    expect(winners(said)).toEqual(["taken after a killed one"]);
    expect(said.filter((each) => each.startsWith("Parley is already running here: here (process "))).toHaveLength(
      count - 1,
    );
  }
});

test.each(["made", "listening", "cleared", "taken"])(
  "who is killed once it has %s leaves the folder to exactly one of the next three",
  async (step) => {
    const dataDir = newFolder();
    await race(dataDir, 1);
    await endAll("SIGKILL");
    expect((await race(dataDir, 1, step)).said).toEqual(["SIGKILL"]);
    expect(winners((await race(dataDir, 3)).said)).toEqual(["taken after a killed one"]);
    expect(readdirSync(dataDir)).toEqual(["running.sock"]); // what the killed one began is gone
  },
);

test("a process that releases a folder removes only its own files, not those of the next owner", async () => {
  const dataDir = newFolder();
  const { takers } = await race(dataDir, 1);
  takers[0]?.process.send("let go");
  await once(takers[0]?.process as ChildProcess, "exit");
  expect(readdirSync(dataDir)).toEqual([]);
  expect((await race(dataDir, 1)).said).toEqual(["taken"]);
});

test("a path too long for a socket and a socket of an earlier version protect the folder too", async () => {
  const dataDir = path.join(newFolder(), "x".repeat(120));
  mkdirSync(dataDir);
  expect((await race(dataDir, 1)).said).toEqual(["taken"]);
  expect((await race(dataDir, 1)).said[0]).toContain("Parley is already running here");

  const other = newFolder();
  const earlier = createServer((caller) => caller.end(JSON.stringify({ pid: 1, address: "the earlier" })));
  earlier.listen(path.join(other, "running.sock"));
  await once(earlier, "listening");
  expect((await race(other, 1)).said).toEqual(["Parley is already running here: the earlier (process 1)."]);
  earlier.close();
});
