import path from "node:path";
import { pathToFileURL } from "node:url";
import { openCheckout } from "./checkout.mjs";
import { fingerprint, hasContent, writeStamp } from "./fingerprint.mjs";
import { generateOperations } from "./operations.mjs";
import { exitWith } from "./plain-error.mjs";
import { run } from "./run.mjs";

/** Updates lib/generated: the tables of all operations and the database client. Skips files that are up to date. */
export async function generate(checkout, log = () => {}, signal) {
  await generateOperations(checkout.root);
  await generateClient(checkout, log, signal);
}

/** Generates lib/generated/prisma from the schema, if the schema has changed. */
async function generateClient(checkout, log, signal) {
  const { root } = checkout;
  const stamp = path.join(root, "lib/generated/schema.stamp");
  const current = fingerprint(root, ["prisma/schema.prisma", "node_modules/prisma/package.json"]);
  if (hasContent(stamp, current)) return;
  await checkout.requireUnused(["lib/generated"], "The database client needs to be generated");
  log("Generating the database client");
  await run(process.execPath, ["node_modules/prisma/build/index.js", "generate"], {
    cwd: root,
    lockDescriptor: checkout.lockDescriptor,
    signal,
    sentence: "Generating the database client failed. See above.",
  });
  writeStamp(stamp, current);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const checkout = openCheckout(path.join(import.meta.dirname, "../.."), "npm run db:generate", console.log);
  await checkout.change(() => generate(checkout, console.log)).catch(exitWith);
}
