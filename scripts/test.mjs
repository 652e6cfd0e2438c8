// `npm test` runs every part, `node scripts/test.mjs lint unit` some. Green is one line a part; the last line is the tally.
// Nothing but Node is needed to begin: on a fresh clone the first part installs the packages.
import { resolve } from "node:path";
import { scrub } from "./test/environment.mjs";
import { parts } from "./test/parts.mjs";
import { makeStage } from "./test/stage.mjs";

const root = resolve(import.meta.dirname, "..");
process.chdir(root);
scrub(process.env, root);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`There is no part called ${unknown.join(", ")}. The parts are: ${Object.keys(parts).join(", ")}.`);
  process.exit(1);
}

const stage = makeStage(root, (text) => console.log(`  ${text}`));
for (const [name, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
]) {
  process.once(name, async () => {
    console.log(`\nStopped by ${name}: taking down what was set up.`);
    await stage.end();
    process.exit(code);
  });
}

const total = { passed: 0, failed: 0 };
for (const name of asked.length > 0 ? asked : Object.keys(parts)) {
  const began = performance.now();
  const { passed, failed, output } = await attempt(name);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${name.padEnd(11)} ${`${passed} passed`.padStart(12)} ${failed > 0 ? `${failed} FAILED` : "        "} ${seconds.padStart(7)} s`,
  );
  if (failed > 0) console.log(`${output.trimEnd()}\n`);
  total.passed += passed;
  total.failed += failed;
}
await stage.end();
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** A part that throws has failed once; the others go on, except that what needs the same thing fails as well. */
async function attempt(name) {
  try {
    return await parts[name](stage, (text) => console.log(`  ${text}`));
  } catch (error) {
    return { passed: 0, failed: 1, output: error.message };
  }
}
