// Reads and restores uploaded files, which are in a folder of DATA_DIR (lib/server/storage.ts).
import { existsSync } from "node:fs";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { PlainError } from "../setup/plain-error.mjs";

const FOLDER = "files";
const BYTES_PER_LINE = 3 * 256 * 1024; // whole groups of three, so that base64 is padded only at the end

/** The paths of the uploaded files, with slashes, relative to their folder. */
export async function findFiles(dataDir) {
  const folder = path.join(dataDir, FOLDER);
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .map((name) => name.split(path.sep).join("/"))
    .toSorted();
}

/** Opens a file. Resolves to null if the file was replaced, and so removed, since `findFiles`. */
export function openFile(dataDir, name) {
  return open(path.join(dataDir, FOLDER, name)).catch((error) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
}

/** Yields an open file as lines, in batches, and closes it. A line is a JSON string of base64. */
export async function* fileLines(handle) {
  for await (const chunk of handle.createReadStream({ highWaterMark: BYTES_PER_LINE })) {
    yield [JSON.stringify(chunk.toString("base64"))];
  }
}

/** Collects restored files in a staging folder. `keep` moves them into place. `discard` removes them, even after `keep`. */
export async function stageFiles(dataDir) {
  const folder = path.join(dataDir, FOLDER);
  const staging = `${folder}.restoring`;
  if ((await findFiles(dataDir)).length > 0) {
    throw new PlainError(`${folder} is not empty. Move it away, or restore into another DATA_DIR.`);
  }
  await rm(staging, { recursive: true, force: true });
  let isKept = false;
  return {
    /** Creates a file. Returns { write(lines), close() }. */
    async add(name) {
      const file = path.join(staging, ...name.split("/"));
      const handle = await createFile(file);
      return {
        write: async (lines) => {
          for (const line of lines) await handle.appendFile(Buffer.from(JSON.parse(line), "base64"));
        },
        close: () => handle.close(),
      };
    },
    async keep() {
      if (!existsSync(staging)) return;
      if (existsSync(folder)) await rm(folder, { recursive: true }); // contains no files, as checked above
      await rename(staging, folder);
      isKept = true;
    },
    async discard() {
      await rm(isKept ? folder : staging, { recursive: true, force: true });
    },
  };
}

/** Creates a file. Fails for conflicting names (`a` and `a/b`) and for names that this system does not allow. */
async function createFile(file) {
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    return await open(file, "wx", 0o600);
  } catch (error) {
    throw new PlainError(`Can't write a file from the backup (${error.code}). Nothing was restored.`);
  }
}

/** Whether a path from a backup stays inside the folder. */
export function isInside(name) {
  return (
    typeof name === "string" && !/[\\\p{Cc}]/u.test(name) && !name.split("/").some((part) => /^\.{0,2}$/.test(part))
  );
}
