// Processor time and memory of processes and all they started, as Linux tells them in /proc.
import { readdirSync, readFileSync } from "node:fs";

const TICK_US = 10_000; // USER_HZ is 100 on every Linux that Node runs on

/** Every process that is alive, by its id: whose child it is and the µs it and its ended children have used. */
function processes() {
  const found = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const text = readFileSync(`/proc/${name}/stat`, "utf8");
      // The program's name stands in brackets and may hold anything.
      const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
      const ticks = Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14]);
      found.set(Number(name), { parent: Number(fields[1]), us: ticks * TICK_US });
    } catch {
      // It has just ended: its parent tells of it.
    }
  }
  return found;
}

function treeOf(root, all) {
  const tree = all.has(root) ? [root] : [];
  for (const pid of tree) for (const [child, { parent }] of all) if (parent === pid) tree.push(child);
  return tree;
}

/** The µs that the trees of processes have used so far, { name: µs }, and under `machine` what all the machine has. */
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

/** The µs between two readings; `foreign` is what the machine did besides these. */
export function processorUse(before, after) {
  const use = Object.fromEntries(Object.keys(after).map((name) => [name, after[name] - before[name]]));
  const { machine, ...ours } = use;
  const foreign = machine - Object.values(ours).reduce((sum, us) => sum + us, 0);
  return { ...ours, foreign: Math.max(0, foreign) };
}

/** Bytes of memory that a tree of processes holds; what several share counts once. */
export function memoryOf(root) {
  return treeOf(root, processes()).reduce((sum, pid) => sum + kibibytes(`/proc/${pid}/smaps_rollup`, "Pss") * 1024, 0);
}

/** Bytes of memory of one process, as `top` shows them. */
export const residentOf = (pid) => kibibytes(`/proc/${pid}/status`, "VmRSS") * 1024;

function kibibytes(file, name) {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(readFileSync(file, "utf8"))?.[1] ?? 0);
}
