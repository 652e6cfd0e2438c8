import { chmodSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { start } from "./command.mjs";

/** What is asked whenever a package wants to start its service. */
const POLICY = "/usr/sbin/policy-rc.d";
const START_NOTHING = "#!/bin/sh\nexit 101\n";

/** The path of a program, or undefined. System programs are not always in PATH. */
export function find(program) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file));
}

/** Installs Debian packages where that is possible. Services that come with them are not started. */
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

/** Sees to it that programs are there, each in the Debian package of that name. Throws a sentence that says what to install. */
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
