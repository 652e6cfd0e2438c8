import { readFileSync, statfsSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem } from "node:os";

/** What the figures were measured on. */
export function machine(folder) {
  const system = /^PRETTY_NAME="(.*)"$/m.exec(readText("/etc/os-release"))?.[1] ?? process.platform;
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${system}, kernel ${release()}`,
    files: statfsSync(folder).type === 0x01021994 ? "memory (tmpfs)" : "disk",
    node: process.version,
  };
}

function readText(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
