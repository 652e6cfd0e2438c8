// What must hold after every run. Each check compares the journal with the tables at the end of the run.
import { conversationPlace } from "@/lib/client/stores/outbox";
import { serverLogs } from "./evidence";
import { accessInvariants } from "./invariants-access";
import { draftInvariants } from "./invariants-drafts";
import { roomInvariants } from "./invariants-rooms";
import { inviteInvariants } from "./invariants-invites";
import { mentionInvariants } from "./invariants-mentions";
import { pinInvariants } from "./invariants-pins";
import { presenceInvariants } from "./invariants-presence";
import { reactionInvariants } from "./invariants-reactions";
import type { Sent, Received } from "./journal";
import type { Run } from "./run-state";
import { type Check, type Row, stays, type Truth } from "./truth";
import { isShown } from "./unread";
import { everybodyOf } from "./world";

/** Every stored message by id. */
const byId = (truth: Truth) => new Map([...truth.logs.values()].flat().map((row) => [row.id, row]));
/** A message's body before its first edit. */
const firstBody = (truth: Truth, row: Row) => truth.revisions.get(row.id)?.[0] ?? row.body;

const acknowledgedIsStored: Check = ({ journal }, truth) => {
  const rows = byId(truth);
  const lost = [...journal.sent.values()].filter(({ id, acknowledgedAt }) => acknowledgedAt !== null && !rows.has(id));
  for (const { id, body, tab, acknowledgedAt } of lost)
    journal.violation(
      "I1",
      `"${body}" of ${tab} was acknowledged but is not stored.`,
      `${id} acknowledged at ${acknowledgedAt}\n${journal.about(tab)}`,
    );
  for (const { kind, about, body, doneAt } of journal.changes) {
    if (doneAt === null) continue;
    const row = rows.get(about);
    const states = [row?.body, ...(truth.revisions.get(about) ?? [])];
    if (kind === "edit" && !row?.deleted && !states.includes(body))
      journal.violation("I1", `The edit "${body}" was acknowledged but is not stored.`);
    if (kind === "delete" && !row?.deleted)
      journal.violation("I1", `The deletion of ${about} was acknowledged, but the message is still there.`);
  }
};

const onceEach: Check = ({ journal }, truth) => {
  const seen = new Map<string, Row>();
  for (const row of [...truth.logs.values()].flat()) {
    if (row.kind === "notice" || row.deleted) continue;
    const body = firstBody(truth, row);
    // Two devices may both send the text of a draft.
    if (body.startsWith("draft ")) continue;
    const other = seen.get(body);
    if (other)
      journal.violation("I2", `"${body}" is stored twice, at ${other.seq} and at ${row.seq}.`, `${other.id} ${row.id}`);
    seen.set(body, row);
  }
};

/** The send that this row came from, among several with the same id. */
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

/** Where the author of this message sent it if its conversation was not known to them. */
const placeOf = ({ rooms }: Truth, { roomId, authorId }: Row): string =>
  conversationPlace((rooms.get(roomId)?.directIds ?? []).filter((id) => id !== authorId));

const nothingNobodySent: Check = ({ journal }, truth) => {
  const edits = new Map(journal.changes.filter(({ kind }) => kind === "edit").map((edit) => [edit.body, edit]));
  const deletions = new Set(journal.changes.filter(({ kind }) => kind === "delete").map(({ about }) => about));
  for (const row of [...truth.logs.values()].flat()) {
    if (row.kind === "notice") continue;
    const sent = claimOf(journal, truth, row) ?? journal.sent.get(row.id);
    const states = [...(truth.revisions.get(row.id) ?? []), ...(row.deleted ? [] : [row.body])];
    const places = [row.roomId, placeOf(truth, row)];
    const isQuoteOwn = ((sent && "replyToId" in sent && sent.replyToId) || null) === row.replyToId;
    const own = sent && sent.personId === row.authorId && places.includes(sent.roomId) && isQuoteOwn;
    const unsent = states.filter((body) => body !== sent?.body && edits.get(body)?.about !== row.id);
    if (!own || unsent.length > 0 || (row.deleted && !deletions.has(row.id)))
      journal.violation(
        "I4",
        `Nobody sent the message stored at ${row.seq} of ${row.roomId}: "${row.body}".`,
        JSON.stringify({ row, sent, unsent }),
      );
  }
};

