import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Hashes the names and contents of files, and of all files in folders. Leaves out paths for which `isSkipped` is true. */
export function fingerprint(root, items, isSkipped = () => false) {
  const hash = createHash("sha256");
  for (const file of items.flatMap((item) => filesIn(root, item, isSkipped))) {
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function filesIn(root, item, isSkipped) {
  const absolute = path.join(root, item);
  if (isSkipped(item) || !existsSync(absolute)) return [];
  if (!statSync(absolute).isDirectory()) return [item];
  return readdirSync(absolute)
    .toSorted()
    .flatMap((name) => filesIn(root, path.posix.join(item, name), isSkipped));
}

/** Whether a file contains exactly this text. Used for stamps: a stamp is the fingerprint of the sources of an output. */
export function hasContent(file, value) {
  return existsSync(file) && readFileSync(file, "utf8") === value;
}

export function writeStamp(file, value) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, value);
}
