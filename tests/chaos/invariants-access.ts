// What must hold about those who lose their access, about rooms beside a locked one, and about lists.
import { clientFaults } from "./faults-client";
import { lockFaults } from "./faults-locks";
import type { ListRead, RoleChange } from "./journal";
import { walkRules } from "./room-rules";
import type { Run } from "./run-state";
import { type Check, type Row, stays, type Truth, wasMember } from "./truth";
import { everybodyOf } from "./world";

/** Tolerance in ms, because one clock is read in whole milliseconds. */
const toleranceMs = 1;

/** The messages whose commit is known: those that were never changed. */
const unchanged = (truth: Truth): Row[] =>
  [...truth.logs.values()].flat().filter(({ kind, seq, changedSeq }) => kind !== "notice" && seq === changedSeq);

/** Nothing is stored after its author was deactivated, or after the login that sent it was revoked. */
const nothingAfterTheLogin: Check = ({ journal }, truth) => {
  const rows = new Map(unchanged(truth).map((row) => [row.id, row]));
  for (const { authorId, body, roomId, seq, committedAt } of rows.values()) {
    const deactivatedAt = journal.deactivated.get(authorId ?? "");
    if (deactivatedAt === undefined || committedAt <= deactivatedAt + toleranceMs) continue;
    journal.violation("I18", `"${body}" was stored at ${seq} of ${roomId} after its author had been deactivated.`);
  }
  for (const { sessionId, tab, received } of journal.connections) {
    const certainClock = journal.revocations.get(sessionId)?.certainClock ?? null;
    if (certainClock === null) continue;
    for (const answer of received.filter(({ event }) => event === "message").flatMap((event) => event.rows)) {
      const row = rows.get(answer.id);
      if (!row || row.changedSeq !== answer.changedSeq || row.committedAt <= certainClock + toleranceMs) continue;
      journal.violation(
        "I18",
        `"${row.body}" of ${tab} was stored after the login that sent it had been revoked.`,
        JSON.stringify({ row, certainClock, sessionId }),
      );
    }
  }
};

/** From when to when a person was certainly a plain member, in ms since 1970. */
function timesAsMember(changes: RoleChange[], isMemberAtFirst: boolean): { from: number; to: number }[] {
  const starts = changes.flatMap(({ role, certainClock }, at) =>
    role !== "admin" && certainClock !== null ? [{ from: certainClock, at }] : [],
  );
  if (isMemberAtFirst) starts.unshift({ from: 0, at: -1 });
  return starts.map(({ from, at }) => {
    const next = changes.slice(at + 1).find(({ role }) => role === "admin");
    return { from, to: next?.askedClock ?? Number.POSITIVE_INFINITY };
  });
}

/**
 * Nothing is stored at a place where its room was archived, or where only moderators could post and its author certainly was
 * neither one nor an admin.
 */
const onlyWhoMayPosts: Check = ({ journal, teams }, truth) => {
  for (const team of teams) {
    const timesById = new Map(
      team.people.map(({ id }, at) => {
        const changes = journal.roleChanges.filter(({ personId }) => personId === id);
        return [id, timesAsMember(changes, at > 0)];
      }),
    );
    for (const { id: roomId, organizationId } of truth.rooms.values()) {
      if (organizationId !== team.organizationId) continue;
      walkRules(truth.logs.get(roomId) ?? [], team, (row, { onlyModeratorsPost, isArchived, roles }) => {
        const { kind, seq, changedSeq, authorId, body, committedAt } = row;
        if (kind === "notice") return;
        const say = (why: string) =>
          journal.violation("I18", `"${body}" was stored at ${seq} of ${roomId}, though ${why}.`, JSON.stringify(row));
        if (isArchived) say("the room was archived");
        // The commit is known only of messages that were never changed.
        if (!onlyModeratorsPost || seq !== changedSeq || roles.has(authorId ?? "")) return;
        const times = timesById.get(authorId ?? "") ?? [];
        if (times.some(({ from, to }) => committedAt > from + toleranceMs && committedAt < to - toleranceMs))
          say("its author was neither moderator nor admin");
      });
    }
  }
};

/** How soon a send is answered while another room is locked, in ms. */
const answeredWithinMs = 2_000;
/** On a slow machine, a send may take longer: by the time of this many reads of the same process. */
const readsPerSend = 5;
/** A read counts as this long at most. */
const countedReadMs = 1_000;
/** For how long after its end a fault of a process or of the database may still delay a send, in ms. */
const afterwardsMs = 2_000;

