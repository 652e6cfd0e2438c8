import { chmodSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { start } from "./command.mjs";

/** Debian runs this script before a package starts its service. Exit code 101 forbids the start. */
const POLICY_FILE = "/usr/sbin/policy-rc.d";
const START_NOTHING = "#!/bin/sh\nexit 101\n";

/** Returns the path of a program, or undefined. Also searches the folders of system programs, which PATH may lack. */
export function find(program) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file));
}

/** Installs Debian packages without starting their services. Does nothing without root or apt-get. */
export async function install(...packages) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const createsPolicy = !existsSync(POLICY_FILE);
  if (createsPolicy) writeFileSync(POLICY_FILE, START_NOTHING);
  if (createsPolicy) chmodSync(POLICY_FILE, 0o755);
  try {
    await start("apt-get", ["update"], env).ended;
    await start("apt-get", ["install", "-y", "--no-install-recommends", ...packages], env).ended;
  } finally {
    if (createsPolicy) rmSync(POLICY_FILE, { force: true });
  }
}

/**
 * Installs missing programs. `programs` maps each program to its Debian package. If installing fails, the error says what to
 * install.
 */
export async function provide(programs, log) {
  const missing = Object.keys(programs).filter((program) => !find(program));
  if (missing.length === 0) return;
  const packages = missing.map((program) => programs[program]);
  log(`Installing ${packages.join(" and ")}`);
  await install(...packages);
  const stillMissing = missing.find((program) => !find(program));
  if (stillMissing) {
    throw new Error(
      `${stillMissing} is missing and couldn't be installed (Debian: apt-get install ${programs[stillMissing]}).`,
    );
  }
}
