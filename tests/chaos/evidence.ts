import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Run } from "./run-state";
import type { Truth } from "./truth";

/** Writes everything needed to understand what went wrong, as files in a folder. */
export function writeEvidence(folder: string, { journal, fleet }: Run, truth: Truth | null): void {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), `${text}\n`);
  const lines = (all: readonly unknown[]) => all.map((one) => JSON.stringify(one)).join("\n");
  write(
    "violations.txt",
    journal.violations.map((one) => `${one.invariant} ${one.sentence}\n${one.evidence}\n`).join("\n"),
  );
  write("timeline.txt", journal.lines.join("\n"));
  write("sent.jsonl", lines([...journal.sent.values()]));
  write("changes.jsonl", lines(journal.changes));
  write("received.jsonl", lines(journal.connections));
  write(
    "servers.txt",
    serverLogs({ journal, fleet })
      .map(({ name, text }) => `${name}\n${text}`)
      .join("\n"),
  );
  if (truth) write("logs.jsonl", lines([...truth.logs.values()].flat()));
}

/** What each process logged: first those that ended, then those that run. */
export function serverLogs({ journal, fleet }: Pick<Run, "journal" | "fleet">): { name: string; text: string }[] {
  const running = fleet.processes.flatMap(({ name, running: one }) =>
    one ? [{ name: `${name} (pid ${one.pid})`, text: one.log() }] : [],
  );
  return [...journal.serverLogs, ...running];
}

/** The result of a run, for the table. */
export function resultOf({ journal }: Run, truth: Truth) {
  const sent = [...journal.sent.values()];
  const stored = [...truth.logs.values()].flat();
  return {
    sent: sent.length,
    acknowledged: sent.filter(({ acknowledgedAt }) => acknowledgedAt !== null).length,
    refused: sent.filter(({ failed }) => failed !== null).length,
    stored: stored.length,
    frames: journal.connections.flatMap(({ received }) => received).filter(({ event }) => event === "frame").length,
    sockets: journal.connections.filter(({ kind }) => kind === "socket").length,
    revocations: journal.revocations.size,
    removals: stored.filter(({ notice }) => notice?.type === "removed").length,
    answers: Object.fromEntries(journal.answers),
    faults: journal.faults.map(({ name }) => name),
    violations: journal.violations,
  };
}