/** Every row that a tab received equals the stored row, or one of its states before an edit. */
const receivedIsStored: Check = ({ journal }, truth) => {
  const rows = byId(truth);
  for (const { tab, number, received } of journal.connections) {
    for (const { event, rows: all } of received) {
      for (const one of all) {
        const row = rows.get(one.id);
        const isInPlace = row && row.roomId === one.roomId && row.seq === one.seq && row.authorId === one.authorId;
        // Earlier texts of a deleted message are not stored anywhere.
        const isLatest = row?.changedSeq === one.changedSeq;
        const states = isLatest ? [row?.body] : [row?.body, ...(truth.revisions.get(one.id) ?? [])];
        if (isInPlace && (states.includes(one.body) || (row.deleted && !isLatest))) continue;
        journal.violation(
          "I17",
          `${tab} received "${one.body}" at ${one.seq} of ${one.roomId} (${event} on ${number}), which differs from the stored row.`,
          JSON.stringify({ received: one, row }),
        );
      }
    }
  }
};

/** Messages that one tab sent to one room are stored in the order in which it sent them, except those retried after a refusal. */
const senderOrder: Check = ({ journal }, truth) => {
  const rows = byId(truth);
  const last = new Map<string, { sent: Sent; seq: number }>();
  for (const sent of journal.sent.values()) {
    const row = rows.get(sent.id);
    if (!row || sent.failed !== null) continue;
    const key = `${sent.tab} ${sent.roomId}`;
    const before = last.get(key);
    if (before && before.seq > row.seq)
      journal.violation(
        "I5",
        `${sent.tab} sent "${before.sent.body}" before "${sent.body}", but they are stored at ${before.seq} and ${row.seq}.`,
        journal.about(sent.tab),
      );
    if (!before || row.seq > before.seq) last.set(key, { sent, seq: row.seq });
  }
};

/** A message sent after another was acknowledged is stored after it, whoever sent them. */
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
          `"${latest.body}" was acknowledged before "${sent.body}" was sent, but is stored after it.`,
        );
    }
  }
};

const nothingAfterRevocation: Check = ({ journal }, truth) => {
  const rows = byId(truth);
  for (const { sessionId, tab, number, kind, received, closedAt } of journal.connections) {
    const revocation = journal.revocations.get(sessionId);
    if (!revocation?.certainClock || revocation.certainAt === null) continue;
    const { certainClock, certainAt } = revocation;
    const later = (event: Received) =>
      event.rows.find(({ id, changedSeq }) => {
        const row = rows.get(id);
        // One millisecond of tolerance, because the clock is read in whole milliseconds.
        return row?.changedSeq === changedSeq && row.committedAt > certainClock + 1;
      });
    for (const event of received) {
      // A request made before the revocation may be answered after it.
      if (event.event === "message") continue;
      const row = later(event);
      if (row)
        journal.violation(
          "I9",
          `${tab} received place ${row.seq} after its session had been revoked (socket ${number}).`,
          JSON.stringify({ event, certainClock, row: rows.get(row.id) }),
        );
    }
    if (kind === "http") continue;
    const closeWithin = 5_000 + slack(journal, certainAt);
    const openMs = (closedAt ?? journal.now()) - certainAt;
    if (openMs > closeWithin)
      journal.violation(
        "I9",
        `Socket ${number} of ${tab} stayed open ${Math.round(openMs)} ms after its session was revoked.`,
        journal.about(tab),
      );
  }
};

/** Extra time to close a socket, in ms: the duration of all faults since then, delays of the machine, and one second. */
function slack({ faults, delayedSince }: Run["journal"], since: number): number {
  const spans = faults.map(({ from, to }) => (to === null ? 0 : to - Math.max(from, since))).filter((ms) => ms >= 0);
  return spans.reduce((sum, ms) => sum + ms, 1_000 + delayedSince(since));
}

