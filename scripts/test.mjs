// `npm test` runs every part, `node scripts/test.mjs lint unit` only those two. Prints one line for each part, the output of
// failed parts, and the totals. On a fresh clone it installs the packages first.
import { resolve } from "node:path";
import { scrub } from "./test/environment.mjs";
import { lanesOf, parts } from "./test/parts.mjs";
import { makeStage } from "./test/stage.mjs";

const root = resolve(import.meta.dirname, "..");
process.chdir(root);
scrub(process.env, root);
process.env.NODE_OPTIONS = `--require="${resolve(root, "scripts/test/quick-wasm.cjs")}"`;

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
const unknown = chosen.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`No part is called ${unknown.join(", ")}. The parts are: ${Object.keys(parts).join(", ")}.`);
  process.exit(1);
}

const log = (text) => console.log(`  ${text}`);
const stage = makeStage(root, log);
let stopping = false;
async function stop(code) {
  stopping = true;
  console.log("\nStopping and cleaning up.");
  await stage.end();
  process.exit(code);
}
for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
  process.once(signal, () => void stop(code));
}

const total = { passed: 0, failed: 0 };
if (await isReady()) {
  for (const lanes of lanesOf(chosen)) await Promise.all(lanes.map(inTurn));
}
await stage.end();
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function inTurn(names) {
  for (const name of names) await run(name);
}

/** Runs a part and prints its result. */
async function run(name) {
  const began = performance.now();
  const { passed, failed, output } = await attempt(() => parts[name](stage, log));
  if (stopping) await new Promise(() => {}); // the signal's handler ends the process
  const seconds = `${((performance.now() - began) / 1000).toFixed(1)} s`;
  const failures = failed > 0 ? `${failed} FAILED` : "";
  console.log(`${name.padEnd(11)} ${`${passed} passed`.padStart(12)} ${failures.padEnd(10)} ${seconds.padStart(8)}`);
  if (failed > 0) console.log(`${output.trimEnd()}\n`);
  total.passed += passed;
  total.failed += failed;
}

/** Installs packages and generates code. Runs before all parts, because otherwise each part would fail with the same error. */
async function isReady() {
  const { failed, output } = await attempt(() => stage.installed());
  if (failed > 0) console.log(output);
  total.failed += failed;
  return failed === 0;
}

/** Counts a thrown error as one failure. */
async function attempt(work) {
  try {
    return (await work()) ?? { passed: 0, failed: 0 };
  } catch (error) {
    return { passed: 0, failed: 1, output: error.message };
  }
}
