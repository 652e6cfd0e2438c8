// npm run demo: Parley with thirty people, fifteen rooms and 20,000 messages, on a temporary database.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { requireNode } from "./setup/node-version.mjs";

requireNode(20, 19);
const { whenOrphaned } = await import("./setup/orphan.mjs");
const { startDemoDatabase } = await import("./setup/demo-database.mjs");
const { exitWith } = await import("./setup/plain-error.mjs");

// Ctrl-C also reaches the server directly, which then ignores the SIGTERM below. The database stops after the server.
const interrupted = new AbortController();
const stop = () => interrupted.abort();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
whenOrphaned(stop);

const dataDir = mkdtempSync(path.join(tmpdir(), "parley-demo-"));
const database = await startDemoDatabase().catch(exitWith);
console.log(`
Sign in as one of these people. They all have the password "${database.password}":
  mara@larkfield.example     Mara Ellison, owner
  siyuan@larkfield.example   陈思远, admin
  ada@larkfield.example      Ada Okafor, member
`);
const server = interrupted.signal.aborted
  ? undefined
  : spawn(process.execPath, [path.join(import.meta.dirname, "start.mjs")], {
      env: { ...process.env, DATABASE_URL: database.url, DATA_DIR: dataDir },
      stdio: "inherit",
    });
interrupted.signal.addEventListener("abort", () => server?.kill("SIGTERM"));
const code = await new Promise((resolve) => (server ? server.once("exit", resolve) : resolve(0)));
await database.stop();
rmSync(dataDir, { recursive: true, force: true });
process.exit(code ?? 0);
