// What must hold of a whole run, whatever happened in it. Read from what was journalled and what is so in the end.
import { limits } from "@/lib/contract/limits";
import type { Sent, Told } from "./journal";
import type { Run } from "./run-state";
import { type Row, stays, type Truth } from "./truth";

type Check = (run: Run, truth: Truth) => void;

/** Place of every message that is stored, by id. */
const byId = (truth: Truth) => new Map([...truth.logs.values()].flat().map((row) => [row.id, row]));
/** What a message said first. */
const firstBody = (truth: Truth, row: Row) => truth.revisions.get(row.id)?.[0] ?? row.body;

const acknowledgedIsStored: Check = ({ journal }, truth) => {
  const rows = byId(truth);
  const lost = [...journal.sent.values()].filter(({ id, acknowledgedAt }) => acknowledgedAt !== null && !rows.has(id));
  for (const { id, body, tab, acknowledgedAt } of lost)
    journal.violation(
      "I1",
      `"${body}" of ${tab} was acknowledged and is not stored.`,
      `${id} acknowledged at ${acknowledgedAt}\n${journal.about(tab)}`,
    );
  for (const { kind, about, body, doneAt } of journal.changes) {
    if (doneAt === null) continue;
    const row = rows.get(about);
    const states = [row?.body, ...(truth.revisions.get(about) ?? [])];
    if (kind === "edit" && !row?.deleted && !states.includes(body))
      journal.violation("I1", `The edit "${body}" was acknowledged and is not stored.`);
    if (kind === "delete" && !row?.deleted)
      journal.violation("I1", `The deletion of ${about} was acknowledged, and it is there.`);
  }
};

const onceEach: Check = ({ journal }, truth) => {
  const seen = new Map<string, Row>();
  for (const row of [...truth.logs.values()].flat()) {
    if (row.kind === "notice" || row.deleted) continue;
    const body = firstBody(truth, row);
    const other = seen.get(body);
    if (other)
      journal.violation("I2", `"${body}" is stored twice, at ${other.seq} and at ${row.seq}.`, `${other.id} ${row.id}`);
    seen.set(body, row);
  }
};

/** Of the sends that named one id, the one that is stored. */
function claimOf({ claims }: Run["journal"], truth: Truth, row: Row) {
  const body = firstBody(truth, row);
  return claims.find(
    (claim) =>
      claim.id === row.id &&
      claim.roomId === row.roomId &&
      claim.personId === row.authorId &&
      (row.deleted || claim.body === body),
  );
}

const nothingNobodySent: Check = ({ journal }, truth) => {
  const edits = new Map(journal.changes.filter(({ kind }) => kind === "edit").map((edit) => [edit.body, edit]));
  const deletions = new Set(journal.changes.filter(({ kind }) => kind === "delete").map(({ about }) => about));
  for (const row of [...truth.logs.values()].flat()) {
    if (row.kind === "notice") continue;
    const sent = journal.sent.get(row.id) ?? claimOf(journal, truth, row);
    const states = [...(truth.revisions.get(row.id) ?? []), ...(row.deleted ? [] : [row.body])];
    const own = sent && sent.personId === row.authorId && sent.roomId === row.roomId;
    const strange = states.filter((body) => body !== sent?.body && edits.get(body)?.about !== row.id);
    if (!own || strange.length > 0 || (row.deleted && !deletions.has(row.id)))
      journal.violation(
        "I4",
        `Nobody sent what is stored at ${row.seq} of ${row.roomId}: "${row.body}".`,
        JSON.stringify({ row, sent, strange }),
      );
  }
};

/** Every row that was told, by whatever way, is the row that is stored, or was before it was edited. */
const toldIsStored: Check = ({ journal }, truth) => {
  const rows = byId(truth);
  for (const { tab, number, told } of journal.connections) {
    for (const { event, rows: all } of told) {
      for (const one of all) {
        const row = rows.get(one.id);
        const place = row && row.roomId === one.roomId && row.seq === one.seq && row.authorId === one.authorId;
        // What a deleted message said before is kept nowhere.
        const isLatest = row?.changedSeq === one.changedSeq;
        const states = isLatest ? [row?.body] : [row?.body, ...(truth.revisions.get(one.id) ?? [])];
        if (place && (states.includes(one.body) || (row.deleted && !isLatest))) continue;
        journal.violation(
          "I17",
          `${tab} was told "${one.body}" at ${one.seq} of ${one.roomId} (${event} on ${number}), which is not what is stored.`,
          JSON.stringify({ told: one, row }),
        );
      }
    }
  }
};

