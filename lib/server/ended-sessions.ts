import { endedSessions, validSessions } from "./actor";
import { connectedSockets, sessionIdsOf, sessionKey, socketsOf } from "./audience";
import { onBus, sendToPeers } from "./bus";

/** The most sessions in one message to the other processes, and in one statement. */
const atOnce = { perMessage: 100, perStatement: 1_000 };

export function watchEndedSessions(): void {
  onBus("sessionsEnded", ({ sessionIds }) => closeHere(sessionIds));
}

/** Closes the sockets of these sessions, on all processes. Call it after the commit that ended the sessions. */
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

/** Closes sockets of sessions that ended in the last minute, on any process. The message about them may have been lost. */
export async function sweepEndedSessions(): Promise<void> {
  closeHere(await endedSessions());
}

/** Closes sockets of sessions that are not valid any more, such as expired ones. Checks every connected session. */
export async function sweepAllSessions(): Promise<void> {
  for (const ids of parts(sessionIdsOf(connectedSockets()), atOnce.perStatement)) {
    const valid = await validSessions(ids);
    closeHere(ids.filter((id) => !valid.has(id)));
  }
}

function parts(ids: string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, at) => ids.slice(at * size, (at + 1) * size));
}
