import type { PresenceState } from "@/lib/contract/presence";
import type { Actor } from "./actor";
import type { ServerSocket } from "./audience";
import { type BusMessages, onBus, sendToPeers } from "./bus";
import { pool } from "./pool";
import { log } from "./log";
import { once } from "./once";
import { openBatch, type PresenceBatch } from "./presence-batches";
import { broadcastPresence, type FindSharing, type PresenceStates } from "./presence-broadcast";

/** `expiresAt` is in ms since 1970. */
interface Lease {
  state: PresenceState;
  expiresAt: number;
}
interface PresentPerson {
  organizationId: string;
  /**
   * A person is present while they hold a lease. Each socket has one, and each login that polls over HTTP. Each other
   * process has one for all the leases it holds itself; that one lasts as long as the process does.
   */
  leases: Map<string, Lease>;
  /** The state last sent to sockets. */
  sentState: PresenceState | null;
  /** The state of this process's own leases, as last sent to the other processes. */
  sentToPeers: PresenceState | null;
  /** When the last lease ended. They stay present for `graceMs`, so that a reload does not show them offline. */
  goneAt: number | null;
  /** When they were last noted as seen. */
  seenAt: number;
}
interface Presence {
  people: Map<string, PresentPerson>;
  /** When people were seen, not yet written to the database. */
  unwrittenSeen: Map<string, number>;
  findSharing: FindSharing;
}

// A socket renews its lease with each heartbeat, at most 20 s apart. A login that polls renews it with each update.
const leaseMs = 30_000;
const graceMs = 3_000;
const noteSeenEveryMs = 60_000;
const writeSeenEveryMs = 5_000;
const peoplePerMessage = 100;
const peerLease = (peer: string) => `process:${peer}`;

const presence = () =>
  once<Presence>("presence", () => ({
    people: new Map(),
    unwrittenSeen: new Map(),
    findSharing: () => Promise.resolve(new Set<string>()),
  }));

export function startPresence(findSharing: FindSharing): void {
  presence().findSharing = findSharing;
  setInterval(sweep, 1_000).unref();
  setInterval(() => void writeSeen(), writeSeenEveryMs).unref();
  onBus("presence", receiveFromPeer);
  for (const reason of ["peer", "undelivered"] as const) onBus(reason, sendAllToPeers);
  onBus("gone", (peer) => dropPeer(peer));
}

/** Begins or renews a lease: this person is present in this state. */
export function arrive(actor: Actor, leaseId: string, state: PresenceState): void {
  setLease(actor.personId, actor.organizationId, leaseId, { state, expiresAt: Date.now() + leaseMs });
}

function setLease(personId: string, organizationId: string, leaseId: string, lease: Lease): void {
  const { people } = presence();
  const person = people.get(personId) ?? {
    organizationId,
    leases: new Map(),
    sentState: null,
    sentToPeers: null,
    goneAt: null,
    seenAt: 0,
  };
  people.set(personId, person);
  person.leases.set(leaseId, lease);
  person.goneAt = null;
  update(personId, person);
}

/** Renews a lease in the state it has. */
export function renew(personId: string, leaseId: string): void {
  const lease = presence().people.get(personId)?.leases.get(leaseId);
  if (lease) lease.expiresAt = Date.now() + leaseMs;
}

/** Ends a lease: its socket closed. */
export function depart(personId: string, leaseId: string): void {
  const person = presence().people.get(personId);
  if (person?.leases.delete(leaseId)) update(personId, person);
}

/** Sends this socket, with the next batch, everybody who is present and whom it may see. */
export function sendEverybodyPresent(socket: ServerSocket): void {
  openBatch(socket.data.actor.organizationId, flush).newcomers.add(socket);
}

/** How many people sockets were sent as present. */
export function countPresent(): number {
  return [...presence().people.values()].filter((person) => person.sentState !== null).length;
}

/** The most present state of a person's leases: of all of them, or of those on this process alone. */
function stateOf(person: PresentPerson, leases: "all" | "own"): PresenceState | null {
  let found: PresenceState | null = null;
  for (const [leaseId, { state }] of person.leases) {
    if (leases === "own" && leaseId.startsWith("process:")) continue;
    if (state === "active") return "active";
    found = "idle";
  }
  return found;
}

