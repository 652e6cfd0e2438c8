// npm run chaos -- --seed 1 --seconds 60 --processes 3: causes random faults in Parley and checks its invariants.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { requireNode } from "./setup/node-version.mjs";
import { scrub } from "./test/environment.mjs";

requireNode(20, 19);
const root = path.join(import.meta.dirname, "..");
process.chdir(root);
scrub(process.env, root);
const { exitWith } = await import("./setup/plain-error.mjs");
const { fixedCases } = await import("./chaos/fixed-cases.mjs");
const { plants } = await import("./chaos/plants.mjs");

const usage = `npm run chaos -- [options]
  --seed N         the first seed (1)
  --seeds N        how many seeds to run, one after another (1)
  --seconds S      how long things break in each seed (60)
  --processes P    server processes (3)
  --fault NAME     only this fault; can be repeated
  --redis          connects the processes through Redis instead of Postgres
  --fixed          runs cases that once failed: scripts/chaos/fixed-cases.mjs
  --planted        runs each planted bug in up to three seeds, and prints which of them found it
  --plant NAME     only this planted bug; can be repeated`;

const { values } = await parse();
const [seed, seeds, seconds, processes] = ["seed", "seeds", "seconds", "processes"].map((name) => Number(values[name]));
const out = path.join(root, "dist-test/chaos");

const { installDependencies } = await import("./setup/install.mjs");
const { generate } = await import("./setup/generate.mjs");
const { build } = await import("./setup/build.mjs");
const { openCheckout } = await import("./setup/checkout.mjs");
const log = (text) => console.log(text);
const checkout = openCheckout(root, "npm run chaos", log);
try {
  const settings = { nextDir: process.env.NEXT_DIST_DIR, serverFile: process.env.PARLEY_SERVER_OUT };
  await checkout.change(async () => {
    await installDependencies(checkout, log);
    await generate(checkout, log);
    await build(checkout, settings, log);
    await checkout.use(["node_modules", "lib/generated", ...Object.values(settings)]);
  });
  if (values.redis) await (await import("./test/debian.mjs")).provide({ "redis-server": "redis-server" }, log);
  process.exitCode = (await (values.planted || values.plant ? runPlants() : runSeeds())) ? 0 : 1;
} catch (error) {
  exitWith(error);
}

async function parse() {
  const options = {
    seed: { type: "string", default: "1" },
    seeds: { type: "string", default: "1" },
    seconds: { type: "string", default: "60" },
    processes: { type: "string", default: "3" },
    fault: { type: "string", multiple: true },
    redis: { type: "boolean" },
    fixed: { type: "boolean" },
    planted: { type: "boolean" },
    plant: { type: "string", multiple: true },
    help: { type: "boolean" },
  };
  try {
    const parsed = parseArgs({ options });
    if (!parsed.values.help) return parsed;
  } catch (error) {
    console.error(error.message);
  }
  console.log(usage);
  process.exit(1);
}

/** Runs one seed after another. Prints each result, and a table of all results at the end. */
async function runSeeds() {
  const cases = values.fixed
    ? fixedCases
    : Array.from({ length: seeds }, (_, at) => ({ seed: seed + at, seconds, processes, faults: values.fault }));
  const bundles = await bundle("plain", []);
  const results = [];
  for (const one of cases) {
    const result = await run(bundles, one, path.join(out, `seed-${one.seed}`));
    results.push(result);
    printResult(result);
  }
  console.log(tableOf(results));
  const failed = results.filter(({ violations }) => violations.length > 0);
  console.log(`${results.length} seeds, ${failed.length} with violations`);
  return failed.length === 0;
}

async function runPlants() {
  let areAllFound = true;
  const chosen = plants.filter(({ name }) => !values.plant || values.plant.includes(name));
  for (const plant of chosen) {
    const bundles = await bundle(
      plant.name,
      plant.changes.map((change) => ({ ...change, where: plant.where })),
    );
    let found = null;
    for (let at = seed; at < seed + 3 && !found; at++) {
      const result = await run(
        bundles,
        { seed: at, seconds, processes, faults: plant.faults },
        path.join(out, `plant-${plant.name.replaceAll(" ", "-")}-${at}`),
      );
      const violation = result.violations.find(({ invariant }) => invariant === plant.breaks);
      if (violation) found = { at, sentence: violation.sentence };
    }
    areAllFound &&= found !== null;
    const verdict = found ? `found in seed ${found.at}: ${found.sentence}` : "NOT FOUND in three seeds";
    console.log(`${plant.name.padEnd(36)} ${plant.breaks.padEnd(4)} ${verdict}`);
  }
  return areAllFound;
}

async function bundle(name, changes) {
  const { bundleChecker, bundleServer } = await import("./chaos/bundle.mjs");
  const folder = path.join(root, "dist-test");
  const file = (kind) => path.join(folder, `chaos-${kind}-${name.replaceAll(" ", "-")}.mjs`);
  const of = (where) => changes.filter((change) => change.where === where);
  await bundleServer(root, file("server"), of("server"));
  await bundleChecker(root, file("checker"), of("client"));
  return { server: file("server"), checker: file("checker") };
}

async function run({ server, checker }, one, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { faults = [], ...numbers } = { ...one, why: undefined, out: folder };
  const options = Object.entries(numbers).filter(([, value]) => value !== undefined);
  const args = [...options, ...faults.map((fault) => ["fault", fault])].flatMap(([name, value]) => [
    `--${name}`,
    value,
  ]);
  if (values.redis) args.push("--redis");
  const env = {
    ...process.env,
    PARLEY_SERVER_OUT: server,
    LOG_LEVEL: "silent",
    LIMIT_FACTOR: "1000",
    AUTH_SECRET: "x".repeat(32),
  };
  const child = spawn(process.execPath, ["--enable-source-maps", checker, ...args.map(String)], {
    stdio: ["ignore", "inherit", "inherit"],
    env,
  });
  const forward = (signal) => child.kill(signal);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, forward);
  const code = await new Promise((resolve) => child.once("close", resolve));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.off(signal, forward);
  // Ctrl-C
  if (code === 130) process.exit(130);
  const file = path.join(folder, "result.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  const sentence = `The run ended with ${code} before it could be checked: see above.`;
  return { seed: one.seed, faults: [], violations: [{ invariant: "--", sentence, evidence: "" }] };
}

function printResult({ seed: at, violations, faults, ...figures }) {
  const verdict = violations.length === 0 ? "ok" : `${violations.length} VIOLATIONS`;
  console.log(`seed ${at}: ${verdict}`);
  console.log(
    `  ${Object.entries(figures)
      .map(([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : value}`)
      .join(", ")}`,
  );
  console.log(`  broken: ${faults.join(", ")}`);
  for (const { invariant, sentence } of violations) console.log(`  ${invariant} ${sentence}`);
  if (violations.length > 0) console.log(`  evidence: dist-test/chaos/seed-${at}`);
}

function tableOf(results) {
  const columns = [
    "seed",
    "sent",
    "acknowledged",
    "stored",
    "frames",
    "sockets",
    "removals",
    "revocations",
    "viewsMs",
    "presenceMs",
    "memoryMiB",
  ];
  const rows = results.map((one) => [
    ...columns.map((name) => one[name] ?? "-"),
    one.faults.length,
    one.violations.length === 0 ? "none" : [...new Set(one.violations.map(({ invariant }) => invariant))].join(" "),
  ]);
  return [[...columns, "faults", "violations"], columns.concat("", "").map(() => "---"), ...rows]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}
