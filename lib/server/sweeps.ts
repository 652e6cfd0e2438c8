import { onBus } from "./bus";
import { startEndedSessions, sweepAllSessions, sweepEndedSessions } from "./ended-sessions";
import { deleteOldIntents } from "./intents";
import { log } from "./log";
import { sweepLogs } from "./logs";

/** Starts what finds changes that were committed but not announced: a process was killed, or a message was lost. */
export function startSweeps(): void {
  startEndedSessions();
  // A process that has just started or stopped may have made changes whose messages did not arrive here.
  onBus("peerStarted", () => void runLogged(sweepLogs));
  onBus("peerStopped", () => void runLogged(sweepLogs));
  repeat(5_000, sweepLogs);
  repeat(2_000, sweepEndedSessions);
  // Unused sessions expire after days, so once a minute is enough.
  repeat(60_000, sweepAllSessions);
  repeat(60_000, deleteOldIntents);
}

/** Runs `work` again and again, `ms` after it ended or failed. */
function repeat(ms: number, work: () => Promise<void>): void {
  setTimeout(() => void runLogged(work).finally(() => repeat(ms, work)), ms).unref();
}

async function runLogged(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log().error({ err: String(error) }, "sweep failed");
  }
}