/** Call when a person's leases may have changed. What differs from what was sent goes out with the next batch. */
function update(personId: string, person: PresentPerson): void {
  const [state, ownState] = [stateOf(person, "all"), stateOf(person, "own")];
  const now = Date.now();
  // Once a minute while they hold a lease here, and when the last one ends.
  if (ownState !== null ? now - person.seenAt > noteSeenEveryMs : person.sentToPeers !== null) {
    person.seenAt = now;
    presence().unwrittenSeen.set(personId, now);
  }
  if (state === null) person.goneAt ??= now;
  const isGone = state === null && now - (person.goneAt ?? now) >= graceMs;
  if (isGone) presence().people.delete(personId);
  const isChanged = state === null ? isGone && person.sentState !== null : person.sentState !== state;
  if (isChanged || ownState !== person.sentToPeers)
    openBatch(person.organizationId, flush).changed.set(personId, person);
}

function flush(organizationId: string, { changed, newcomers }: PresenceBatch<PresentPerson>): void {
  const { people, findSharing } = presence();
  const [toSockets, toPeers]: [PresenceStates, PresenceStates] = [{}, {}];
  for (const [personId, person] of changed) {
    const [state, ownState] = [stateOf(person, "all"), stateOf(person, "own")];
    if (ownState !== person.sentToPeers) toPeers[personId] = person.sentToPeers = ownState;
    // Within the grace period they may be back in a moment.
    if (state === null && people.get(personId) === person) continue;
    if (state !== person.sentState) toSockets[personId] = person.sentState = state;
  }
  for (const part of parts(toPeers)) sendToPeers("presence", { full: false, organizationId, people: part });
  const everybodyPresent = () => {
    const states: PresenceStates = {};
    for (const [id, person] of people)
      if (person.sentState && person.organizationId === organizationId) states[id] = person.sentState;
    return states;
  };
  broadcastPresence(organizationId, toSockets, everybodyPresent, newcomers, findSharing);
}

/** Splits states into what fits into one message to other processes. */
function parts(states: PresenceStates): PresenceStates[] {
  const entries = Object.entries(states);
  const count = Math.ceil(entries.length / peoplePerMessage);
  return Array.from({ length: count }, (_, at) =>
    Object.fromEntries(entries.slice(at * peoplePerMessage, (at + 1) * peoplePerMessage)),
  );
}

function sweep(): void {
  const now = Date.now();
  for (const [personId, person] of presence().people) {
    let isDue = person.goneAt !== null || now - person.seenAt > noteSeenEveryMs;
    for (const [id, { expiresAt }] of person.leases) if (expiresAt < now) isDue = person.leases.delete(id);
    if (isDue) update(personId, person);
  }
}

const seenText = `
  UPDATE "Person" p SET "lastSeenAt" = to_timestamp(s.ms / 1000.0)
  FROM (SELECT k.id, k.ms FROM unnest($1::uuid[], $2::float8[]) AS k(id, ms)
    JOIN "Person" q ON q.id = k.id ORDER BY k.id FOR NO KEY UPDATE OF q) s WHERE p.id = s.id`;

/** Writes when people were last seen, in one statement. */
async function writeSeen(): Promise<void> {
  const { unwrittenSeen } = presence();
  if (unwrittenSeen.size === 0) return;
  const values = [[...unwrittenSeen.keys()], [...unwrittenSeen.values()]];
  unwrittenSeen.clear();
  try {
    await pool().query({ name: "seen", text: seenText, values });
  } catch (error) {
    // Whoever is still present is noted again within a minute.
    log().warn({ err: String(error) }, "last seen not written");
  }
}

/** Another process sent the states of its own leases. */
function receiveFromPeer({ full, organizationId, people }: BusMessages["presence"], peer: string): void {
  if (full) dropPeer(peer);
  for (const [personId, state] of Object.entries(people)) {
    if (state) setLease(personId, organizationId, peerLease(peer), { state, expiresAt: Number.POSITIVE_INFINITY });
    else depart(personId, peerLease(peer));
  }
}

/** Ends the leases of another process. The grace period lets its people reconnect to this one. */
function dropPeer(peer: string): void {
  for (const personId of presence().people.keys()) depart(personId, peerLease(peer));
}

/** Another process appeared, or one may have missed something: sends the states of all leases held here. */
function sendAllToPeers(): void {
  const byOrganization = new Map<string, PresenceStates>();
  for (const [personId, person] of presence().people) {
    const state = stateOf(person, "own");
    if (!state) continue;
    const states = byOrganization.get(person.organizationId) ?? {};
    byOrganization.set(person.organizationId, states);
    states[personId] = state;
  }
  sendToPeers("presence", { full: true, organizationId: "", people: {} });
  for (const [organizationId, states] of byOrganization) {
    for (const part of parts(states)) sendToPeers("presence", { full: false, organizationId, people: part });
  }
}