/** Of what one tab wrote in one room, what is stored stands in the order it was written. */
const senderOrder: Check = ({ journal }, truth) => {
  const rows = byId(truth);
  const last = new Map<string, { sent: Sent; seq: number }>();
  for (const sent of journal.sent.values()) {
    const row = rows.get(sent.id);
    if (!row) continue;
    const key = `${sent.tab} ${sent.roomId}`;
    const before = last.get(key);
    if (before && before.seq > row.seq)
      journal.violation(
        "I5",
        `${sent.tab} wrote "${before.sent.body}" before "${sent.body}", and they stand at ${before.seq} and ${row.seq}.`,
        journal.about(sent.tab),
      );
    if (!before || row.seq > before.seq) last.set(key, { sent, seq: row.seq });
  }
};

/** What was written after something was acknowledged stands after it, whoever wrote either. */
const acknowledgedFirst: Check = ({ journal }, truth) => {
  const rows = byId(truth);
  for (const roomId of truth.rooms.keys()) {
    const here = [...journal.sent.values()].filter((sent) => sent.roomId === roomId && rows.has(sent.id));
    const done = here.filter(({ acknowledgedAt }) => acknowledgedAt !== null);
    done.sort((a, b) => (a.acknowledgedAt as number) - (b.acknowledgedAt as number));
    let latest: Sent | null = null;
    let at = 0;
    const place = (sent: Sent) => rows.get(sent.id)?.seq ?? 0;
    for (const sent of here.toSorted((a, b) => a.sentAt - b.sentAt)) {
      for (let next = done[at]; next && (next.acknowledgedAt as number) < sent.sentAt; next = done[++at])
        if (!latest || place(next) > place(latest)) latest = next;
      if (latest && place(latest) > place(sent))
        journal.violation(
          "I6",
          `"${latest.body}" was acknowledged before "${sent.body}" was written, and stands after it.`,
        );
    }
  }
};

/** Every span that was told ends where its hearer was a member. */
const nothingAfterRemoval: Check = ({ journal }, truth) => {
  const spans = new Map<string, ReturnType<typeof stays>>();
  for (const { personId, tab, number, told } of journal.connections) {
    for (const { roomId, to, rows, event } of told) {
      if (roomId === null || !truth.rooms.has(roomId)) continue;
      // Whoever may join a public room may look into it before.
      if (event === "page" && truth.rooms.get(roomId)?.access === "public") continue;
      const key = `${roomId} ${personId}`;
      const all = spans.get(key) ?? stays(truth, roomId, personId);
      spans.set(key, all);
      if (all.some((span) => span.from <= to && to <= span.to)) continue;
      // Part of more than one answer holds, told to whoever has come back since.
      if (rows.length >= limits.delta && all.some(({ from }) => from > to)) continue;
      journal.violation(
        "I8",
        `${tab} was told of ${roomId} up to ${to} (${event} on socket ${number}) without being a member then.`,
        JSON.stringify({ all, rows }),
      );
    }
  }
};

const nothingAfterRevocation: Check = ({ journal }, truth) => {
  const rows = byId(truth);
  for (const { sessionId, tab, number, kind, told, closedAt } of journal.connections) {
    const revocation = journal.revocations.get(sessionId);
    if (!revocation?.certainClock || revocation.certainAt === null) continue;
    const { certainClock, certainAt } = revocation;
    const later = (event: Told) =>
      event.rows.find(({ id, changedSeq }) => {
        const row = rows.get(id);
        // A millisecond for the clock, which is read in whole ones.
        return row?.changedSeq === changedSeq && row.committedAt > certainClock + 1;
      });
    for (const event of told) {
      // Whoever asked before may be answered after.
      if (event.event === "message") continue;
      const row = later(event);
      if (row)
        journal.violation(
          "I9",
          `${tab} was told of place ${row.seq} after its login had been revoked (socket ${number}).`,
          JSON.stringify({ event, certainClock, row: rows.get(row.id) }),
        );
    }
    if (kind === "http") continue;
    const closeWithin = 5_000 + slack(journal, certainAt);
    const openMs = (closedAt ?? journal.now()) - certainAt;
    if (openMs > closeWithin)
      journal.violation(
        "I9",
        `Socket ${number} of ${tab} stayed open ${Math.round(openMs)} ms after its login was revoked.`,
        journal.about(tab),
      );
  }
};

