// What must hold about room invites and bans.
import type { Check } from "./truth";

/** Tolerance in ms, because one clock is read in whole milliseconds. */
const toleranceMs = 2;

/** Nobody is in a room that they are banned from, and nobody came into one while they certainly were. */
const nobodyBannedIsMember: Check = ({ journal }, truth) => {
  const members = new Set(truth.members.map(({ roomId, personId }) => `${roomId} ${personId}`));
  for (const { roomId, personId } of truth.bans)
    if (members.has(`${roomId} ${personId}`))
      journal.violation("I23", `${personId} is in ${roomId}, though they are banned from it.`);
  for (const { roomId, personId, isBanned, certainClock } of journal.bans) {
    if (!isBanned || certainClock === null) continue;
    const ended = journal.bans.find(
      (other) =>
        !other.isBanned && other.roomId === roomId && other.personId === personId && other.askedClock >= certainClock,
    );
    const until = ended?.askedClock ?? Number.POSITIVE_INFINITY;
    for (const { notice, seq, committedAt } of truth.logs.get(roomId) ?? []) {
      const isJoining = notice?.type === "joined" || notice?.type === "added";
      if (!isJoining || !notice.personIds?.includes(personId)) continue;
      if (committedAt > certainClock + toleranceMs && committedAt < until - toleranceMs)
        journal.violation("I23", `${personId} came into ${roomId} at ${seq}, while they were banned from it.`);
    }
  }
};

/** An accepted invite has let its person in once, and a pending one is not to a room that its person is in or banned from. */
const invitesAreExact: Check = ({ journal }, truth) => {
  const inRoom = new Set(truth.members.map(({ roomId, personId }) => `${roomId} ${personId}`));
  const banned = new Set(truth.bans.map(({ roomId, personId }) => `${roomId} ${personId}`));
  const accepted = new Map<string, number>();
  for (const { roomId, personId, state } of truth.invites) {
    const key = `${roomId} ${personId}`;
    if (state === "accepted") accepted.set(key, (accepted.get(key) ?? 0) + 1);
    if (state === "pending" && (inRoom.has(key) || banned.has(key)))
      journal.violation(
        "I24",
        `An invite of ${personId} to ${roomId} is pending, though they are ${inRoom.has(key) ? "in it" : "banned"}.`,
      );
  }
  for (const [key, count] of accepted) {
    const [roomId = "", personId = ""] = key.split(" ");
    const joinings = (truth.logs.get(roomId) ?? []).filter(
      ({ notice }) => ["joined", "added"].includes(notice?.type ?? "") && notice?.personIds?.includes(personId),
    );
    if (joinings.length < count)
      journal.violation(
        "I24",
        `${count} invites of ${personId} to ${roomId} were accepted, but they joined ${joinings.length} times.`,
      );
  }
};

export const inviteInvariants: readonly Check[] = [nobodyBannedIsMember, invitesAreExact];
