import { randomBytes } from "node:crypto";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { networkAddress } from "@/lib/server/reach";
import { besides, query } from "./installation";
import {
  answers,
  childrenOf,
  isAlive,
  newPlace,
  type Place,
  postgresPid,
  start,
  type Started,
  stubFor,
  until,
} from "./started";

const READY = "Press Ctrl-C to stop";
const begun: Started[] = [];
const places: Place[] = [];

async function somewhere(ports?: number): Promise<Place> {
  const place = await newPlace(ports);
  places.push(place);
  return place;
}

function begin(...args: Parameters<typeof start>): Started {
  const started = start(...args);
  begun.push(started);
  return started;
}

afterEach(async () => {
  for (const started of begun.splice(0)) {
    started.process.kill("SIGTERM");
    await started.ended;
  }
  for (const place of places.splice(0)) {
    const leftover = postgresPid(place);
    if (leftover && isAlive(leftover)) {
      process.kill(leftover, "SIGINT");
      await until(() => !isAlive(leftover));
    }
    rmSync(place.folder, { recursive: true, force: true });
  }
});

/** The address of a new database, which is created when it is first used. */
function ownDatabase() {
  const name = `starts-${randomBytes(6).toString("hex")}`;
  return { DATABASE_URL: besides(process.env.DATABASE_URL ?? "", name), AUTH_SECRET: randomBytes(32).toString("hex") };
}

async function refusal(started: Started): Promise<string> {
  expect(await started.ended).toBe(1);
  expect(started.output().trim().split("\n")).toHaveLength(1);
  return started.output();
}

test.each<[string, Record<string, string>, string]>([
  ["a port that is no number", { PORT: "http" }, "PORT must be a whole number"],
  ["a port out of range", { PORT: "65536" }, "PORT must be a whole number"],
  ["a database address that is none", { DATABASE_URL: "mysql://x/y" }, "DATABASE_URL must look like"],
  [
    "a schema that Prisma would not look into",
    { DATABASE_URL: "postgresql://a:b@127.0.0.1:9/c?schema=x" },
    "other than public",
  ],
  ["a secret that can be guessed", { AUTH_SECRET: "s".repeat(31) }, "AUTH_SECRET must have at least 32 characters"],
  ["a database that does not answer", { DATABASE_URL: "postgresql://a:b@127.0.0.1:9/c" }, "nothing answers there"],
  ["a public address that is none", { PUBLIC_URL: "chat.example.org" }, "PUBLIC_URL must be the address"],
  ["a folder it cannot write to", { DATA_DIR: "/dev/null/parley" }, "can't write to /dev/null/parley"],
  ["a host that is not this machine", { HOST: "192.0.2.1" }, "Check HOST and PORT"],
])("%s is refused in one sentence", async (_, env, sentence) => {
  expect(await refusal(begin(await somewhere(), env))).toContain(sentence);
});

test.each<[string, string[], string]>([
  ["no process at all", ["--processes", "0"], "--processes must be a whole number from 1 to 32"],
  ["a number of processes that is none", ["--processes", "many"], "--processes must be a whole number from 1 to 32"],
  ["a word that means nothing", ["3"], "npm start takes one option"],
])("%s is refused in one sentence", async (_, words, sentence) => {
  expect(await refusal(begin(await somewhere(), {}, { words }))).toContain(sentence);
});

test("a start fails with one sentence if another program uses the second process's port", async () => {
  const place = await somewhere(2);
  const other = createServer().listen(place.port + 1, "127.0.0.1");
  try {
    const refused = begin(place, {}, { words: ["--processes", "2"] });
    expect(await refusal(refused)).toContain(`Port ${place.port + 1} is taken`);
  } finally {
    other.close();
  }
});

test("a start fails with one sentence if another program uses the port", async () => {
  const place = await somewhere();
  const other = createServer().listen(place.port, "127.0.0.1");
  try {
    expect(await refusal(begin(place))).toContain(`Port ${place.port} is taken`);
  } finally {
    other.close();
  }
});

