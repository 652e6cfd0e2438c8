// Debian's ejabberd, as a team would set it up: accounts and the archive of its rooms in PostgreSQL.
import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { connect as connectTo } from "node:net";
import path from "node:path";
import { connect } from "../../scripts/setup/database.mjs";
import { freePortFor } from "../../scripts/setup/ports.mjs";
import { startProgram } from "../program.mjs";
import { HOST } from "./member.mjs";

const TABLES = "/usr/share/ejabberd/sql/pg.sql";
const PACKAGES = ["ejabberd", "erlang-p1-pgsql"];

/** Installs ejabberd if possible. Returns null if it is installed, else a sentence that says why not. */
export function whyNoEjabberd(log) {
  if (isInstalled()) return null;
  if (process.platform !== "linux" || process.getuid() !== 0 || !existsSync("/usr/bin/apt-get")) {
    return `ejabberd is not installed (Debian: apt-get install --no-install-recommends ${PACKAGES.join(" ")}).`;
  }
  log("Installing ejabberd");
  const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }, stdio: "ignore" };
  spawnSync("apt-get", ["update"], options);
  spawnSync("apt-get", ["install", "-y", "--no-install-recommends", ...PACKAGES], options);
  return isInstalled() ? null : "ejabberd could not be installed from Debian's packages.";
}

const isInstalled = () =>
  existsSync(TABLES) &&
  libraries() !== undefined &&
  (holds("/usr/lib/erlang/lib", "p1_pgsql") || holds(libraries(), "p1_pgsql"));

/** The folder in which Debian puts ejabberd's own library. */
function libraries() {
  return readdirSync("/usr/lib")
    .filter((name) => name.endsWith("-linux-gnu"))
    .map((name) => path.join("/usr/lib", name))
    .find((folder) => holds(folder, "ejabberd"));
}

const holds = (folder, name) => existsSync(folder) && readdirSync(folder).some((entry) => entry.startsWith(`${name}-`));

/** Starts ejabberd on its own database. Resolves to { pids, databaseUrl, crowd(), stop() }. */
export async function startEjabberd({ database, folder }) {
  const databaseUrl = await database.create("ejabberd");
  const client = await connect(databaseUrl);
  await client.query(readFileSync(TABLES, "utf8"));
  const place = path.join(folder, "ejabberd");
  mkdirSync(place);
  const port = await freePortFor(place);
  const configuration = path.join(place, "ejabberd.yml");
  writeFileSync(configuration, configure(new URL(databaseUrl), port));
  const args = ["-noinput", "+K", "true", "+P", "250000", "-mnesia", "dir", `"${place}"`, "-s", "ejabberd"];
  const server = await startProgram("erl", args, {
    env: {
      ERL_LIBS: libraries(),
      EJABBERD_CONFIG_PATH: configuration,
      EJABBERD_LOG_PATH: path.join(place, "ejabberd.log"),
      ERL_CRASH_DUMP_BYTES: "0",
      HOME: place,
    },
    cwd: place,
    ready: (child) => listening(port, child),
  });
  return {
    pids: [server.pid],
    databaseUrl,
    output: () => server.output() + readFileSync(path.join(place, "ejabberd.log"), "utf8").slice(-5_000),
    async stop() {
      await server.stop();
      await client.end();
    },
    async crowd(rooms, members) {
      const password = randomUUID();
      const names = Array.from({ length: rooms * members }, () => `m${randomUUID()}`);
      await client.query("INSERT INTO users (username, password) SELECT unnest($1::text[]), $2", [names, password]);
      return Array.from({ length: rooms }, (_, at) => ({
        roomId: `r${randomUUID()}@conference.${HOST}`,
        members: names.slice(at * members, (at + 1) * members).map((name) => ({ port, name, password })),
      }));
    },
  };
}

/** The configuration as JSON, which is valid YAML. Nothing is throttled, and rooms are large enough for everybody. */
function configure({ port: databasePort, username, password, pathname }, port) {
  return JSON.stringify({
    hosts: [HOST],
    loglevel: "warning",
    listen: [{ port, ip: "127.0.0.1", module: "ejabberd_c2s", access: "all", shaper: "none", backlog: 1_000 }],
    auth_method: ["sql"],
    auth_password_format: "plain",
    default_db: "sql",
    sql_type: "pgsql",
    sql_server: "127.0.0.1",
    sql_port: Number(databasePort),
    sql_database: pathname.slice(1),
    sql_username: username,
    sql_password: decodeURIComponent(password),
    sql_pool_size: 10,
    modules: {
      mod_disco: {},
      mod_mam: { db_type: "sql", default: "never" },
      mod_muc: {
        max_users: 5_000,
        history_size: 0,
        default_room_options: { mam: true, max_users: 5_000 },
      },
    },
  });
}

async function listening(port, child) {
  while (child.exitCode === null && child.signalCode === null) {
    const isOpen = await new Promise((resolve) => {
      const socket = connectTo(port, "127.0.0.1", () => resolve(true));
      socket.on("error", () => resolve(false)).on("connect", () => socket.destroy());
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
