// What must hold during a run about who is present. `settle.ts` checks what is shown at its end.
import { clientClockFault } from "./faults-client";
import { silentBusFault } from "./faults-database";
import { lockFaults } from "./faults-locks";
import { serverClockFault } from "./faults-process";
import type { Journal } from "./journal";
import type { Check } from "./truth";

/** Faults that interrupt no connection of a browser, and no process. */
const harmless = new Set([clientClockFault, serverClockFault, silentBusFault, ...lockFaults].map(({ name }) => name));
/** In ms. For this long after other faults, people may be told that somebody is offline. A process that died is noticed after 25 s. */
const afterwardsMs = 35_000;
/** How long somebody must be connected before nobody is told any more that they were offline until then, in ms. */
const toldWithinMs = 10_000;

/** Whether a person may have appeared offline by choice, because that was their latest choice or may still be. */
function mayHaveChosenOffline({ presenceChosen }: Journal, personId: string, at: number): boolean {
  const chosen = presenceChosen.filter((one) => one.personId === personId && one.askedAt < at);
  const certain = chosen.findLastIndex(({ doneAt }) => doneAt !== null && doneAt < at - toldWithinMs);
  return chosen.slice(Math.max(0, certain)).some(({ choice }) => choice === "offline");
}

/** Nobody is told that somebody is offline whose socket lives, unless they chose to appear so. */
const offlineOnlyWithoutSockets: Check = ({ journal }) => {
  const harmful = journal.faults.filter(({ name }) => !harmless.has(name));
  const sockets = journal.connections.filter(({ kind }) => kind === "socket");
  const livesAt = (personId: string, at: number) => {
    const since = at - toldWithinMs - journal.delayedSince(at - toldWithinMs, at);
    return sockets.find((one) => one.personId === personId && one.openedAt < since && (one.closedAt ?? at + 1) > at);
  };
  for (const { tab, received } of sockets) {
    for (const { at, offline } of received) {
      if (harmful.some(({ from, to }) => from <= at && (to ?? at) + afterwardsMs >= at)) continue;
      for (const personId of offline) {
        const socket = livesAt(personId, at);
        if (!socket || mayHaveChosenOffline(journal, personId, at)) continue;
        journal.violation(
          "I12",
          `${tab} was told at ${Math.round(at)} ms that ${personId} is offline, whose socket ${socket.number} lives.`,
          journal.about(socket.tab),
        );
      }
    }
  }
};

/** A tab is signed out only if its session has ended. */
const noSessionEndsEarly: Check = ({ journal }, truth) => {
  for (const [sessionId, tab] of journal.signedOut) {
    if (truth.revokedSessions.has(sessionId) || journal.revocations.has(sessionId)) continue;
    journal.violation("I31", `${tab} was signed out, though its session ${sessionId} is valid.`, journal.about(tab));
  }
};

export const presenceInvariants: readonly Check[] = [offlineOnlyWithoutSockets, noSessionEndsEarly];