/** Nobody can close anything in time while something is broken: that time, and a second for the machine. */
function slack({ faults, delayedSince }: Run["journal"], since: number): number {
  const spans = faults.map(({ from, to }) => (to === null ? 0 : to - Math.max(from, since))).filter((ms) => ms >= 0);
  return spans.reduce((sum, ms) => sum + ms, 1_000 + delayedSince(since));
}

/** Whoever wrote something was in the room at that place. */
const writtenByMembers: Check = ({ journal }, truth) => {
  for (const [roomId, log] of truth.logs) {
    for (const { kind, authorId, seq, body } of log) {
      if (kind === "notice" || !authorId) continue;
      if (stays(truth, roomId, authorId).some((span) => span.from <= seq && seq <= span.to)) continue;
      journal.violation("I14", `"${body}" is stored at ${seq} of ${roomId}, though its writer was no member then.`);
    }
  }
};

const insideOrganization: Check = ({ journal, villages }) => {
  for (const { tab, organizationId, told, number } of journal.connections) {
    const village = villages.find((one) => one.organizationId === organizationId);
    const own = new Set([...(village?.rooms ?? []), ...(village?.people ?? []), village?.owner].map((one) => one?.id));
    for (const { event, roomId, rows, names } of told) {
      const strange = [roomId, ...rows.map((row) => row.roomId), ...names].filter((id) => id && !own.has(id));
      if (strange.length > 0)
        journal.violation(
          "I15",
          `${tab} was told of another organization's ${strange[0]} (${event} on socket ${number}).`,
        );
    }
  }
};

/** What a tab ever showed had no gap, and everything in it has kept its place. */
const shownInPlace: Check = ({ journal }, truth) => {
  for (const { tab, roomId, floor, clock, seqs, at } of journal.shown) {
    const shown = new Set(seqs);
    const log = truth.logs.get(roomId) ?? [];
    const missing = log.find(({ seq }) => seq >= floor && seq <= clock && !shown.has(seq));
    if (missing)
      journal.violation(
        "I3",
        `${tab} did not show place ${missing.seq} of ${roomId} at ${Math.round(at)} ms, being at ${clock}.`,
        journal.about(tab),
      );
    const places = new Set(log.map(({ seq }) => seq));
    const strange = seqs.find((seq) => !places.has(seq));
    if (strange !== undefined)
      journal.violation("I4", `${tab} showed something at ${strange} of ${roomId}, where there is nothing.`);
    if (seqs.some((seq, index) => seq <= (seqs[index - 1] ?? 0)))
      journal.violation("I3", `${tab} showed ${roomId} out of order.`);
  }
};

/** Only who could not be sent for a reason was told so. */
const failedForAReason: Check = ({ journal }, truth) => {
  for (const { id, body, tab, failed, roomId, personId } of journal.sent.values()) {
    if (failed === null || stays(truth, roomId, personId).length > 1) continue;
    const span = stays(truth, roomId, personId)[0];
    if (span?.to !== Number.POSITIVE_INFINITY) continue;
    journal.violation(
      "I10",
      `"${body}" of ${tab} was given up (${failed}), though its writer was a member all along.`,
      id,
    );
  }
};

/** What breaks outside is told as `busy`, or not at all: `internal` is a defect of ours. */
const nothingUnexpected: Check = ({ journal, fleet }) => {
  const running = fleet.processes.flatMap(({ name, running: one }) => (one ? { name, text: one.log() } : []));
  for (const { name, text } of [...journal.serverLogs, ...running]) {
    for (const line of text.split("\n").filter((each) => each.includes('"msg":"unexpected error"')))
      journal.violation("I16", `${name} did not expect an error.`, line);
  }
};

export const invariants: readonly Check[] = [
  acknowledgedIsStored,
  onceEach,
  nothingNobodySent,
  toldIsStored,
  senderOrder,
  acknowledgedFirst,
  nothingAfterRemoval,
  nothingAfterRevocation,
  writtenByMembers,
  insideOrganization,
  shownInPlace,
  failedForAReason,
  nothingUnexpected,
];