/** Options that make Node report another version. */
function pretending(version: string): string[] {
  const pretend = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } })`;
  return ["--import", `data:text/javascript,${encodeURIComponent(pretend)}`];
}

test("an unsupported Node version is refused with one sentence", async () => {
  expect(await refusal(begin(await somewhere(), {}, { nodeOptions: pretending("18.20.0") }))).toContain(
    "needs Node 20.19 or newer. This is 18.20.0",
  );
});

test("Parley starts on a Node past its end of life with one line that recommends a newer one, and on a newer one without", async () => {
  const advised = async (version: string) => {
    const place = await somewhere();
    const env = { ...ownDatabase(), ...stubFor(place) };
    const parley = begin(place, env, { nodeOptions: pretending(version) });
    await parley.says(READY);
    return parley.output().match(/Node 24/g)?.length ?? 0;
  };
  expect(await Promise.all([advised("20.19.0"), advised("22.12.0")])).toEqual([1, 0]);
});

test("a database whose user has another default schema than public is refused with one sentence, and no table is made there", async () => {
  const env = ownDatabase();
  const other = new URL(env.DATABASE_URL);
  other.searchParams.set("options", "-c search_path=elsewhere,public");
  const place = await somewhere();
  const { DATABASE_URL } = env;
  await begin(place, { ...env, ...stubFor(place), DATABASE_URL: `${DATABASE_URL}?schema=public` }).says(READY);
  await query(DATABASE_URL, "CREATE SCHEMA elsewhere");
  expect(await refusal(begin(await somewhere(), { ...env, DATABASE_URL: other.href }))).toContain('schema "elsewhere"');
  expect(await query(DATABASE_URL, "SELECT 1 FROM pg_tables WHERE schemaname = 'elsewhere'")).toEqual([]);
});

test("a start works after another one was killed while it created the database, even if processes of that one still run", async () => {
  const place = await somewhere();
  const killed = begin(place, stubFor(place));
  await until(() => existsSync(place.dataDir) && halfMade(place));
  killed.process.kill("SIGKILL");
  // The killed start's initdb may still run. This process writes to its folder until the next start is ready.
  const writer = spawn(process.execPath, [
    "--eval",
    WRITE_ON,
    path.join(place.dataDir, halfMade(place) ?? "", "files"),
  ]);
  await once(writer.stdout, "data");
  const parley = begin(place, stubFor(place));
  await parley.says(READY).finally(() => writer.kill("SIGKILL"));
  expect(parley.output()).not.toContain("Error");
  expect(await answers(place)).toBe(true);
  parley.process.kill("SIGTERM");
  await parley.ended;
  const next = begin(place, stubFor(place));
  await next.says(READY);
  next.process.kill("SIGTERM");
  await next.ended;
  expect(readdirSync(place.dataDir).toSorted()).toEqual(["postgres", "postgres.log", "secrets.json"]);
});

const halfMade = ({ dataDir }: Place) => readdirSync(dataDir).find((name) => name.startsWith("postgres.new"));
const WRITE_ON = `
const fs = require("node:fs");
console.log("here");
for (let at = 0; at < 200_000; at++) {
  const folder = process.argv[1] + "/base/" + (at % 50);
  try { fs.mkdirSync(folder, { recursive: true }); fs.writeFileSync(folder + "/" + at, ""); } catch {}
}`;

test("a start works with any NODE_ENV and locale, and Ctrl-C, pressed once or twice, stops all processes", async () => {
  const place = await somewhere();
  const parley = begin(place, { NODE_ENV: "weird", LC_ALL: "xx_YY.nope", LANG: "C" });
  await parley.says(`Open http://localhost:${place.port} to create your organization`);
  expect(await answers(place)).toBe(true);
  const children = childrenOf(parley.process.pid ?? 0);
  expect(children).toHaveLength(2);

  parley.process.kill("SIGINT");
  parley.process.kill("SIGINT");
  expect(await parley.ended).toBe(0);
  expect(children.filter(({ pid }) => isAlive(pid))).toEqual([]);
  expect(postgresPid(place)).toBe(0);
});

const networkHere = networkAddress(networkInterfaces());

