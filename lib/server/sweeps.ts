import { onBus } from "./bus";
import { watchEndedSessions, sweepAllSessions, sweepEndedSessions } from "./ended-sessions";
import { deleteOldIntents } from "./intents";
import { log } from "./log";
import { sweepLogs } from "./logs";

/**
 * Starts the sweeps. They find committed changes whose announcement did not arrive here, because a process was killed or a
 * message was lost. `everySecond` and `everyMinute` are sweeps of the domain, which make changes that are due. `countRooms` counts the
 * messages and people of rooms that changed.
 */
export function startSweeps({
  everySecond,
  everyMinute,
  countRooms,
}: {
  everySecond: readonly (() => Promise<void>)[];
  everyMinute: readonly (() => Promise<void>)[];
  countRooms: () => Promise<void>;
}): void {
  watchEndedSessions();
  // A process that has just started or stopped may have made changes whose messages did not arrive here.
  onBus("peerStarted", () => void runAndLogErrors(sweepLogs));
  onBus("peerStopped", () => void runAndLogErrors(sweepLogs));
  repeat(5_000, sweepLogs);
  repeat(2_000, sweepEndedSessions);
  // Unused sessions expire after days, so once a minute is enough.
  repeat(60_000, sweepAllSessions);
  repeat(60_000, deleteOldIntents);
  repeat(10 * 60_000, () => countRooms());
  for (const sweep of everySecond) repeat(1_000, sweep);
  for (const sweep of everyMinute) repeat(60_000, sweep);
}

/** Runs `sweep` again and again, each time `ms` after the previous run ended or failed. */
function repeat(ms: number, sweep: () => Promise<void>): void {
  setTimeout(() => void runAndLogErrors(sweep).finally(() => repeat(ms, sweep)), ms).unref();
}

/** A sweep that takes longer is logged. */
const slowMs = 5_000;

async function runAndLogErrors(sweep: () => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  try {
    await sweep();
  } catch (error) {
    log().error({ err: String(error) }, "sweep failed");
  }
  const ms = Math.round(performance.now() - startedAt);
  if (ms > slowMs) log().warn({ sweep: sweep.name, ms }, "sweep slow");
}
