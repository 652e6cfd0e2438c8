import type { PresenceState } from "@/lib/contract/presence";
import type { Actor } from "./actor";
import { db } from "./db";
import { once } from "./once";
import { organizationKey, type ParleySocket, socketsOf } from "./realtime";

interface Here {
  organizationId: string;
  /** One lease per socket (or per login without one): its state, and when it runs out, in ms since 1970. */
  leases: Map<string, { state: PresenceState; until: number }>;
  /** What the others were told last. */
  told: PresenceState | null;
  /** Sockets of guests who were told of them: who is gone shares no room any more. */
  guests: Set<string>;
  /** When the last lease went, so that a reload is not an absence. */
  goneAt: number | null;
  seenWrittenAt: number;
}

// A socket renews with each heartbeat (10 s + 10 s); a login that only polls, with each update.
const leaseMs = 30_000;
const graceMs = 3_000;
const seenEveryMs = 60_000;

const presence = () =>
  once("presence", () => {
    setInterval(sweep, 1_000).unref();
    return new Map<string, Here>();
  });

/** Somebody is here through this lease. */
export function arrive(actor: Actor, lease: string, state: PresenceState): void {
  const all = presence();
  const here = all.get(actor.personId) ?? {
    organizationId: actor.organizationId,
    leases: new Map(),
    told: null,
    guests: new Set(),
    goneAt: null,
    seenWrittenAt: 0,
  };
  all.set(actor.personId, here);
  here.leases.set(lease, { state, until: Date.now() + leaseMs });
  here.goneAt = null;
  settle(actor.personId, here);
}

/** The lease goes on. */
export function renew(personId: string, lease: string): void {
  const held = presence().get(personId)?.leases.get(lease);
  if (held) held.until = Date.now() + leaseMs;
}

/** The lease ends now: its socket closed. */
export function depart(personId: string, lease: string): void {
  const here = presence().get(personId);
  if (!here?.leases.delete(lease)) return;
  settle(personId, here);
}

/** Everybody of the organization who is here, as this socket may know it. */
export function whoIsHere(socket: ParleySocket): Record<string, PresenceState> {
  const { organizationId } = socket.data.actor;
  const people: Record<string, PresenceState> = {};
  for (const [personId, here] of presence()) {
    if (here.told && here.organizationId === organizationId && mayKnow(socket, personId, here))
      people[personId] = here.told;
  }
  return people;
}

/** How many people are here, as the others were told. */
export function countPresent(): number {
  return [...presence().values()].filter((here) => here.told !== null).length;
}

function best(here: Here): PresenceState | null {
  const states = [...here.leases.values()].map((lease) => lease.state);
  return states.includes("active") ? "active" : states.length > 0 ? "idle" : null;
}

function settle(personId: string, here: Here): void {
  const state = best(here);
  const now = Date.now();
  if (state === null) {
    here.goneAt ??= now;
    if (now - here.goneAt < graceMs) return;
    presence().delete(personId);
    writeSeen(personId, here, now);
  } else if (now - here.seenWrittenAt > seenEveryMs) writeSeen(personId, here, now);
  if (here.told === state) return;
  here.told = state;
  for (const socket of socketsOf(organizationKey(here.organizationId))) {
    if (mayKnow(socket, personId, here)) socket.emit("presence", { full: false, people: { [personId]: state } });
  }
}

/**
 * A guest knows only of people they share a room with, and that those they were told of are gone; everybody else of
 * everybody in the organization.
 */
function mayKnow(socket: ParleySocket, personId: string, here: Here): boolean {
  if (socket.data.actor.role !== "guest" || socket.data.actor.personId === personId) return true;
  if (here.told === null) return here.guests.delete(socket.id);
  const shares = socketsOf(`user:${personId}`).some((other) =>
    [...other.rooms].some((room) => room.startsWith("room:") && socket.rooms.has(room)),
  );
  if (shares) here.guests.add(socket.id);
  return shares;
}

function writeSeen(personId: string, here: Here, now: number): void {
  here.seenWrittenAt = now;
  db()
    .person.updateMany({ where: { id: personId }, data: { lastSeenAt: new Date(now) } })
    .catch(() => {
      here.seenWrittenAt = 0;
    });
}

function sweep(): void {
  const now = Date.now();
  for (const [personId, here] of presence()) {
    for (const [lease, { until }] of here.leases) if (until < now) here.leases.delete(lease);
    settle(personId, here);
  }
}
