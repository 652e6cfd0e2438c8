import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const LOOK_EVERY_MS = 500;

/**
 * Calls `then` once npm, which has started this process, is gone. npm passes SIGTERM on only to the shell that it puts in
 * between, and a kill -9 to nobody; the system tells a process nothing of its parents, so they are looked at. What was not
 * started by npm (nohup, systemd, a container) may outlive its parent.
 */
export function whenOrphaned(then) {
  // The variable is inherited by whatever npm's program starts.
  if (!process.env.npm_lifecycle_script?.includes(path.basename(process.argv[1]))) return;
  const parent = process.ppid;
  const shell = isNpmsShell(parent) ? { pid: parent, parent: parentOf(parent) } : undefined;
  const timer = setInterval(() => {
    if (process.ppid === parent && (!shell || parentOf(shell.pid) === shell.parent)) return;
    clearInterval(timer);
    then();
  }, LOOK_EVERY_MS);
  timer.unref();
}

/** Some shells (bash, so that of macOS) become the program they were to run; dash stays, and outlives a killed npm. */
function isNpmsShell(pid) {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) && readFileSync(file, "utf8").includes(`-c\0${process.env.npm_lifecycle_script}`);
}

function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8"); // "1 (name) S 0 ...", where the name may hold anything
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined; // gone
  }
}