/** The author of every message was a member of the room at its place. */
const writtenByMembers: Check = ({ journal }, truth) => {
  for (const [roomId, log] of truth.logs) {
    for (const { kind, authorId, seq, body } of log) {
      if (kind === "notice" || !authorId) continue;
      if (stays(truth, roomId, authorId).some((span) => span.from <= seq && seq <= span.to)) continue;
      journal.violation("I14", `"${body}" is stored at ${seq} of ${roomId}, though its author was not a member there.`);
    }
  }
};

const insideOrganization: Check = ({ journal, teams }, truth) => {
  for (const { tab, organizationId, received, number } of journal.connections) {
    const team = teams.find((one) => one.organizationId === organizationId);
    const rooms = [...truth.rooms.values()].filter((room) => room.organizationId === organizationId);
    const own = new Set([...rooms, ...(team ? everybodyOf(team) : [])].map(({ id }) => id));
    for (const { event, roomId, rows, names } of received) {
      const foreign = [roomId, ...rows.map((row) => row.roomId), ...names].filter((id) => id && !own.has(id));
      if (foreign.length > 0)
        journal.violation(
          "I15",
          `${tab} received ${foreign[0]} of another organization (${event} on socket ${number}).`,
        );
    }
  }
};

/** No tab ever showed a log with a gap, out of order, or with a place that is not stored. */
const shownInPlace: Check = ({ journal }, truth) => {
  for (const { tab, roomId, from, to, clock, floor, seqs, at } of journal.shown) {
    const shown = new Set(seqs);
    const log = (truth.logs.get(roomId) ?? []).filter(isShown);
    const missing = log.find(({ seq }) => seq > floor && seq >= from && seq <= Math.min(to, clock) && !shown.has(seq));
    if (missing)
      journal.violation(
        "I3",
        `${tab} did not show place ${missing.seq} of ${roomId} at ${Math.round(at)} ms, being at ${clock}.`,
        journal.about(tab),
      );
    const places = new Set(log.map(({ seq }) => seq));
    const unknown = seqs.find((seq) => !places.has(seq));
    if (unknown !== undefined)
      journal.violation("I4", `${tab} showed something at ${unknown} of ${roomId}, where there is nothing.`);
    if (seqs.some((seq, index) => seq <= (seqs[index - 1] ?? 0)))
      journal.violation("I3", `${tab} showed ${roomId} out of order.`);
  }
};

/**
 * A message is shown as failed only if its author was at some time not a member of the room, or if the room was archived or
 * not open to everybody's posts.
 */
const failedForAReason: Check = ({ journal }, truth) => {
  for (const { id, body, tab, failed, roomId, personId } of journal.sent.values()) {
    if (failed === null || stays(truth, roomId, personId).length > 1) continue;
    const wasClosed = truth.logs
      .get(roomId)
      ?.some(({ notice }) => ["archived", "posting"].includes(notice?.type ?? ""));
    if (wasClosed || truth.rooms.get(roomId)?.postingPolicy !== "everyone") continue;
    const span = stays(truth, roomId, personId)[0];
    if (span?.to !== Number.POSITIVE_INFINITY) continue;
    journal.violation(
      "I10",
      `"${body}" of ${tab} was shown as failed (${failed}), though its author was a member all the time.`,
      id,
    );
  }
};

/** A fault outside the server must be answered with `busy` or not at all. `internal` is a bug of ours. */
const nothingUnexpected: Check = ({ journal, fleet }) => {
  for (const { name, text } of serverLogs({ journal, fleet })) {
    for (const line of text.split("\n").filter((each) => each.includes('"msg":"unexpected error"')))
      journal.violation("I16", `${name} logged an unexpected error.`, line);
  }
};

export const invariants: readonly Check[] = [
  acknowledgedIsStored,
  onceEach,
  nothingNobodySent,
  receivedIsStored,
  senderOrder,
  acknowledgedFirst,
  nothingAfterRevocation,
  writtenByMembers,
  insideOrganization,
  shownInPlace,
  failedForAReason,
  nothingUnexpected,
  ...accessInvariants,
  ...roomInvariants,
  ...inviteInvariants,
  ...draftInvariants,
  ...reactionInvariants,
  ...pinInvariants,
  ...mentionInvariants,
  ...presenceInvariants,
];
