import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const POLL_EVERY_MS = 500;

/**
 * Calls `then` when npm has ended, if npm started this process. npm starts a shell, which starts this process. npm forwards
 * SIGTERM only to the shell, and cannot forward SIGKILL. The system does not notify a process when its parent ends, so this
 * polls. A process that npm did not start (nohup, systemd, a container) may outlive its parent.
 */
export function whenOrphaned(then) {
  // Child programs inherit this variable. It contains this program's name only if npm started the program itself.
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

/** Whether a process is npm's shell. dash remains the program's parent and outlives a killed npm. bash replaces itself. */
function isNpmsShell(pid) {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) && readFileSync(file, "utf8").includes(`-c\0${process.env.npm_lifecycle_script}`);
}

function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8"); // "1 (name) S 0 ...", where the name may contain anything
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined; // the process has ended
  }
}
