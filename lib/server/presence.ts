import type { PresenceState } from "@/lib/contract/presence";
import type { Actor } from "./actor";
import type { ServerSocket } from "./audience";
import { type BusMessages, onBus, sendToPeers } from "./bus";
import { pool } from "./pool";
import { log } from "./log";
import { once } from "./once";
import { openBatch, type PresenceBatch } from "./presence-batches";
import { broadcastPresence, type FindPeopleSharingRoom, type PresenceStates } from "./presence-broadcast";

interface Lease {
  state: PresenceState;
  /** In ms since 1970. */
  expiresAt: number;
}
interface PresentPerson {
  organizationId: string;
  /**
   * A person is present while they have a lease. Each of their sockets on this process has one, and each login that polls
   * this process over HTTP. All their leases on another process count as one lease here.
   */
  leases: Map<string, Lease>;
  /** The state last sent to sockets. */
  sentState: PresenceState | null;
  /** The state last sent to the other processes. It counts only the leases of this process. */
  sentToPeers: PresenceState | null;
  /** When the last lease ended. The person is shown as offline `graceMs` later, so that nobody notices a page reload. */
  goneAt: number | null;
  /** The last time that was added to `unsavedLastSeen`. */
  seenAt: number;
}
interface Presence {
  people: Map<string, PresentPerson>;
  /** When people were last seen. Holds only what is not written to the database yet. */
  unsavedLastSeen: Map<string, number>;
  findPeopleSharingRoom: FindPeopleSharingRoom;
}

// A socket renews its lease with each heartbeat, at least every 20 s. A login that polls renews it with
// `presence.update`.
const leaseMs = 30_000;
const graceMs = 3_000;
const recordSeenEveryMs = 60_000;
const writeSeenEveryMs = 5_000;
const peoplePerMessage = 100;
const leaseIdOfPeer = (peer: string) => `process:${peer}`;

const presence = () =>
  once<Presence>("presence", () => ({
    people: new Map(),
    unsavedLastSeen: new Map(),
    findPeopleSharingRoom: () => Promise.resolve(new Set<string>()),
  }));

export function startPresence(findPeopleSharingRoom: FindPeopleSharingRoom): void {
  presence().findPeopleSharingRoom = findPeopleSharingRoom;
  setInterval(sweep, 1_000).unref();
  setInterval(() => void writeSeen(), writeSeenEveryMs).unref();
  onBus("presence", receiveFromPeer);
  for (const reason of ["peerStarted", "undelivered"] as const) onBus(reason, sendAllToPeers);
  onBus("peerStopped", (peer) => dropPeer(peer));
}

