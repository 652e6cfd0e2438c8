import { randomBytes } from "node:crypto";
import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { besides, command } from "./installation";
import { answers, newPlace, type Place, root, start, type Started, STUB, until } from "./started";

// Each test has its own checkout, with the real scripts and the packages they need. Stubs of npm, Next and Prisma's generator
// record that they were run.
const home = fs.mkdtempSync(path.join(tmpdir(), "parley-checkout-"));
const begun: Started[] = [];
const noted = (what: string, more = "") =>
  `import fs from "node:fs"; fs.appendFileSync(${JSON.stringify(path.join(home, "done"))}, ${JSON.stringify(`${what}\n`)}); ${more}`;
const npm = path.join(home, "npm.js");
fs.writeFileSync(path.join(home, "package.json"), `{ "type": "module" }`);
fs.writeFileSync(npm, noted("install", `fs.copyFileSync("package-lock.json", "node_modules/.package-lock.json");`));

const log = path.join(home, "done");
function done(): string[] {
  const lines = fs.existsSync(log) ? fs.readFileSync(log, "utf8").trim().split("\n") : [];
  fs.rmSync(log, { force: true });
  return lines;
}

function newCheckout(): string {
  const checkout = fs.mkdtempSync(path.join(home, "parley-"));
  for (const part of ["scripts", "prisma", "lib/contract", "lib/domain", "package.json", "package-lock.json"]) {
    fs.cpSync(path.join(root, part), path.join(checkout, part), { recursive: true });
  }
  const packages = path.join(checkout, "node_modules");
  const replaced = ["next", "prisma", ".package-lock.json"];
  fs.mkdirSync(packages);
  for (const name of fs.readdirSync(path.join(root, "node_modules")).filter((each) => !replaced.includes(each))) {
    fs.symlinkSync(path.join(root, "node_modules", name), path.join(packages, name));
  }
  fs.copyFileSync(path.join(checkout, "package-lock.json"), path.join(packages, ".package-lock.json"));
  fs.writeFileSync(path.join(checkout, "server.ts"), STUB);
  for (const [file, what] of Object.entries({ "next/dist/bin/next": "build", "prisma/build/index.js": "generate" })) {
    fs.mkdirSync(path.dirname(path.join(packages, file)), { recursive: true });
    fs.writeFileSync(path.join(packages, file), noted(what));
  }
  for (const name of ["next", "prisma"])
    fs.writeFileSync(path.join(packages, name, "package.json"), `{ "type": "module" }`);
  return checkout;
}

/** The environment without the variables of this test run's own server. */
const env = () => ({
  DATABASE_URL: besides(process.env.DATABASE_URL ?? "", `checkout-${randomBytes(6).toString("hex")}`),
  PARLEY_PREBUILT: "",
  PARLEY_SERVER_OUT: "dist/server.js",
  NEXT_DIST_DIR: ".next",
  npm_execpath: npm,
});

function begin(place: Place, program: string, given = env()): Started {
  const started = start(place, given, { program });
  begun.push(started);
  return started;
}

async function places(count: number): Promise<Place[]> {
  const made: Place[] = [];
  for (let at = 0; at < count; at++) made.push(await newPlace());
  return made;
}

afterEach(async () => {
  for (const started of begun.splice(0)) {
    started.process.kill("SIGTERM");
    await started.ended;
  }
});
afterAll(() => fs.rmSync(home, { recursive: true, force: true }));

const READY = "Press Ctrl-C to stop";

test("While Parley runs, commands that only read work without installing or building anything, and a second start is refused", async () => {
  const checkout = newCheckout();
  const [one, two] = (await places(2)) as [Place, Place];
  const given = env();
  const running = begin(one, checkout, given);
  await running.says(READY);
  expect(done()).toEqual(["generate", "build"]);

  // As after `git pull`.
  const lock = path.join(checkout, "package-lock.json");
  const before = fs.readFileSync(lock, "utf8");
  fs.writeFileSync(lock, before.replace(/"version": "8\.\d+\.\d+"/, '"version": "8.999.0"'));
  const target = { dataDir: one.dataDir, program: checkout, env: given };
  const copy = { ...target, dataDir: two.dataDir, env: env() };
  const file = path.join(home, "file.parley");
  expect(await command("doctor", [], target)).toMatchObject({ code: 0, refusal: "" });
  expect(await command("backup", [file], target)).toMatchObject({ code: 0, refusal: "" });
  expect(await command("restore", [file], copy)).toMatchObject({ code: 0, refusal: "" });
  const refused = begin(two, checkout);
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toContain(
    `http://localhost:${one.port} (process ${running.process.pid}) is running from this folder`,
  );
  expect(done()).toEqual([]);

  fs.writeFileSync(lock, before);
  fs.writeFileSync(path.join(checkout, "server.ts"), `${STUB}\n// changed`);
  expect(await begin(two, checkout).ended).toBe(1);
  expect(done()).toEqual([]);
  expect(await answers(one)).toBe(true);

  fs.writeFileSync(path.join(checkout, "server.ts"), STUB);
  await begin(two, checkout).says(READY);
  expect(done()).toEqual([]); // nothing had to be done, so that both may run
  expect(await answers(one)).toBe(true);
});

test("Two simultaneous starts in a fresh checkout build once and both serve, although a third start was killed during its build", async () => {
  const checkout = newCheckout();
  const [killed, ...both] = (await places(3)) as [Place, Place, Place];
  const next = path.join(checkout, "node_modules/next/dist/bin/next");
  const quick = fs.readFileSync(next, "utf8");
  const goOn = path.join(home, "go-on");
  fs.writeFileSync(next, `${quick} setInterval(() => fs.existsSync(${JSON.stringify(goOn)}) && process.exit(), 50);`);
  const slow = begin(killed, checkout);
  await until(() => fs.existsSync(log) && fs.readFileSync(log, "utf8").includes("build"));
  slow.process.kill("SIGKILL");
  fs.writeFileSync(next, quick);
  done();

  const started = both.map((place) => begin(place, checkout));
  await Promise.all(started.map(({ says }) => says("Waiting for an interrupted start")));
  expect(done()).toEqual([]);
  fs.writeFileSync(goOn, "");
  await Promise.all(started.map(({ says }) => says(READY)));
  expect(await Promise.all(both.map(answers))).toEqual([true, true]);
  expect(done()).toEqual(["build"]);
});

test("A start updates outdated packages when no process uses the checkout; other commands install only if there are no packages", async () => {
  const checkout = newCheckout();
  const [place] = (await places(1)) as [Place];
  const record = path.join(checkout, "node_modules/.package-lock.json");
  fs.writeFileSync(record, "{}");
  const given = env();
  const started = begin(place, checkout, given);
  await started.says(READY);
  expect(done()).toEqual(["install", "generate", "build"]);
  started.process.kill("SIGTERM");
  await started.ended;
  const target = { dataDir: place.dataDir, program: checkout, env: given };
  fs.rmSync(record);
  expect(await command("doctor", [], target)).toMatchObject({ code: 0 });
  expect(done()).toEqual(["install"]);
});
