// npm run demo: Parley with thirty people, fifteen rooms and 20,000 messages, on a database that is gone afterwards.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { requireNode } from "./setup/node-version.mjs";

requireNode(20, 19);
const { startDemoDatabase } = await import("./setup/demo-database.mjs");
const { exitWith } = await import("./setup/plain-error.mjs");

// Ctrl-C reaches the server too: it ends first, then the database.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});

const dataDir = mkdtempSync(path.join(tmpdir(), "parley-demo-"));
const database = await startDemoDatabase().catch(exitWith);
console.log(`
Sign in as one of these, all with the password "${database.password}":
  mara@larkfield.example     Mara Ellison, owner
  siyuan@larkfield.example   陈思远, admin
  ada@larkfield.example      Ada Okafor, member
`);
const server = spawn(process.execPath, [path.join(import.meta.dirname, "start.mjs")], {
  env: { ...process.env, DATABASE_URL: database.url, DATA_DIR: dataDir },
  stdio: "inherit",
});
const code = await new Promise((resolve) => server.once("exit", resolve));
await database.stop();
rmSync(dataDir, { recursive: true, force: true });
process.exit(code ?? 0);
