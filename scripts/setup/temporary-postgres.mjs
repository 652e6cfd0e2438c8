import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startPostgres } from "./postgres.mjs";

/** Starts a temporary PostgreSQL: fast, but a crash loses its data. Returns { url, stop() }: `stop` also removes its files. */
export async function startTemporaryPostgres({ log, extra } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), "parley-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", ...extra };
  const password = randomBytes(18).toString("base64url");
  const dataDir = path.join(folder, "postgres");
  try {
    const postgres = await startPostgres({ dataDir, password, log, extra: settings });
    return { url: postgres.url, stop: () => postgres.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}