/** While a room is locked, sends in other rooms are answered as always, unless something else is broken too. */
const otherRoomsGoOn: Check = ({ journal }) => {
  const harmless = new Set([...clientFaults, ...lockFaults].map(({ name }) => name));
  const harmful = journal.faults.filter(({ name }) => !harmless.has(name));
  for (const { process, sentAt, answeredAt, lostAt, readMs } of journal.probes) {
    const end = sentAt + answeredWithinMs;
    const isExcused = harmful.some(({ from, to }) => from <= end && (to ?? end) + afterwardsMs >= sentAt);
    const waited = (answeredAt ?? lostAt ?? journal.now()) - sentAt - journal.delayedSince(sentAt, end);
    const slowness = readsPerSend * Math.min(readMs ?? countedReadMs, countedReadMs);
    if (isExcused || waited <= answeredWithinMs + slowness) continue;
    journal.violation(
      "I19",
      `${process} ${answeredAt === null ? "did not answer a send" : `took ${Math.round(waited)} ms for a send`} while another room was locked.`,
      journal.about(process),
    );
  }
};

/** A list that is read to its end contains what was in it the whole time, and nothing twice that kept its place. */
const listsAreComplete: Check = (run, truth) => {
  for (const list of run.journal.lists) {
    const { name, tab } = list;
    const moved = movedMeanwhile(truth, list);
    const ids = list.ids.filter((id) => !moved.has(id));
    const listed = new Set(ids);
    const missing = stayedIn(run, truth, list).filter((id) => !listed.has(id) && !moved.has(id));
    if (missing.length > 0 || listed.size < ids.length)
      run.journal.violation(
        "I20",
        `${name}, read by ${tab}, ${missing.length > 0 ? `lacks ${missing.join(", ")}` : "has something twice"}.`,
        JSON.stringify(list),
      );
  }
};

/** Rooms that got another name while a list was read, so another place in it, or that were archived, so they were not in it. */
function movedMeanwhile({ logs }: Truth, { name, from, to }: ListRead): Set<string> {
  if (name !== "room.list") return new Set();
  const moved = [...logs].filter(([, log]) => {
    let isArchived = false;
    return (
      log.some(({ notice, committedAt }) => {
        const isMeanwhile = committedAt >= from - 2 && committedAt <= to + 2;
        if (committedAt < from - 2 && notice?.type.endsWith("archived")) isArchived = notice.type === "archived";
        return isMeanwhile && ["renamed", "archived", "unarchived"].includes(notice?.type ?? "");
      }) || isArchived
    );
  });
  return new Set(moved.map(([roomId]) => roomId));
}

/** The ids that were in a list all the time while it was read. */
function stayedIn({ teams, journal }: Run, truth: Truth, { name, personId, roomId, from, to }: ListRead): string[] {
  const team = teams.find((each) => everybodyOf(each).some(({ id }) => id === personId));
  // The rooms of the visitor are not among those that `wasMember` knows from the start.
  if (!team || personId === team.visitor.id) return [];
  const people = everybodyOf(team).map(({ id }) => id);
  // Whom a guest sees depends on the rooms that they shared with others at the time.
  const wasGuest = journal.roleChanges.some((change) => change.personId === personId && change.role === "guest");
  if (name === "person.list") return wasGuest ? [] : people;
  // Names, and a list of members, leave out who can no longer sign in.
  const isActive = (id: string) => truth.people.get(id)?.isActive === true && !journal.deactivated.has(id);
  if (name === "person.names") return wasGuest ? [] : people.filter(isActive);
  if (name === "membership.list")
    return people.filter(
      (id) => id !== team.visitor.id && isActive(id) && wasMember(truth, roomId ?? "", id, from, to),
    );
  const rooms = [...truth.rooms.values()].filter(
    ({ organizationId, directIds }) => organizationId === team.organizationId && directIds.length === 0,
  );
  return rooms.map(({ id }) => id).filter((id) => wasMember(truth, id, personId, from, to));
}

/** A guest is told only of people with whom they once shared a room. */
const guestsKnowOnlyTheirs: Check = ({ journal, teams }, truth) => {
  for (const { visitor, rooms, organizationId } of teams) {
    const wasIn = (roomId: string, personId: string) => stays(truth, roomId, personId).length > 0;
    // Nobody lets the visitor into the rooms that the team has from the start.
    const theirRooms = [...truth.rooms.values()]
      .filter((room) => room.organizationId === organizationId && !rooms.some(({ id }) => id === room.id))
      .flatMap(({ id }) => (wasIn(id, visitor.id) ? [id] : []));
    const known = [...truth.people.keys()].filter((id) => theirRooms.some((roomId) => wasIn(roomId, id)));
    const mayHearOf = new Set([visitor.id, ...known]);
    for (const { personId, tab, received, number } of journal.connections) {
      if (personId !== visitor.id) continue;
      for (const { event, names } of received) {
        const stranger = names.find((id) => truth.people.has(id) && !mayHearOf.has(id));
        if (stranger === undefined) continue;
        const sentence = `${tab} was told of ${stranger} (${event} on ${number}), with whom they never shared a room.`;
        journal.violation("I26", sentence);
      }
    }
  }
};

export const accessInvariants: readonly Check[] = [
  guestsKnowOnlyTheirs,
  nothingAfterTheLogin,
  onlyWhoMayPosts,
  otherRoomsGoOn,
  listsAreComplete,
];
