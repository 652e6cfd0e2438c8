import { endedSessions, validSessions } from "./actor";
import { connectedSockets, sessionIdsOf, sessionKey, socketsOf } from "./audience";
import { onBus, sendToPeers } from "./bus";

/** How many sessions one message to the other processes, and one statement, contains. */
const atOnce = { perMessage: 100, perStatement: 1_000 };

export function watchEndedSessions(): void {
  onBus("sessionsEnded", ({ sessionIds }) => closeHere(sessionIds));
}

/** Call after the commit that ended these sessions: closes their sockets, on all processes. */
export function closeSocketsOf(sessionIds: string[]): void {
  for (const part of parts(sessionIds, atOnce.perMessage)) sendToPeers("sessionsEnded", { sessionIds: part });
  closeHere(sessionIds);
}

function closeHere(sessionIds: string[]): void {
  for (const socket of sessionIds.flatMap((id) => [...socketsOf(sessionKey(id))])) {
    // If this socket sent the request to sign out, it must receive the acknowledgement first.
    setImmediate(() => {
      socket.emit("bye", { reason: "signed_out", afterMs: 0 });
      socket.disconnect(true);
    });
  }
}

/** Closes sockets of sessions that any process ended in the last minute. A message about them may be lost. */
export async function sweepEndedSessions(): Promise<void> {
  closeHere(await endedSessions());
}

/** Closes sockets of sessions that are not valid, for instance because they expired. Checks every connected session. */
export async function sweepAllSessions(): Promise<void> {
  for (const ids of parts(sessionIdsOf(connectedSockets()), atOnce.perStatement)) {
    const valid = await validSessions(ids);
    closeHere(ids.filter((id) => !valid.has(id)));
  }
}

function parts(ids: string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, at) => ids.slice(at * size, (at + 1) * size));
}
