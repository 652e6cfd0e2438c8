import { existsSync } from "node:fs";
import { isIPv6 } from "node:net";
import path from "node:path";
import { parseArgs } from "node:util";
import { parseDatabaseUrl } from "./database-url.mjs";
import { PlainError } from "./plain-error.mjs";
import { isSecret, MIN_SECRET_LENGTH } from "./secrets.mjs";

const LAST_PORT = 65_535;
/** Limited because each process holds database connections. No machine needs this many. */
const MAX_PROCESSES = 32;

/**
 * Reads and validates the settings from the environment, the file .env and the command's arguments (`words`). The environment
 * takes precedence over .env.
 */
export function readSettings(root, words = []) {
  const envFile = path.join(root, ".env");
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const { env } = process;

  const port = readPort(env.PORT || "3000");
  const processes = readProcesses(words);
  if (port + processes - 1 > LAST_PORT) {
    throw new PlainError(`${processes} processes don't fit above port ${port}. The highest port is ${LAST_PORT}.`);
  }
  const host = env.HOST || "localhost";
  if (env.DATABASE_URL) parseDatabaseUrl(env.DATABASE_URL);
  if (env.PUBLIC_URL && !/^https?:$/.test(URL.canParse(env.PUBLIC_URL) ? new URL(env.PUBLIC_URL).protocol : "")) {
    throw new PlainError("PUBLIC_URL must be the address people open, like https://chat.example.org.");
  }
  if (env.PUBLIC_URL && new URL(env.PUBLIC_URL).pathname !== "/") {
    throw new PlainError("PUBLIC_URL must be an address without a path. Parley needs a host name of its own.");
  }
  if (env.AUTH_SECRET && !isSecret(env.AUTH_SECRET)) {
    throw new PlainError(
      `AUTH_SECRET must have at least ${MIN_SECRET_LENGTH} characters in one line. Make one with openssl rand -base64 32. A new one signs everyone out.`,
    );
  }
  return {
    root,
    /** One port per process. Each process serves its own /readyz and /metrics on its port. */
    ports: Array.from({ length: processes }, (_, index) => port + index),
    host,
    /** The address that people open. */
    address: env.PUBLIC_URL || `http://${nameOf(host)}:${port}`,
    dataDir: path.resolve(root, env.DATA_DIR || ".data"),
    /** If undefined, Parley runs its own PostgreSQL. */
    databaseUrl: env.DATABASE_URL || undefined,
    authSecret: env.AUTH_SECRET || undefined,
    nextDir: env.NEXT_DIST_DIR || ".next",
    serverFile: env.PARLEY_SERVER_OUT || "dist/server.js",
    /** Whether this is an image, which already contains the packages and the build. Its files may be read-only. */
    prebuilt: env.PARLEY_PREBUILT === "1",
  };
}

/** The host name for addresses, as in lib/server/env.ts. It is localhost if the server listens on all addresses. */
function nameOf(host) {
  if (["0.0.0.0", "::"].includes(host)) return "localhost";
  return isIPv6(host) ? `[${host}]` : host;
}

function readPort(text) {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= LAST_PORT) return port;
  throw new PlainError(`PORT must be a whole number from 1 to ${LAST_PORT}, not "${text}".`);
}

/** Reads `--processes 3`. The default is 1. */
function readProcesses(words) {
  let values;
  try {
    ({ values } = parseArgs({ args: words, options: { processes: { type: "string", default: "1" } } }));
  } catch (error) {
    throw new PlainError(`npm start takes one option, -- --processes 3. ${error.message.split(". ")[0]}.`);
  }
  const count = Number(values.processes);
  if (/^\d+$/.test(values.processes) && count >= 1 && count <= MAX_PROCESSES) return count;
  throw new PlainError(`--processes must be a whole number from 1 to ${MAX_PROCESSES}, not "${values.processes}".`);
}
