import type { ChosenPresence, PresenceState } from "@/lib/contract/presence";
import type { Actor } from "./actor";
import type { ServerSocket } from "./audience";
import { type BusMessages, onBus, sendToPeers } from "./bus";
import { pool } from "./pool";
import { log } from "./log";
import { once } from "./once";
import { openBatch, type PresenceBatch } from "./presence-batches";
import { broadcastPresence } from "./presence-broadcast";
import type { FindPeopleSharingRoom, PresenceStates } from "./presence-of-guest";
import { hasOwnLease, type Lease, leaseIdOfPeer, type Leases, stateOf } from "./presence-state";

interface PresentPerson extends Leases {
  organizationId: string;
  leases: Map<string, Lease>;
  /** The state last sent to sockets. */
  sentState: PresenceState | null;
  /** The state last sent to the other processes. It counts only the leases of this process. */
  sentToPeers: PresenceState | null;
  /**
   * Since when the person has not been online for others, by `performance.now()`; null while they are. They are shown as offline
   * `graceMs` later, so that reloading the page does not show it.
   */
  absentSince: number | null;
  /** When a time was last added to `lastSeenToWrite`, by `performance.now()`. */
  seenAt: number;
}
interface Presence {
  people: Map<string, PresentPerson>;
  /** When people were last seen, in ms since 1970, by person id. Holds only the times that are not written to the database yet. */
  lastSeenToWrite: Map<string, number>;
  findPeopleSharingRoom: FindPeopleSharingRoom;
}

/** How long a session that polls is present after each `presence.update`. */
const sessionLeaseMs = 30_000;
const graceMs = 3_000;
const recordLastSeenEveryMs = 60_000;
/** Less than `graceMs`: who then asks when somebody was last seen gets the moment at which they went. */
const writeLastSeenEveryMs = 2_500;
const resendAfterMs = 1_000;
const peoplePerMessage = 100;

const presence = () =>
  once<Presence>("presence", () => ({
    people: new Map(),
    lastSeenToWrite: new Map(),
    findPeopleSharingRoom: () => Promise.resolve(new Set<string>()),
  }));

export function startPresence(findPeopleSharingRoom: FindPeopleSharingRoom): void {
  presence().findPeopleSharingRoom = findPeopleSharingRoom;
  setInterval(sweep, 1_000).unref();
  setInterval(() => void writeLastSeen(), writeLastSeenEveryMs).unref();
  onBus("presence", receiveFromPeer);
  onBus("presenceChosen", ({ personId, chosen }) => applyChoice(personId, chosen));
  for (const reason of ["peerStarted", "mustResend"] as const) onBus(reason, sendAllToPeers);
  onBus("peerStopped", (peer) => endLeasesOfPeer(peer));
}

/**
 * Begins the lease of a socket, which lasts until `endLease`. After it, read what the person chose, and call `applyChoice`. Until then,
 * nobody sees that they are present.
 */
export function beginLease(actor: Actor, leaseId: string, state: PresenceState): void {
  setLease(actor.personId, actor.organizationId, leaseId, { state, expiresAt: Number.POSITIVE_INFINITY });
}

/** Changes the state of a socket's lease. If the socket has closed meanwhile, nothing happens: nobody would end a new lease. */
export function changeLease({ personId, organizationId }: Actor, leaseId: string, state: PresenceState): void {
  const lease = presence().people.get(personId)?.leases.get(leaseId);
  if (lease) setLease(personId, organizationId, leaseId, { ...lease, state });
}

/** Begins or renews the lease of a session that polls. Then read what the person chose, as after `beginLease`. */
export function renewLeaseOfSession({ personId, organizationId, sessionId }: Actor, state: PresenceState): void {
  setLease(personId, organizationId, `session:${sessionId}`, { state, expiresAt: performance.now() + sessionLeaseMs });
}

function setLease(personId: string, organizationId: string, leaseId: string, lease: Lease): void {
  const { people } = presence();
  const person = people.get(personId) ?? {
    organizationId,
    leases: new Map(),
    chosen: null,
    sentState: null,
    sentToPeers: null,
    absentSince: null,
    seenAt: Number.NEGATIVE_INFINITY,
  };
  people.set(personId, person);
  person.leases.set(leaseId, lease);
  update(personId, person);
}

