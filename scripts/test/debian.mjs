import { chmodSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { start } from "./command.mjs";

/** Debian runs this script before a package starts its service. Exit code 101 forbids it. */
const POLICY = "/usr/sbin/policy-rc.d";
const START_NOTHING = "#!/bin/sh\nexit 101\n";

/** The path of a program, or undefined. System programs are not always in PATH. */
export function find(program) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file));
}

/** Installs Debian packages without starting their services. Does nothing without root or apt-get. */
export async function install(...packages) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const ours = !existsSync(POLICY);
  if (ours) writeFileSync(POLICY, START_NOTHING);
  if (ours) chmodSync(POLICY, 0o755);
  try {
    await start("apt-get", ["update"], env).ended;
    await start("apt-get", ["install", "-y", "--no-install-recommends", ...packages], env).ended;
  } finally {
    if (ours) rmSync(POLICY, { force: true });
  }
}

/**
 * Installs missing programs. `programs` maps each program to its Debian package. If that fails, the error says what to
 * install.
 */
export async function provide(programs, log) {
  const missing = Object.keys(programs).filter((program) => !find(program));
  if (missing.length === 0) return;
  const packages = missing.map((program) => programs[program]);
  log(`Installing ${packages.join(" and ")}`);
  await install(...packages);
  const absent = missing.find((program) => !find(program));
  if (absent) {
    throw new Error(`${absent} is missing and couldn't be installed (Debian: apt-get install ${programs[absent]}).`);
  }
}
