import { mkdir, open, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { env } from "./env";
import { once } from "./once";

/**
 * Where uploaded files are kept. A file's name is never used again, and a file never changes. Store a file before committing the
 * row that names it. Remove it only after the commit that removes its name from the row.
 */
export interface Storage {
  /** Resolves when the file survives a power failure. The name is a path with slashes. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** Resolves to null if there is no such file. */
  read(name: string): Promise<ReadableStream | null>;
  /** Does nothing if there is no such file. */
  remove(name: string): Promise<void>;
}

/** The storage of this installation: `DATA_DIR/files`, which `npm run backup` includes. */
export const storage = (): Storage => once("storage", () => diskStorage(path.join(env().dataDir, "files")));

function diskStorage(folder: string): Storage {
  const fileOf = (name: string) => path.join(folder, ...name.split("/"));
  return {
    async put(name, bytes) {
      const file = fileOf(name);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(file, bytes, { mode: 0o600, flush: true });
    },
    async read(name) {
      const handle = await open(fileOf(name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return null;
        throw error;
      });
      return handle && (Readable.toWeb(handle.createReadStream()) as ReadableStream);
    },
    remove: (name) => rm(fileOf(name), { force: true }),
  };
}