export function endLease(personId: string, leaseId: string): void {
  const person = presence().people.get(personId);
  if (person?.leases.delete(leaseId)) update(personId, person);
}

/** Applies what a person chose, if they have a lease on this process. An older choice than the known one changes nothing. */
export function applyChoice(personId: string, chosen: ChosenPresence): void {
  const person = presence().people.get(personId);
  if (!person || !hasOwnLease(person) || (person.chosen && person.chosen.tick > chosen.tick)) return;
  person.chosen = chosen;
  update(personId, person);
}

/** Applies a person's new choice on all processes. A process that misses the message learns of it from the person's log. */
export function announceChoice(personId: string, chosen: ChosenPresence): void {
  sendToPeers("presenceChosen", { personId, chosen });
  applyChoice(personId, chosen);
}

/** Adds this socket to the next batch, which sends it the state of every present person whom it may see. */
export function sendFullPresence(socket: ServerSocket): void {
  openBatch(socket.data.actor.organizationId, flush).newcomers.add(socket);
}

/** Sends the full presence again, a moment later, to a socket that missed some of it. */
function sendFullLater(socket: ServerSocket): void {
  setTimeout(() => sendFullPresence(socket), resendAfterMs).unref();
}

/**
 * Sends the full presence again to guests among these sockets. Call it when a guest, or a person who shares a room with them, may
 * have joined or left a room: that changes whom the guest can see.
 */
export function updatePresenceOfGuests(sockets: Iterable<ServerSocket>): void {
  for (const socket of sockets) if (socket.data.actor.role === "guest") sendFullPresence(socket);
}

/** The number of people who are shown as present. */
export function countPresent(): number {
  return [...presence().people.values()].filter((person) => person.sentState !== null).length;
}

/** The people of an organization who are shown as active. */
export function activePeopleIn(organizationId: string): string[] {
  return [...presence().people].flatMap(([id, person]) =>
    person.organizationId === organizationId && person.sentState === "active" ? [id] : [],
  );
}

/**
 * Call it when a person's leases or choice may have changed. If their state differs from what was sent, the next batch sends it.
 */
function update(personId: string, person: PresentPerson): void {
  // Without a lease, this process is no longer told what the person chooses.
  if (!hasOwnLease(person)) person.chosen = null;
  const now = performance.now();
  const [state, ownState] = [stateNow(person, "all"), stateNow(person, "own")];
  // The time is recorded once a minute while others see the person through this process. It is recorded once more when that ends:
  // `ownState` is null from then on, and `sentToPeers` keeps the previous state until the next batch.
  if (ownState !== null ? now - person.seenAt > recordLastSeenEveryMs : person.sentToPeers !== null) {
    person.seenAt = now;
    presence().lastSeenToWrite.set(personId, Date.now());
  }
  person.absentSince = state === null ? (person.absentSince ?? now) : null;
  const isChanged = state === null ? isOffline(person) && person.sentState !== null : person.sentState !== state;
  if (isChanged || ownState !== person.sentToPeers)
    openBatch(person.organizationId, flush).changed.set(personId, person);
  else forgetIfGone(personId, person);
}

/** What others see of a person now. */
const stateNow = (person: PresentPerson, counted: "all" | "own") => stateOf(person, counted, Date.now());

const isOffline = ({ absentSince }: PresentPerson): boolean =>
  absentSince !== null && performance.now() - absentSince >= graceMs;

/** Until all have been told that a person is gone, the person is kept: somebody who comes back must not be new to this process. */
function forgetIfGone(personId: string, person: PresentPerson): void {
  const isTold = person.sentState === null && person.sentToPeers === null;
  if (isTold && person.leases.size === 0 && isOffline(person)) presence().people.delete(personId);
}

