// PostgreSQL refuses to run as root. If Parley is started as root, PostgreSQL needs another user.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { PlainError } from "./plain-error.mjs";

/** The user as whom PostgreSQL runs: { uid, gid }, or undefined for the current user. */
export function choosePostgresUser(dataDir) {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(dataDir)) {
    const { uid, gid } = statSync(dataDir);
    if (uid !== 0) return { uid, gid };
  }
  return findUser("postgres") ?? findUser("parley") ?? createUser("parley") ?? findUser("nobody");
}

function findUser(name) {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  if (!line) return undefined;
  const [, , uid, gid] = line.split(":");
  return { uid: Number(uid), gid: Number(gid) };
}

function createUser(name) {
  const options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"];
  spawnSync("useradd", [...options, "--shell", "/usr/sbin/nologin", name], { stdio: "ignore" });
  return findUser(name);
}

/**
 * Returns the arguments of `spawn` that run a program as `user`: { command, args, options }. The program needs access to
 * `folders`. If the user can't enter one of them, such as a checkout in /root, the program gets one Linux capability that lets it
 * enter all folders.
 */
export function asUser(user, command, args, folders) {
  if (!user) return { command, args, options: {} };
  const closedFolder = folders.find((folder) => !mayEnter(folder, user));
  if (!closedFolder) return { command, args, options: { uid: user.uid, gid: user.gid } };
  const capability = heldCapability();
  if (!capability || spawnSync("setpriv", ["--version"]).status !== 0) {
    throw new PlainError(
      `PostgreSQL can't run as root, and no other user can open ${closedFolder}. Start Parley as an ordinary user, ` +
        "move it to a folder others can open, or set DATABASE_URL.",
    );
  }
  const identity = [`--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups"];
  const capabilities = [`--inh-caps=-all,+${capability}`, `--ambient-caps=-all,+${capability}`];
  // PostgreSQL checks its files with access(2), which respects capabilities only if this bit is set.
  capabilities.push("--securebits=+no_setuid_fixup");
  return { command: "setpriv", args: [...identity, ...capabilities, command, ...args], options: {} };
}

/** Whether the mode bits of a folder and of all its parents let the user enter. */
function mayEnter(folder, { uid, gid }) {
  const stats = statSync(folder);
  const executeBit = stats.uid === uid ? 0o100 : stats.gid === gid ? 0o010 : 0o001;
  if (!(stats.mode & executeBit)) return false;
  const parent = path.dirname(folder);
  return parent === folder || mayEnter(parent, { uid, gid });
}

/** A capability of this process that lets it enter all folders: the weaker one if it has both. Containers often have none. */
function heldCapability() {
  if (!existsSync("/proc/self/status")) return undefined;
  const effective = BigInt(`0x${/CapEff:\s*([0-9a-f]+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]}`);
  const bits = { dac_read_search: 2n, dac_override: 1n };
  return Object.keys(bits).find((name) => effective & (1n << bits[name]));
}
