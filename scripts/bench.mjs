// npm run bench                              all scenarios, about thirteen minutes; writes docs/benchmarks.md
// npm run bench -- --only 1x200,50x20        only these scenarios
// npm run bench -- --rounds 1 --quick        shorter and less exact
// npm run bench -- --only 1x200 --profile    also profiles the server in the closed loops
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { exitWith, PlainError } from "./setup/plain-error.mjs";
import { scrub } from "./test/environment.mjs";
import { makeStage } from "./test/stage.mjs";

const root = resolve(import.meta.dirname, "..");
const documentFile = resolve(root, "docs/benchmarks.md");
const RESULTS = "<!-- What follows is written by `npm run bench`. -->";
process.chdir(root);
scrub(process.env, root); // the same build as in the tests

const log = (text) => console.log(`  ${text}`);
const stage = makeStage(root, log);
const cleanups = [];
async function cleanUp() {
  for (const cleanup of cleanups.splice(0).toReversed()) await Promise.resolve(cleanup()).catch(log);
  await stage.end();
}
for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
  process.once(signal, () => void cleanUp().then(() => process.exit(code)));
}

try {
  await stage.installed();
  const { run, scenarioNames } = await import("../bench/run.mjs");
  const { profileText, report } = await import("../bench/report.mjs");
  const { machine } = await import("../bench/machine.mjs");
  const { only, rounds, quick, profiled } = readOptions(scenarioNames);
  await stage.built();
  const found = await run({ root, only, rounds, quick, profiled, say: console.log, log, endings: cleanups });
  const date = new Date().toISOString().slice(0, 10);
  const text = report(found, machine(root), { rounds, quick, date });
  console.log(`\n${text}`);
  for (const profile of found.profiles) console.log(`\n${profileText(profile)}`);
  if (only.length === scenarioNames.length && !quick && !profiled) writeResults(text);
  const missed = found.rows.filter(({ passed }) => passed === false).length;
  console.log(`\n${missed} targets missed, ${found.faults.length} promises broken`);
  process.exitCode = found.faults.length > 0 ? 1 : 0;
} catch (error) {
  await cleanUp();
  exitWith(error);
}
await cleanUp();
process.exit();

function readOptions(scenarioNames) {
  const options = {
    only: { type: "string" },
    rounds: { type: "string", default: "3" },
    quick: { type: "boolean", default: false },
    profile: { type: "boolean", default: false },
  };
  let values;
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    throw new PlainError(error.message);
  }
  const only = values.only?.split(",") ?? scenarioNames;
  const unknown = only.filter((name) => !scenarioNames.includes(name));
  if (unknown.length > 0) {
    throw new PlainError(
      `No scenario is called ${unknown.join(", ")}. The scenarios are: ${scenarioNames.join(", ")}.`,
    );
  }
  if (!/^[1-9]$/.test(values.rounds)) throw new PlainError("--rounds must be a number from 1 to 9.");
  return { only, rounds: Number(values.rounds), quick: values.quick, profiled: values.profile };
}

/** Replaces the text below the marker line. The text above it is written by hand. */
function writeResults(text) {
  const before = existsSync(documentFile) ? readFileSync(documentFile, "utf8").split(RESULTS)[0] : "# Benchmarks\n\n";
  writeFileSync(documentFile, `${before}${RESULTS}\n\n${text}\n`);
}