function flush(organizationId: string, { changed, newcomers }: PresenceBatch<PresentPerson>): void {
  const { people, findPeopleSharingRoom } = presence();
  const [toSockets, toPeers]: [PresenceStates, PresenceStates] = [{}, {}];
  for (const [personId, person] of changed) {
    const [state, ownState] = [stateNow(person, "all"), stateNow(person, "own")];
    if (ownState !== person.sentToPeers) toPeers[personId] = person.sentToPeers = ownState;
    if (state === null && !isOffline(person)) continue;
    if (state !== person.sentState) toSockets[personId] = person.sentState = state;
    forgetIfGone(personId, person);
  }
  for (const part of splitStates(toPeers)) sendToPeers("presence", { full: false, organizationId, people: part });
  const readAllStates = () => {
    const states: PresenceStates = {};
    for (const [id, person] of people)
      if (person.sentState && person.organizationId === organizationId) states[id] = person.sentState;
    return states;
  };
  broadcastPresence(organizationId, toSockets, newcomers, { readAllStates, findPeopleSharingRoom, sendFullLater });
}

/** Splits states so that each part fits into one message to other processes. */
function splitStates(states: PresenceStates): PresenceStates[] {
  const entries = Object.entries(states);
  const count = Math.ceil(entries.length / peoplePerMessage);
  return Array.from({ length: count }, (_, part) =>
    Object.fromEntries(entries.slice(part * peoplePerMessage, (part + 1) * peoplePerMessage)),
  );
}

/**
 * Deletes expired leases. Updates people whose grace period or choice may be over, or whose last-seen time may be due. A person
 * without a lease on this process has no last-seen time here, and is updated in every sweep.
 */
function sweep(): void {
  const now = performance.now();
  for (const [personId, person] of presence().people) {
    const hasEnd = person.chosen !== null && person.chosen.until !== null;
    let needsUpdate = person.absentSince !== null || hasEnd || now - person.seenAt > recordLastSeenEveryMs;
    for (const [id, { expiresAt }] of person.leases) if (expiresAt < now) needsUpdate = person.leases.delete(id);
    if (needsUpdate) update(personId, person);
  }
}

const writeLastSeenSql = `
  UPDATE "Person" p SET "lastSeenAt" = to_timestamp(s.ms / 1000.0)
  FROM (SELECT k.id, k.ms FROM unnest($1::uuid[], $2::float8[]) AS k(id, ms)
    JOIN "Person" q ON q.id = k.id ORDER BY k.id FOR NO KEY UPDATE OF q) s WHERE p.id = s.id`;

/** Writes all recorded times with one statement. */
async function writeLastSeen(): Promise<void> {
  const { lastSeenToWrite } = presence();
  if (lastSeenToWrite.size === 0) return;
  const values = [[...lastSeenToWrite.keys()], [...lastSeenToWrite.values()]];
  lastSeenToWrite.clear();
  try {
    await pool().query({ name: "seen", text: writeLastSeenSql, values });
  } catch (error) {
    // These times are lost. People who are still present are recorded again within a minute.
    log().warn({ err: String(error) }, "last seen not written");
  }
}

/** Applies the presence that another process sent. */
function receiveFromPeer({ full, organizationId, people }: BusMessages["presence"], peer: string): void {
  if (full) endLeasesOfPeer(peer);
  for (const [personId, state] of Object.entries(people)) {
    if (state) setLease(personId, organizationId, leaseIdOfPeer(peer), { state, expiresAt: Number.POSITIVE_INFINITY });
    else endLease(personId, leaseIdOfPeer(peer));
  }
}

/** Ends the leases of another process. If its people reconnect to this process within the grace period, they stay present. */
function endLeasesOfPeer(peer: string): void {
  for (const personId of presence().people.keys()) endLease(personId, leaseIdOfPeer(peer));
}

/** Sends the state of each person with a lease on this process. Call it if a peer started or may have missed messages. */
function sendAllToPeers(): void {
  const byOrganization = new Map<string, PresenceStates>();
  for (const [personId, person] of presence().people) {
    const state = stateNow(person, "own");
    if (!state) continue;
    const states = byOrganization.get(person.organizationId) ?? {};
    byOrganization.set(person.organizationId, states);
    states[personId] = state;
  }
  // This empty message makes the other processes drop all presence that this process sent before.
  sendToPeers("presence", { full: true, organizationId: "", people: {} });
  for (const [organizationId, states] of byOrganization) {
    for (const part of splitStates(states)) sendToPeers("presence", { full: false, organizationId, people: part });
  }
}
