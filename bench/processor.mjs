// CPU time and memory of processes and their descendants, from Linux's /proc.
import { readdirSync, readFileSync } from "node:fs";

const TICK_US = 10_000; // USER_HZ is 100 on every Linux that Node runs on

/** All processes by id: { parent, us }, `us` being the CPU time in µs of the process and its exited children. */
function processes() {
  const found = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const text = readFileSync(`/proc/${name}/stat`, "utf8");
      // The program's name is in brackets and may contain anything.
      const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
      const ticks = Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14]);
      found.set(Number(name), { parent: Number(fields[1]), us: ticks * TICK_US });
    } catch {
      // It has just exited: its parent's figures include it.
    }
  }
  return found;
}

function treeOf(root, all) {
  const tree = all.has(root) ? [root] : [];
  for (const pid of tree) for (const [child, { parent }] of all) if (parent === pid) tree.push(child);
  return tree;
}

/** The CPU time used so far, in µs: { name: µs } for each of these process trees, and `machine` for the whole machine. */
export function processorTimes(roots) {
  const all = processes();
  const times = {};
  for (const [name, pids] of Object.entries(roots)) {
    const tree = new Set(pids.flatMap((pid) => treeOf(pid, all)));
    times[name] = [...tree].reduce((sum, pid) => sum + all.get(pid).us, 0);
  }
  const [user, nice, system, , , interrupts, soft] = readFileSync("/proc/stat", "utf8")
    .slice("cpu ".length)
    .trimStart()
    .split(" ")
    .map(Number);
  times.machine = (user + nice + system + interrupts + soft) * TICK_US;
  return times;
}

/** The µs between two readings; `foreign` is the CPU time of all other programs. */
export function processorUse(before, after) {
  const use = Object.fromEntries(Object.keys(after).map((name) => [name, after[name] - before[name]]));
  const { machine, ...ours } = use;
  const foreign = machine - Object.values(ours).reduce((sum, us) => sum + us, 0);
  return { ...ours, foreign: Math.max(0, foreign) };
}

/** Bytes of memory of a process tree; shared memory counts once. */
export function memoryOf(root) {
  return treeOf(root, processes()).reduce((sum, pid) => sum + kibibytes(`/proc/${pid}/smaps_rollup`, "Pss") * 1024, 0);
}

/** Bytes of memory of one process, as `top` shows them. */
export const residentOf = (pid) => kibibytes(`/proc/${pid}/status`, "VmRSS") * 1024;

function kibibytes(file, name) {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(readFileSync(file, "utf8"))?.[1] ?? 0);
}
