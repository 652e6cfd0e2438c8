// Runs the commands of package.json on an installation, and queries its database.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { postgresAddress } from "../scripts/setup/postgres.mjs";
import { postgresOn } from "../scripts/setup/postgres-leftover.mjs";
import { closeConnections } from "../scripts/test/connections";
import { type Place, root } from "./started";

interface Ended {
  code: number;
  /** What it wrote to stdout. */
  said: string;
  /** What it wrote to stderr. */
  refusal: string;
}

/** Runs `npm run <name> -- <args>` for an installation. `program` is the checkout to run; `env` overrides the settings below. */
export async function command(
  name: "backup" | "restore" | "doctor" | "password-link",
  args: string[],
  { dataDir, env = {}, program = root }: { dataDir: string; env?: Record<string, string>; program?: string },
): Promise<Ended> {
  const child = spawn(process.execPath, [`scripts/${name}.mjs`, ...args], {
    cwd: program,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      DATABASE_URL: undefined,
      AUTH_SECRET: undefined,
      INIT_CWD: undefined,
      DATA_DIR: dataDir,
      PARLEY_PREBUILT: "1",
      ...env,
    },
  });
  const [said, refusal] = [child.stdout, child.stderr].map((stream) => {
    const heard = { text: "" };
    stream.setEncoding("utf8").on("data", (text: string) => (heard.text += text));
    return heard;
  });
  const code = await new Promise<number>((resolve) => child.once("close", (status) => resolve(status ?? -1)));
  return { code, said: said?.text ?? "", refusal: refusal?.text ?? "" };
}

/** The owner's address of the embedded database of a running Parley. */
export function runningDatabase({ dataDir }: Place): string {
  const secrets = JSON.parse(readFileSync(path.join(dataDir, "secrets.json"), "utf8")) as { postgresPassword: string };
  return postgresAddress(postgresOn(path.join(dataDir, "postgres"))?.port, secrets.postgresPassword);
}

/** From now on, this process writes to the embedded database of a running Parley. Resolves to the owner's address of it. */
export async function writeInto(place: Place): Promise<string> {
  await closeConnections();
  return (process.env.DATABASE_URL = runningDatabase(place));
}

/** The address of the same database with the server's role. */
export function serversDatabase(place: Place): string {
  const { serverPassword } = JSON.parse(readFileSync(path.join(place.dataDir, "secrets.json"), "utf8")) as {
    serverPassword: string;
  };
  return Object.assign(new URL(runningDatabase(place)), { username: "parley_server", password: serverPassword }).href;
}

/** The address of another database on the same Postgres. */
export const besides = (url: string, name: string): string =>
  Object.assign(new URL(url), { pathname: `/${name}` }).href;

export async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const results = await client.query<Row>(sql);
    return results.rows;
  } finally {
    await client.end();
  }
}

/** Every row of every table as text, without the organization's `epoch`, which a restore changes. */
export async function everything(url: string): Promise<Record<string, string[]>> {
  const tables = await query<{ name: string }>(
    url,
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' ORDER BY 1`,
  );
  const found: Record<string, string[]> = {};
  for (const { name } of tables) {
    const row = name === "Organization" ? `("id", "name", "createdAt")` : "t";
    const rows = await query<{ row: string }>(url, `SELECT (${row})::text AS row FROM "${name}" t ORDER BY 1`);
    found[name] = rows.map((each) => each.row);
  }
  return found;
}
