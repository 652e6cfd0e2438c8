import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { PlainError } from "./plain-error.mjs";
import { asUser } from "./postgres-user.mjs";

// Search needs a UTF-8 locale: with the C locale, trigrams of non-ASCII text are empty. Not every system has C.UTF-8.
const LOCALES = ["C.UTF-8", "en_US.UTF-8", "UTF-8"];

/** Creates the database's files if there are none. They appear in one step, so that a half-finished folder is never used. */
export async function initialise({ folder, password, user, programs, sync, log }) {
  const parent = path.dirname(folder);
  if (user) letUserEnter(parent, user);
  removeLeftovers(`${folder}.new`);
  if (existsSync(path.join(folder, "PG_VERSION"))) {
    // The folder belongs to root if root restored it from a backup.
    if (user && statSync(folder).uid === 0) spawnSync("chown", ["-R", `${user.uid}:${user.gid}`, folder]);
    chmodSync(folder, 0o700);
    return;
  }

  log("Creating the database");
  // A folder's name is never reused: the initdb of a killed start may still be writing to its folder.
  const staging = `${folder}.new-${randomBytes(6).toString("hex")}`;
  const files = path.join(staging, "files");
  const passwordFile = path.join(staging, "password");
  let failure;
  for (const locale of LOCALES) {
    rmSync(staging, { recursive: true, force: true });
    mkdirSync(staging, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (user) for (const item of [staging, passwordFile]) chownSync(item, user.uid, user.gid);
    const args = ["-D", files, "-U", "parley", "-A", "scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8"];
    args.push(`--locale=${locale}`, "--lc-messages=C", ...(sync ? [] : ["--no-sync"]));
    const run = asUser(user, programs.initdb, args, [parent, path.dirname(programs.initdb)]);
    const { status, stderr, error } = spawnSync(run.command, run.args, {
      ...run.options,
      encoding: "utf8",
      env: { PATH: process.env.PATH },
    });
    if (status === 0) {
      moveInto(folder, files);
      rmSync(staging, { recursive: true });
      return;
    }
    failure ??=
      error?.message ??
      stderr
        .trim()
        .split("\n")
        .findLast((line) => line.includes("error:"));
  }
  rmSync(staging, { recursive: true, force: true });
  throw new PlainError(
    `The bundled PostgreSQL doesn't run here (${failure}). Set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

/** Removes the folders of killed starts. Ignores failures: an initdb may still be writing to its folder. */
function removeLeftovers(prefix) {
  const parent = path.dirname(prefix);
  for (const name of readdirSync(parent).filter((each) => each.startsWith(path.basename(prefix)))) {
    try {
      rmSync(path.join(parent, name), { recursive: true, force: true });
    } catch {}
  }
}

function moveInto(folder, files) {
  try {
    renameSync(files, folder); // replaces an empty folder too
  } catch {
    throw new PlainError(`${folder} isn't empty and holds no database. Move it away and start again.`);
  }
}

/** Lets PostgreSQL's user enter DATA_DIR, which is otherwise closed to other users. */
function letUserEnter(parent, user) {
  chownSync(parent, statSync(parent).uid, user.gid);
  chmodSync(parent, 0o710);
}
