import type { PresenceState } from "@/lib/contract/presence";
import type { Actor } from "./actor";
import type { ParleySocket } from "./audience";
import { type BusMessages, onBus, tellPeers } from "./bus";
import { pool } from "./db";
import { log } from "./log";
import { once } from "./once";
import { type FindSharing, type News, newsOf, type People, tellPresence } from "./presence-news";

interface Here {
  organizationId: string;
  /**
   * One lease per socket (or per login without one): its state, and when it runs out, in ms since 1970. And one per
   * other process for all that hangs on it, good for as long as that process is.
   */
  leases: Map<string, { state: PresenceState; until: number }>;
  /** What the others were told last; and other processes, of what hangs on this one. */
  told: PresenceState | null;
  toldPeers: PresenceState | null;
  /** When the last lease went, so that a reload is not an absence. */
  goneAt: number | null;
  seenAt: number;
}
interface Presence {
  people: Map<string, Here>;
  /** Who was seen, and when: to be written down. */
  seen: Map<string, number>;
  findSharing: FindSharing;
}

// A socket renews with each heartbeat (10 s + 10 s); a login that only polls, with each update.
const leaseMs = 30_000;
const graceMs = 3_000;
const seenEveryMs = 60_000;
const writtenEveryMs = 5_000;
const peopleInMessage = 100;
const peerLease = (peer: string) => `process:${peer}`;

const presence = () =>
  once<Presence>("presence", () => ({
    people: new Map(),
    seen: new Map(),
    findSharing: () => Promise.resolve(new Set<string>()),
  }));

export function startPresence(findSharing: FindSharing): void {
  presence().findSharing = findSharing;
  setInterval(sweep, 1_000).unref();
  setInterval(() => void writeSeen(), writtenEveryMs).unref();
  onBus("presence", hearPeer);
  for (const reason of ["peer", "unheard"] as const) onBus(reason, tellPeersWhoIsHere);
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
    goneAt: null,
    seenAt: 0,
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
  if (here?.leases.delete(lease)) settle(personId, here);
}

/** This socket is to be told of everybody who is here, as it may know it. */
export function tellWhoIsHere(socket: ParleySocket): void {
  newsOf(socket.data.actor.organizationId, tell).newcomers.add(socket);
}

/** How many people are here, as the others were told. */
export function countPresent(): number {
  return [...presence().people.values()].filter((here) => here.told !== null).length;
}

/** The best of somebody's leases; of those on this process alone when asked for. */
function best(here: Here, isLocal = false): PresenceState | null {
  let found: PresenceState | null = null;
  for (const [lease, { state }] of here.leases) {
    if (isLocal && lease.startsWith("process:")) continue;
    if (state === "active") return "active";
    found = "idle";
  }
  return found;
}

/** Something about this person changed: who is to be told of what? */
function settle(personId: string, here: Here): void {
  const [state, local] = [best(here), best(here, true)];
  const now = Date.now();
  // Once a minute while they are here, and when the last of it goes.
  if (local !== null ? now - here.seenAt > seenEveryMs : here.toldPeers !== null) {
    here.seenAt = now;
    presence().seen.set(personId, now);
  }
  if (state === null) here.goneAt ??= now;
  const isGone = state === null && now - (here.goneAt ?? now) >= graceMs;
  if (isGone) presence().people.delete(personId);
  const isNews = state === null ? isGone && here.told !== null : here.told !== state;
  if (isNews || local !== here.toldPeers) newsOf(here.organizationId, tell).changed.set(personId, here);
}

function tell(organizationId: string, { changed, newcomers }: News<Here>): void {
  const { people, findSharing } = presence();
  const [toSockets, toPeers]: [People, People] = [{}, {}];
  for (const [personId, here] of changed) {
    const [state, local] = [best(here), best(here, true)];
    if (local !== here.toldPeers) toPeers[personId] = here.toldPeers = local;
    // Somebody who has just gone may be back in a moment.
    if (state === null && people.get(personId) === here) continue;
    if (state !== here.told) toSockets[personId] = here.told = state;
  }
  for (const part of parts(toPeers)) tellPeers("presence", { full: false, organizationId, people: part });
  const everybody = () => {
    const all: People = {};
    for (const [id, here] of people) if (here.told && here.organizationId === organizationId) all[id] = here.told;
    return all;
  };
  tellPresence(organizationId, toSockets, everybody, newcomers, findSharing);
}

/** What fits into a message to other processes. */
function parts(people: People): People[] {
  const entries = Object.entries(people);
  const count = Math.ceil(entries.length / peopleInMessage);
  return Array.from({ length: count }, (_, at) =>
    Object.fromEntries(entries.slice(at * peopleInMessage, (at + 1) * peopleInMessage)),
  );
}

function sweep(): void {
  const now = Date.now();
  for (const [personId, here] of presence().people) {
    let isDue = here.goneAt !== null || now - here.seenAt > seenEveryMs;
    for (const [lease, { until }] of here.leases) if (until < now) isDue = here.leases.delete(lease);
    if (isDue) settle(personId, here);
  }
}

const seenText = `
  UPDATE "Person" p SET "lastSeenAt" = to_timestamp(s.ms / 1000.0)
  FROM (SELECT k.id, k.ms FROM unnest($1::uuid[], $2::float8[]) AS k(id, ms)
    JOIN "Person" q ON q.id = k.id ORDER BY k.id FOR NO KEY UPDATE OF q) s WHERE p.id = s.id`;

/** Who was seen since the last time, in one statement. */
async function writeSeen(): Promise<void> {
  const { seen } = presence();
  if (seen.size === 0) return;
  const values = [[...seen.keys()], [...seen.values()]];
  seen.clear();
  try {
    await pool().query({ name: "seen", text: seenText, values });
  } catch (error) {
    // They will be seen again in a minute.
    log().warn({ err: String(error) }, "last seen not written");
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

/** Another process appeared, or one may have missed something: tells all who is here through this one. */
function tellPeersWhoIsHere(): void {
  const organizations = new Map<string, People>();
  for (const [personId, here] of presence().people) {
    const state = best(here, true);
    if (!state) continue;
    const people = organizations.get(here.organizationId) ?? {};
    organizations.set(here.organizationId, people);
    people[personId] = state;
  }
  tellPeers("presence", { full: true, organizationId: "", people: {} });
  for (const [organizationId, people] of organizations) {
    for (const part of parts(people)) tellPeers("presence", { full: false, organizationId, people: part });
  }
}
