import { readFile } from "node:fs/promises";
import { env } from "./env";
import { log } from "./log";
import { reach } from "./reach";

/** Names this build, so that a page notices that the server behind it has changed. */
export async function buildVersion(): Promise<string> {
  if (!env().production) return "development";
  return (await readFile(`${process.env.NEXT_DIST_DIR || ".next"}/BUILD_ID`, "utf8")).trim();
}

/** Tells the supervisor, if there is one, that this process serves, how others find it, and where to set up what nobody has set up yet. */
export function announceReady(url: string, setUp: { address: string; asksEverybody: boolean } | null): void {
  log().info({ url, ...(setUp && { setUpAt: setUp.address }) }, setUp ? "listening, to be set up" : "listening");
  tellSupervisor({ type: "ready", url, setUpAt: setUp?.asksEverybody ? setUp.address : null, reach: reach() });
}

/** One sentence for whoever starts the server, and exit 1. */
export function failToStart(error: unknown): never {
  const { code, message } = error as { code?: string; message?: string };
  const sentence =
    code === "EADDRINUSE" ? `Port ${env().port} is taken. Set PORT to another one.` : (message ?? String(error));
  if (!process.send) process.stderr.write(`${sentence}\n`);
  tellSupervisor({ type: "failed", message: sentence });
  process.exit(1);
}

/** It may have been killed meanwhile: `drainOnSignals` sees to that, so a failure to tell it is not one. */
function tellSupervisor(message: object): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}
