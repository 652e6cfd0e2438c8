import type { PresenceState } from "@/lib/contract/presence";
import type { Actor } from "./actor";
import { organizationKey, type ParleySocket, socketsOf } from "./audience";
import { broadcast } from "./broadcast";
import { type BusMessages, onBus, tellPeers } from "./bus";
import { db } from "./db";
import { log } from "./log";
import { once } from "./once";

interface Here {
  organizationId: string;
  /**
   * One lease per socket (or per login without one): its state, and when it runs out, in ms since 1970. And one per
   * other process for all that hangs on it, good for as long as that process is.
   */
  leases: Map<string, { state: PresenceState; until: number }>;
  /** What the others were told last; other processes, of what hangs on this one. */
  told: PresenceState | null;
  toldPeers: PresenceState | null;
  /** Sockets of guests who were told of them: who is gone shares no room any more. */
  guests: Set<string>;
  /** When the last lease went, so that a reload is not an absence. */
  goneAt: number | null;
  seenWrittenAt: number;
}

/** Which of these people share a room with this guest. */
export type FindSharing = (guestId: string, personIds: string[]) => Promise<Set<string>>;

// A socket renews with each heartbeat (10 s + 10 s); a login that only polls, with each update.
const leaseMs = 30_000;
const graceMs = 3_000;
const seenEveryMs = 60_000;
const peopleInMessage = 100;

const presence = () => once("presence", () => ({ people: new Map<string, Here>(), findSharing: noSharing }));
const noSharing: FindSharing = () => Promise.resolve(new Set());
const peerLease = (peer: string) => `process:${peer}`;

export function startPresence(findSharing: FindSharing): void {
  presence().findSharing = findSharing;
  setInterval(sweep, 1_000).unref();
  onBus("presence", hearPeer);
  onBus("peer", tellAll);
  onBus("gone", (peer) => dropPeer(peer));
}

/** Somebody is here through this lease. */
export function arrive(actor: Actor, lease: string, state: PresenceState): void {
  hold(actor.personId, actor.organizationId, lease, { state, until: Date.now() + leaseMs });
}

function hold(personId: string, organizationId: string, lease: string, held: { state: PresenceState; until: number }) {
  const { people } = presence();
  const here = people.get(personId) ?? {
    organizationId,
    leases: new Map(),
    told: null,
    toldPeers: null,
    guests: new Set(),
    goneAt: null,
    seenWrittenAt: 0,
  };
  people.set(personId, here);
  here.leases.set(lease, held);
  here.goneAt = null;
  settle(personId, here);
}

/** The lease goes on. */
export function renew(personId: string, lease: string): void {
  const held = presence().people.get(personId)?.leases.get(lease);
  if (held) held.until = Date.now() + leaseMs;
}

/** The lease ends now: its socket closed. */
export function depart(personId: string, lease: string): void {
  const here = presence().people.get(personId);
  if (!here?.leases.delete(lease)) return;
  settle(personId, here);
}

/** Tells this socket of everybody of the organization who is here, as it may know it. */
export async function tellWhoIsHere(socket: ParleySocket): Promise<void> {
  const { organizationId } = socket.data.actor;
  const here = [...presence().people].filter(([, { organizationId: of, told }]) => told && of === organizationId);
  const known = await knownTo(
    socket,
    here.map(([personId]) => personId),
  );
  const people: Record<string, PresenceState> = {};
  for (const [personId, { told, guests }] of here) {
    if (!told || !known(personId)) continue;
    people[personId] = told;
    if (socket.data.actor.role === "guest") guests.add(socket.id);
  }
  if (socket.connected) socket.emit("presence", { full: true, people });
}

/** How many people are here, as the others were told. */
export function countPresent(): number {
  return [...presence().people.values()].filter((here) => here.told !== null).length;
}

function best(here: Here, isLocal = false): PresenceState | null {
  let found: PresenceState | null = null;
  for (const [lease, { state }] of here.leases) {
    if (isLocal && lease.startsWith("process:")) continue;
    if (state === "active") return "active";
    found = "idle";
  }
  return found;
}

function settle(personId: string, here: Here): void {
  const state = best(here);
  const local = best(here, true);
  const now = Date.now();
  if (local !== here.toldPeers) {
    here.toldPeers = local;
    tellPeers("presence", { full: false, organizationId: here.organizationId, people: { [personId]: local } });
    // The last of them here is gone.
    if (local === null) writeSeen(personId, here, now);
  }
  if (state === null) {
    here.goneAt ??= now;
    if (now - here.goneAt < graceMs) return;
    presence().people.delete(personId);
  } else if (local !== null && now - here.seenWrittenAt > seenEveryMs) writeSeen(personId, here, now);
  if (here.told === state) return;
  here.told = state;
  tell(personId, here);
}

/** Tells the sockets of this process what is so now. */
function tell(personId: string, here: Here): void {
  const sockets = [...socketsOf(organizationKey(here.organizationId))];
  const guests = sockets.filter(({ data: { actor } }) => actor.role === "guest" && actor.personId !== personId);
  const members = guests.length === 0 ? sockets : sockets.filter((socket) => !guests.includes(socket));
  broadcast(members, "presence", { full: false, people: { [personId]: here.told } });
  for (const guest of guests)
    void tellGuest(guest, personId, here).catch((error) => log().error({ err: String(error) }));
}

/** A guest knows only of people they share a room with, and that those they were told of are gone. */
async function tellGuest(guest: ParleySocket, personId: string, here: Here): Promise<void> {
  if (here.told !== null) {
    const known = await knownTo(guest, [personId]);
    if (!known(personId)) return;
    here.guests.add(guest.id);
  } else if (!here.guests.delete(guest.id)) return;
  if (guest.connected) guest.emit("presence", { full: false, people: { [personId]: here.told } });
}

async function knownTo(socket: ParleySocket, personIds: string[]): Promise<(personId: string) => boolean> {
  const { actor } = socket.data;
  if (actor.role !== "guest") return () => true;
  const sharing = await presence().findSharing(actor.personId, personIds);
  return (personId) => personId === actor.personId || sharing.has(personId);
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
  for (const [personId, here] of presence().people) {
    for (const [lease, { until }] of here.leases) if (until < now) here.leases.delete(lease);
    settle(personId, here);
  }
}

/** Another process says who is here through it. */
function hearPeer({ full, organizationId, people }: BusMessages["presence"], peer: string): void {
  if (full) dropPeer(peer);
  for (const [personId, state] of Object.entries(people)) {
    if (state) hold(personId, organizationId, peerLease(peer), { state, until: Number.POSITIVE_INFINITY });
    else depart(personId, peerLease(peer));
  }
}

/** Whoever was here through another process has a moment to be here through us. */
function dropPeer(peer: string): void {
  for (const personId of presence().people.keys()) depart(personId, peerLease(peer));
}

/** Another process appeared, or missed something: tells it who is here through this one. */
function tellAll(): void {
  const organizations = new Map<string, Record<string, PresenceState>[]>();
  for (const [personId, here] of presence().people) {
    const state = best(here, true);
    if (!state) continue;
    const parts = organizations.get(here.organizationId) ?? [{}];
    organizations.set(here.organizationId, parts);
    const part = parts.at(-1) ?? {};
    part[personId] = state;
    if (Object.keys(part).length === peopleInMessage) parts.push({});
  }
  tellPeers("presence", { full: true, organizationId: "", people: {} });
  for (const [organizationId, parts] of organizations) {
    for (const people of parts) tellPeers("presence", { full: false, organizationId, people });
  }
}
