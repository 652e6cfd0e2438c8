import { readFile } from "node:fs/promises";
import { env } from "./env";
import { log } from "./log";
import { reach } from "./reach";

/** The id of this build. A page compares it with the id of its own build to detect a new version. */
export async function buildVersion(): Promise<string> {
  if (!env().production) return "development";
  return (await readFile(`${process.env.NEXT_DIST_DIR || ".next"}/BUILD_ID`, "utf8")).trim();
}

/**
 * Reports to the supervisor, if there is one, that this process accepts requests, with its addresses and where to set Parley up.
 */
export function announceReady(url: string, setUp: { address: string; codeNeededByAll: boolean } | null): void {
  log().info({ url, ...(setUp && { setUpAt: setUp.address }) }, setUp ? "listening, to be set up" : "listening");
  sendToSupervisor({ type: "ready", url, setUpAt: setUp?.codeNeededByAll ? setUp.address : null, reach: reach() });
}

/** Shows an error to the person who starts the server, and exits with 1. */
export function failToStart(error: unknown): never {
  const { code, message } = error as { code?: string; message?: string };
  const sentence =
    code === "EADDRINUSE" ? `Port ${env().port} is taken. Set PORT to another one.` : (message ?? String(error));
  if (!process.send) process.stderr.write(`${sentence}\n`);
  sendToSupervisor({ type: "failed", message: sentence });
  process.exit(1);
}

/** Ignores errors if the supervisor is gone, because `drainOnSignals` handles that. */
function sendToSupervisor(message: object): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}
