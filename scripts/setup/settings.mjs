import { existsSync } from "node:fs";
import path from "node:path";
import { parseDatabaseUrl } from "./database-url.mjs";
import { PlainError } from "./plain-error.mjs";

/** The settings of this start, from the environment and the file .env (where the environment wins), already checked. */
export function readSettings(root) {
  const envFile = path.join(root, ".env");
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const { env } = process;

  const port = readPort(env.PORT || "3000");
  const host = env.HOST || "localhost";
  if (env.DATABASE_URL) parseDatabaseUrl(env.DATABASE_URL);
  if (env.PUBLIC_URL && !/^https?:$/.test(URL.canParse(env.PUBLIC_URL) ? new URL(env.PUBLIC_URL).protocol : "")) {
    throw new PlainError("PUBLIC_URL must be the address people open, like https://chat.example.org.");
  }
  return {
    root,
    port,
    host,
    /** What to tell people to open. */
    address: env.PUBLIC_URL || `http://${["0.0.0.0", "::"].includes(host) ? "localhost" : host}:${port}`,
    dataDir: path.resolve(root, env.DATA_DIR || ".data"),
    /** Undefined: Parley runs its own PostgreSQL. */
    databaseUrl: env.DATABASE_URL || undefined,
    authSecret: env.AUTH_SECRET || undefined,
    nextDir: env.NEXT_DIST_DIR || ".next",
    serverFile: env.PARLEY_SERVER_OUT || "dist/server.js",
    /** An image already holds dependencies and build, and its files may be read-only. */
    prebuilt: env.PARLEY_PREBUILT === "1",
  };
}

function readPort(text) {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new PlainError(`PORT must be a whole number from 1 to 65535, not "${text}".`);
}
