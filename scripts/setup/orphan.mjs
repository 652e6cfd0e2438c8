import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const POLL_EVERY_MS = 500;

/**
 * Calls `then` once npm, which started this process, is gone. npm forwards SIGTERM only to the shell between the two, and
 * cannot forward a kill -9. The system does not notify a process about its parents, so this polls. A process that npm did
 * not start (nohup, systemd, a container) may outlive its parent.
 */
export function whenOrphaned(then) {
  // Programs started by npm's program inherit the variable, so it must name this program.
  if (!process.env.npm_lifecycle_script?.includes(path.basename(process.argv[1]))) return;
  const parent = process.ppid;
  const shell = isNpmsShell(parent) ? { pid: parent, parent: parentOf(parent) } : undefined;
  const timer = setInterval(() => {
    if (process.ppid === parent && (!shell || parentOf(shell.pid) === shell.parent)) return;
    clearInterval(timer);
    then();
  }, POLL_EVERY_MS);
  timer.unref();
}

/** bash replaces itself with the program; dash stays as its parent, and outlives a killed npm. */
function isNpmsShell(pid) {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) && readFileSync(file, "utf8").includes(`-c\0${process.env.npm_lifecycle_script}`);
}

function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8"); // "1 (name) S 0 ...", where the name may contain anything
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined; // gone
  }
}
