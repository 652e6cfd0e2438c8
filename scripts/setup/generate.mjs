import path from "node:path";
import { pathToFileURL } from "node:url";
import { fingerprint, hasStamp, writeStamp } from "./fingerprint.mjs";
import { exitWith } from "./plain-error.mjs";
import { run } from "./run.mjs";

/** Makes lib/generated/prisma from the schema, unless it is up to date. `log` is told when there is work to do. */
export async function generateClient(root, log = () => {}, signal) {
  const stamp = path.join(root, "lib/generated/schema.stamp");
  const current = fingerprint(root, ["prisma/schema.prisma", "node_modules/prisma/package.json"]);
  if (hasStamp(stamp, current)) return;
  log("Generating the database client");
  await run(process.execPath, ["node_modules/prisma/build/index.js", "generate"], {
    cwd: root,
    signal,
    sentence: "The database client could not be generated: see above.",
  });
  writeStamp(stamp, current);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await generateClient(path.join(import.meta.dirname, "../.."), console.log).catch(exitWith);
}
