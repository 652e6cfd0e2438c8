// Runs scripts/start.mjs in its own folder and on its own port, and reads its output.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePortFor, whyNotListen } from "../scripts/setup/ports.mjs";

export const root = path.join(import.meta.dirname, "..");

/** A stub of the server, for tests of the start script that do not need the real one. */
export const STUB = `
import { createServer } from "node:http";
const server = createServer((_, answer) => answer.end("ok"));
server.listen(Number(process.env.PORT), process.env.HOST, () => process.send({ type: "ready", url: "" }));
const end = () => process.exit(0);
process.on("SIGTERM", end);
process.on("disconnect", end);
`;

export interface Place {
  folder: string;
  dataDir: string;
  port: number;
}

/** A folder and `ports` consecutive ports that no other test uses. */
export async function newPlace(ports = 1): Promise<Place> {
  const folder = mkdtempSync(path.join(tmpdir(), "parley-start-"));
  return { folder, dataDir: path.join(folder, "data"), port: await freeRow(folder, ports) };
}

async function freeRow(name: string, ports: number): Promise<number> {
  const port = await freePortFor(name);
  const others = Array.from({ length: ports - 1 }, (_, index) => port + 1 + index);
  const refusals = await Promise.all(others.map((other) => whyNotListen(other, "127.0.0.1")));
  return refusals.some(Boolean) ? freeRow(`${name}+`, ports) : port;
}

export interface Started {
  process: ChildProcess;
  output: () => string;
  /** Resolves when the output contains the text. Rejects if the process ends before. */
  says: (text: string) => Promise<void>;
  ended: Promise<number | null>;
}

interface How {
  nodeOptions?: string[];
  words?: string[];
  /** The checkout to run. By default this one. */
  program?: string;
  /** The executable: Node, or a program that runs Node. */
  command?: string;
}

/** Starts Parley. It does not install or build, because the test run has done so. */
export function start(
  place: Place,
  env: Record<string, string> = {},
  { nodeOptions = [], words = [], program = root, command = process.execPath }: How = {},
): Started {
  const args = command === process.execPath ? [...nodeOptions, "scripts/start.mjs", ...words] : words;
  const child = spawn(command, args, {
    cwd: program,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      DATABASE_URL: undefined,
      PUBLIC_URL: undefined,
      HOST: undefined,
      PORT: String(place.port),
      DATA_DIR: place.dataDir,
      PARLEY_PREBUILT: "1",
      PARLEY_SERVER_OUT: serverFile(place),
      LOG_LEVEL: "warn",
      ...env,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const ended = once(child, "close").then(([code]) => code as number | null);
  const says = async (text: string) => {
    const heard = until(() => output.includes(text));
    const code = await Promise.race([heard, ended.then((status) => ({ status }))]);
    if (code && !output.includes(text))
      throw new Error(`It ended (${code.status}) without saying "${text}":\n${output}`);
  };
  return { process: child, output: () => output, says, ended };
}

function serverFile(place: Place): string {
  const built = process.env.PARLEY_SERVER_OUT;
  return built && existsSync(path.resolve(root, built)) ? built : stubFor(place).PARLEY_SERVER_OUT;
}

/** The setting that makes the start script run the stub instead of the real server, which is faster. */
export function stubFor({ folder }: Place): { PARLEY_SERVER_OUT: string } {
  const stub = path.join(folder, "stub.mjs");
  writeFileSync(stub, STUB);
  return { PARLEY_SERVER_OUT: stub };
}

/** Waits for a condition. The test's time-out ends the wait. */
export async function until(condition: () => unknown): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** The process id of the Postgres of a folder, or 0 if none runs. */
export function postgresPid({ dataDir }: Place): number {
  const file = path.join(dataDir, "postgres/postmaster.pid");
  return existsSync(file) ? Number.parseInt(readFileSync(file, "utf8"), 10) : 0;
}

export function isAlive(pid: number): boolean {
  return commandOf(pid) !== "";
}

/** The command of a process. Empty if it has ended, which it can do at any moment. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return "";
    throw error;
  }
}

/** The child processes of a process. */
export function childrenOf(pid: number): { pid: number; command: string }[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
    .trim()
    .split(" ")
    .map(Number)
    .filter((child) => child > 0)
    .map((child) => ({ pid: child, command: commandOf(child) }))
    .filter(({ command }) => command !== "");
}

export async function answers({ port }: { port: number }): Promise<boolean> {
  const answer = await fetch(`http://localhost:${port}/readyz`).catch(() => undefined);
  return answer?.ok ?? false;
}
