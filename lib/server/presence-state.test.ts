import { expect, it } from "vitest";
import type { ChosenPresence, PresenceState } from "@/lib/contract/presence";
import { automaticPresence } from "@/lib/contract/presence-choice";
import { hasOwnLease, leaseIdOfPeer, stateOf } from "./presence-state";

const now = Date.parse("2026-01-15T10:00:00Z");
const chose = (choice: ChosenPresence["choice"], until: string | null = null): ChosenPresence => ({
  choice,
  until,
  tick: 1,
});
/** A person with a lease for each state: on this process, and on others. */
const person = (own: PresenceState[], peers: PresenceState[], chosen: ChosenPresence | null) => {
  const lease = (state: PresenceState) => ({ state, expiresAt: Number.POSITIVE_INFINITY });
  const leases = new Map([
    ...own.map((state, at) => [`socket ${at}`, lease(state)] as const),
    ...peers.map((state, at) => [leaseIdOfPeer(String(at)), lease(state)] as const),
  ]);
  return { leases, chosen };
};

type Case = [PresenceState[], PresenceState[], ChosenPresence | null, PresenceState | null, PresenceState | null];
it.each<Case>([
  // Leases here, on other processes, and what was chosen; then what others see of all leases, and of those here.
  [[], [], automaticPresence, null, null],
  [["idle"], [], automaticPresence, "idle", "idle"],
  [["idle", "active"], [], automaticPresence, "active", "active"],
  [["idle"], ["active"], automaticPresence, "active", "idle"],
  [["active"], ["idle"], automaticPresence, "active", "active"],
  [["idle"], [], chose("dnd"), "dnd", "dnd"],
  [[], [], chose("dnd"), null, null],
  [["active"], [], chose("offline"), null, null],
  // The other process knows the choice, too, and has not sent it yet.
  [["active"], ["active"], chose("offline"), "active", null],
  [["active"], ["dnd"], automaticPresence, "dnd", "active"],
  // Without a lease here, the choice is not known here.
  [[], ["dnd"], null, "dnd", null],
  // Not known yet: they may have chosen to appear offline.
  [["active"], [], null, null, null],
  [["active"], [], chose("offline", "2026-01-15T10:00:00.001Z"), null, null],
  [["active"], [], chose("offline", "2026-01-15T10:00:00.000Z"), "active", "active"],
  [["idle"], [], chose("dnd", "2026-01-15T09:00:00.000Z"), "idle", "idle"],
])(
  "leases %j here and %j elsewhere, with the choice %j, are seen as %s, and here as %s",
  (own, peers, chosen, all, here) => {
    const one = person(own, peers, chosen);
    expect(stateOf(one, "all", now)).toBe(all);
    expect(stateOf(one, "own", now)).toBe(here);
  },
);

it("a lease of another process is not one of this process", () => {
  expect(hasOwnLease(person([], ["active"], null))).toBe(false);
  expect(hasOwnLease(person(["idle"], ["active"], null))).toBe(true);
});
