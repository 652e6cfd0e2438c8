import type { z } from "zod";
import { auditFile, type AuditEntry } from "@/lib/contract/audit";
import { mayReadAudit } from "@/lib/policy/organization";
import { type Caller, findActor } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import { db } from "@/lib/server/db";
import { takePoint } from "@/lib/server/rate-limit";
import { csvLine } from "./csv";
import { readAudit } from "./read";

const limit = { points: 10, seconds: 60 };
const entriesAtOnce = 200;

const columns = ["Time", "Who", "Who (id)", "What", "On", "On (id)", "Room", "Before", "After", "Address"];

/** A file that is streamed, so that its size does not matter. */
export interface Export {
  contentType: string;
  fileName: string;
  /** The parts of the file's text. They end early if the caller loses the right to read the log. */
  parts: AsyncGenerator<string>;
}

/**
 * Exports the audit log as CSV, or as JSON with one entry per line. Throws the same `AppError` that an operation would answer
 * with. The session and role are checked again before each part.
 */
export async function exportAudit(caller: Caller, query: Record<string, string>): Promise<Export> {
  const { actor } = caller;
  if (!actor) throw new AppError("unauthenticated");
  await takePoint("audit.export", actor.personId, limit);
  const decision = mayReadAudit(actor);
  if (!decision.ok) throw new AppError(decision.code, decision.reason);
  const { format, ...filters } = auditFile.query.parse(query);
  const day = new Date().toISOString().slice(0, 10);
  return {
    contentType: format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8",
    fileName: `audit-${day}.${format === "csv" ? "csv" : "jsonl"}`,
    parts: write(actor.sessionId, filters, format),
  };
}

type Filters = Omit<z.infer<typeof auditFile.query>, "format">;

async function* write(sessionId: string, filters: Filters, format: "csv" | "json"): AsyncGenerator<string> {
  if (format === "csv") yield csvLine(columns);
  for (let after: string | null | undefined; after !== null; ) {
    const actor = await findActor(sessionId);
    if (!actor || !mayReadAudit(actor).ok) return;
    const page = await readAudit(db(), actor, { ...filters, ...(after && { after }), limit: entriesAtOnce });
    const lineOf = (entry: AuditEntry) =>
      format === "csv" ? csvLine(cellsOf(entry, page.names)) : `${JSON.stringify(withNames(entry, page.names))}\n`;
    yield page.entries.map(lineOf).join("");
    after = page.next;
  }
}

type Names = Record<string, string>;
const nameOf = (names: Names, id: string | null) => (id === null ? "" : (names[id] ?? ""));

function cellsOf(entry: AuditEntry, names: Names): string[] {
  const { at, actorId, act, subjectId, roomId, before, after, address } = entry;
  const json = (value: unknown) => (value === null ? "" : JSON.stringify(value));
  return [
    at,
    nameOf(names, actorId),
    actorId ?? "",
    act,
    nameOf(names, subjectId),
    subjectId,
    nameOf(names, roomId),
    json(before),
    json(after),
    address,
  ];
}

const withNames = (entry: AuditEntry, names: Names) => ({
  ...entry,
  actor: nameOf(names, entry.actorId),
  on: nameOf(names, entry.subjectId),
  room: nameOf(names, entry.roomId),
});
