import type { ChosenPresence, PresenceState } from "@/lib/contract/presence";
import { choiceAt } from "@/lib/contract/presence-choice";

/** A lease shows that a person is present, until the lease expires or ends. */
export interface Lease {
  /** Of a lease of this process, whether the device is active. Of another process, what others see of the people there. */
  state: PresenceState;
  /** By `performance.now()`. */
  expiresAt: number;
}

export interface Leases {
  /**
   * By lease id. Each of the person's sockets on this process has a lease. So does each of their sessions that polls this process
   * over HTTP, and only its lease expires. All their leases on another process (a peer) count as one lease here.
   */
  leases: ReadonlyMap<string, Lease>;
  /** What the person chose to be seen as. Null while this process does not know it. */
  chosen: ChosenPresence | null;
}

export const leaseIdOfPeer = (peer: string): string => `process:${peer}`;
const isOfPeer = (leaseId: string): boolean => leaseId.startsWith(leaseIdOfPeer(""));

/** Whether the person has a lease on this process. */
export function hasOwnLease({ leases }: Pick<Leases, "leases">): boolean {
  for (const leaseId of leases.keys()) if (!isOfPeer(leaseId)) return true;
  return false;
}

/** From the state that counts least to the one that counts most. */
const order: readonly (PresenceState | null)[] = [null, "idle", "active", "dnd"];
const stronger = (a: PresenceState | null, b: PresenceState | null) => (order.indexOf(a) > order.indexOf(b) ? a : b);

/** What others see of a person at a time, in ms since 1970; null is offline. "own" counts only the leases of this process. */
export function stateOf(person: Leases, counted: "all" | "own", nowMs: number): PresenceState | null {
  let own: PresenceState | null = null;
  let ofPeers: PresenceState | null = null;
  for (const [leaseId, { state }] of person.leases) {
    if (isOfPeer(leaseId)) ofPeers = stronger(ofPeers, state);
    else own = stronger(own, state);
  }
  const seen = asChosen(own, person.chosen, nowMs);
  return counted === "own" ? seen : stronger(seen, ofPeers);
}

/** Until the choice is known, the person is offline to others: they may have chosen to appear offline. */
function asChosen(state: PresenceState | null, chosen: ChosenPresence | null, nowMs: number): PresenceState | null {
  if (state === null || chosen === null) return null;
  const choice = choiceAt(chosen, nowMs);
  if (choice === "offline") return null;
  return choice === "dnd" ? "dnd" : state;
}