/** Begins a lease, or renews it and changes its state. */
export function beginLease(actor: Actor, leaseId: string, state: PresenceState): void {
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

/** Renews a lease without changing its state. */
export function renewLease(personId: string, leaseId: string): void {
  const lease = presence().people.get(personId)?.leases.get(leaseId);
  if (lease) lease.expiresAt = Date.now() + leaseMs;
}

export function endLease(personId: string, leaseId: string): void {
  const person = presence().people.get(personId);
  if (person?.leases.delete(leaseId)) update(personId, person);
}

/** With the next batch, sends this socket the state of every present person whom it may see. */
export function sendEverybodyPresent(socket: ServerSocket): void {
  openBatch(socket.data.actor.organizationId, flush).newcomers.add(socket);
}

/** Call when guests may have entered or left rooms, or others theirs: whom they may see has changed. */
export function updatePresenceOfGuests(sockets: Iterable<ServerSocket>): void {
  for (const socket of sockets) if (socket.data.actor.role === "guest") sendEverybodyPresent(socket);
}

/** The number of people whose last state sent to sockets is not offline. */
export function countPresent(): number {
  return [...presence().people.values()].filter((person) => person.sentState !== null).length;
}

/**
 * "active" if a lease is active, otherwise "idle", or null without leases. "own" counts only the leases of this
 * process.
 */
function stateOf(person: PresentPerson, leases: "all" | "own"): PresenceState | null {
  let found: PresenceState | null = null;
  for (const [leaseId, { state }] of person.leases) {
    if (leases === "own" && leaseId.startsWith("process:")) continue;
    if (state === "active") return "active";
    found = "idle";
  }
  return found;
}

/**
 * Call it when a person's leases may have changed. If their state differs from what was sent, the next batch sends it.
 */
function update(personId: string, person: PresentPerson): void {
  const [state, ownState] = [stateOf(person, "all"), stateOf(person, "own")];
  const now = Date.now();
  // The time is recorded once a minute while the person has a lease on this process, and when the last of these ends.
  if (ownState !== null ? now - person.seenAt > recordSeenEveryMs : person.sentToPeers !== null) {
    person.seenAt = now;
    presence().unsavedLastSeen.set(personId, now);
  }
  if (state === null) person.goneAt ??= now;
  const isGone = state === null && now - (person.goneAt ?? now) >= graceMs;
  if (isGone) presence().people.delete(personId);
  const isChanged = state === null ? isGone && person.sentState !== null : person.sentState !== state;
  if (isChanged || ownState !== person.sentToPeers)
    openBatch(person.organizationId, flush).changed.set(personId, person);
}

function flush(organizationId: string, { changed, newcomers }: PresenceBatch<PresentPerson>): void {
  const { people, findPeopleSharingRoom } = presence();
  const [toSockets, toPeers]: [PresenceStates, PresenceStates] = [{}, {}];
  for (const [personId, person] of changed) {
    const [state, ownState] = [stateOf(person, "all"), stateOf(person, "own")];
    if (ownState !== person.sentToPeers) toPeers[personId] = person.sentToPeers = ownState;
    // The person is still in the map, so the grace period has not ended.
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
  broadcastPresence(organizationId, toSockets, everybodyPresent, newcomers, findPeopleSharingRoom);
}

/** Splits states so that each part fits into one message to other processes. */
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
    let needsUpdate = person.goneAt !== null || now - person.seenAt > recordSeenEveryMs;
    for (const [id, { expiresAt }] of person.leases) if (expiresAt < now) needsUpdate = person.leases.delete(id);
    if (needsUpdate) update(personId, person);
  }
}

const seenText = `
  UPDATE "Person" p SET "lastSeenAt" = to_timestamp(s.ms / 1000.0)
  FROM (SELECT k.id, k.ms FROM unnest($1::uuid[], $2::float8[]) AS k(id, ms)
    JOIN "Person" q ON q.id = k.id ORDER BY k.id FOR NO KEY UPDATE OF q) s WHERE p.id = s.id`;

/** Writes the recorded times of everybody with one statement. */
async function writeSeen(): Promise<void> {
  const { unsavedLastSeen } = presence();
  if (unsavedLastSeen.size === 0) return;
  const values = [[...unsavedLastSeen.keys()], [...unsavedLastSeen.values()]];
  unsavedLastSeen.clear();
  try {
    await pool().query({ name: "seen", text: seenText, values });
  } catch (error) {
    // The times are lost. Whoever is still present is recorded again within a minute.
    log().warn({ err: String(error) }, "last seen not written");
  }
}

/** Another process sent the states of its own leases. */
function receiveFromPeer({ full, organizationId, people }: BusMessages["presence"], peer: string): void {
  if (full) dropPeer(peer);
  for (const [personId, state] of Object.entries(people)) {
    if (state) setLease(personId, organizationId, leaseIdOfPeer(peer), { state, expiresAt: Number.POSITIVE_INFINITY });
    else endLease(personId, leaseIdOfPeer(peer));
  }
}

/** Ends the leases of another process. Its people have the grace period to reconnect to this one. */
function dropPeer(peer: string): void {
  for (const personId of presence().people.keys()) endLease(personId, leaseIdOfPeer(peer));
}

/** Sends the states of all leases of this process: another process started, or may have missed a message. */
function sendAllToPeers(): void {
  const byOrganization = new Map<string, PresenceStates>();
  for (const [personId, person] of presence().people) {
    const state = stateOf(person, "own");
    if (!state) continue;
    const states = byOrganization.get(person.organizationId) ?? {};
    byOrganization.set(person.organizationId, states);
    states[personId] = state;
  }
  // This empty message makes the others drop what this process sent before.
  sendToPeers("presence", { full: true, organizationId: "", people: {} });
  for (const [organizationId, states] of byOrganization) {
    for (const part of parts(states)) sendToPeers("presence", { full: false, organizationId, people: part });
  }
}