test("a start on localhost prints the command that lets others connect; a start that listens to others prints its address", async () => {
  const [alone, open, told] = [await somewhere(), await somewhere(), await somewhere()];
  const one = begin(alone, { ...ownDatabase(), HOST: "127.0.0.1" });
  const two = begin(open, { ...ownDatabase(), HOST: "0.0.0.0" });
  const three = begin(told, { ...ownDatabase(), PUBLIC_URL: "https://chat.example.org" });
  if (networkHere) {
    await one.says(`PORT=${alone.port} HOST=0.0.0.0 PUBLIC_URL=http://${networkHere}:${alone.port} npm start`);
    await two.says(`Other computers on your network find it at http://${networkHere}:${open.port}`);
  }
  await Promise.all([one, two, three].map(({ says }) => says(READY)));
  for (const { process: running } of [one, two, three]) running.kill("SIGTERM");
  await Promise.all([one, two, three].map(({ ended }) => ended));
  expect(one.output()).not.toContain("Other computers");
  expect(two.output()).not.toContain("Only this computer");
  expect(three.output()).not.toMatch(/Other computers|Only this computer/);
});

test("a second start in the same folder says that Parley runs there and does not disturb it", async () => {
  const place = await somewhere();
  const parley = begin(place, stubFor(place));
  await parley.says(READY);
  expect(await refusal(begin(place))).toContain(`already running here: http://localhost:${place.port}`);
  expect(await answers(place)).toBe(true);
});

test("a start after a killed one stops the Postgres that was left running, and works", async () => {
  const place = await somewhere();
  const killed = begin(place); // the real server, which drains and so keeps its port for a while
  await killed.says(READY);
  const leftover = postgresPid(place);
  killed.process.kill("SIGKILL");
  await killed.ended;
  expect(isAlive(leftover)).toBe(true);

  const parley = begin(place, stubFor(place));
  await parley.says(READY);
  expect(await answers(place)).toBe(true);
  expect(isAlive(leftover)).toBe(false);
});

test("a server or a database that exits is restarted", async () => {
  const place = await somewhere();
  const parley = begin(place);
  await parley.says(READY);
  for (const { pid } of childrenOf(parley.process.pid ?? 0)) {
    process.kill(pid, "SIGKILL");
    await until(() => !isAlive(pid) && childrenOf(parley.process.pid ?? 0).length === 2);
    await until(() => answers(place));
  }
  expect(parley.output()).toContain("The server stopped unexpectedly (SIGKILL)");
  expect(parley.output()).toContain("PostgreSQL stopped unexpectedly");
});

test("three processes serve one database on three ports, a process that exits is restarted, and all stop together", async () => {
  const place = await somewhere(3);
  const parley = begin(place, stubFor(place), { words: ["--processes", "3"] });
  await parley.says(`3 processes listen on ports ${place.port} to ${place.port + 2}`);
  const ports = [0, 1, 2].map((index) => ({ port: place.port + index }));
  expect(await Promise.all(ports.map(answers))).toEqual([true, true, true]);

  const servers = childrenOf(parley.process.pid ?? 0).filter(({ command }) => command.includes(process.execPath));
  expect(servers).toHaveLength(3);
  process.kill(servers[1]?.pid ?? 0, "SIGKILL");
  await parley.says(`The server on port ${place.port + 1} stopped unexpectedly (SIGKILL)`);
  expect(await answers(ports[0] as { port: number })).toBe(true);
  await until(() => answers(ports[1] as { port: number }));

  const children = childrenOf(parley.process.pid ?? 0);
  expect(children).toHaveLength(4);
  parley.process.kill("SIGTERM");
  expect(await parley.ended).toBe(0);
  expect(children.filter(({ pid }) => isAlive(pid))).toEqual([]);
});

test("two simultaneous starts on the same empty database both serve and print the same setup code", async () => {
  const database = new URL(process.env.DATABASE_URL ?? "");
  database.pathname = `/starts-${randomBytes(6).toString("hex")}`;
  const secret = { AUTH_SECRET: randomBytes(32).toString("hex"), PUBLIC_URL: "https://chat.example.org" };
  const env = { ...secret, DATABASE_URL: database.href };
  const both = await Promise.all(
    [await somewhere(), await somewhere()].map(async (place) => [place, begin(place, env)] as const),
  );
  await Promise.all(both.map(([, parley]) => parley.says("to create your organization")));
  expect(await Promise.all(both.map(([place]) => answers(place)))).toEqual([true, true]);
  const printed = both.map(([, parley]) => /Open (\S+) to/.exec(parley.output())?.[1]);
  expect(printed[0]).toMatch(/^https:\/\/chat\.example\.org\/setup#code=\w{4}(-\w{4}){3}$/);
  expect(printed[1]).toBe(printed[0]);
});
