import type { Frame } from "@/lib/contract/events";
import { joinAudience, sessionIdsOf, roomKey, type ServerSocket, socketsOf } from "./audience";
import { broadcast } from "./broadcast";
import { onBus, ringPeers, sendToPeers } from "./bus";
import { log } from "./log";
import { metrics } from "./metrics";
import { once } from "./once";

/**
 * Two counters that show whether a room's listeners may have changed. `members` is the room's `changedSeq`, which increases
 * when the room or a membership changes. `proof` is a counter of the organization, which increases when a login is ended early,
 * or a person's role or access changes.
 */
export interface ListenerVersions {
  members: number;
  proof: number;
}

/** The result of a pull. A pull is one statement that reads a room's changes since a clock and which logins may receive them. */
export interface Pulled {
  frame: Frame;
  /** Whether there are more changes than fit in one frame. Then pull again. */
  more: boolean;
  versions: ListenerVersions;
  /** The logins of `sessionIds` that belong to current members, with the time at which each expires, in ms since 1970. */
  listeners: Map<string, number>;
}
export type Pull = (roomId: string, from: number, sessionIds: string[]) => Promise<Pulled | null>;

interface RoomState {
  /** The clock up to which this process has sent frames. */
  sentClock: number;
  /** Sockets that subscribed after some frames were sent. An empty frame with the clock tells their clients to sync. */
  behindSockets: Set<ServerSocket>;
  isPulling: boolean;
  pullAgain: boolean;
  /** Time of the first ring whose changes have not been sent yet, by `performance.now()`; null if there is none. */
  unsentSince: number | null;
  /** The logins that may receive frames and when each expires, in ms since 1970. Valid only at `versions`. */
  allowed: Map<string, number>;
  versions: ListenerVersions | null;
  /** The latest pull of this room. Pulls of a room run one after another, because each updates `allowed`. */
  lastPull: Promise<unknown>;
}
interface Realtime {
  pull: Pull | null;
  rooms: Map<string, RoomState>;
}

const realtime = () => once<Realtime>("realtime", () => ({ pull: null, rooms: new Map() }));

/** Call once when the server starts. Before that, functions here do nothing, so handlers can be tested without a server. */
export function startRealtime(pull: Pull): void {
  realtime().pull = pull;
  onBus("ring", ({ roomIds }) => roomIds.forEach(ringHere));
  onBus("typing", ({ roomId, personId }) => void sendTyping(roomId, personId).catch(() => {}));
}

/**
 * Subscribes sockets to a room whose clock is `clock`. Each pull checks which of them may receive its frame. `clientClock` is
 * the room's clock in their clients: if later frames were already sent, an empty frame makes these clients sync.
 */
export function subscribe(sockets: Iterable<ServerSocket>, roomId: string, clock: number, clientClock = clock): void {
  const joined: ServerSocket[] = [];
  for (const socket of sockets) if (joinAudience(socket, roomKey(roomId))) joined.push(socket);
  if (joined.length === 0) return;
  const { rooms } = realtime();
  const state = rooms.get(roomId) ?? newState(clock);
  rooms.set(roomId, state);
  // A running pull sends only to sockets that subscribed before it began.
  if (!state.isPulling && state.sentClock <= clientClock) return;
  for (const socket of joined) state.behindSockets.add(socket);
  ringHere(roomId);
}

function newState(sentClock: number): RoomState {
  return {
    sentClock,
    behindSockets: new Set(),
    isPulling: false,
    pullAgain: false,
    unsentSince: null,
    allowed: new Map(),
    versions: null,
    lastPull: Promise.resolve(),
  };
}

/** Call when a room has changed: every process with listeners pulls the changes and sends them to its own. */
export function ring(roomId: string): void {
  ringPeers(roomId);
  ringHere(roomId);
}

/** Like `ring`, for this process only. One pull of a room runs at a time; rings during it cause one more. */
export function ringHere(roomId: string): void {
  const { rooms, pull } = realtime();
  const state = rooms.get(roomId);
  if (!state || !pull) return;
  state.pullAgain = true;
  state.unsentSince ??= performance.now();
  if (!state.isPulling) void pullUntilSent(roomId, state, pull);
}

async function pullUntilSent(roomId: string, state: RoomState, pull: Pull): Promise<void> {
  state.isPulling = true;
  try {
    while (state.pullAgain) await pullAndSend(roomId, state, pull);
  } catch (error) {
    metrics().pullFailures.inc();
    log().error({ roomId, err: String(error) }, "pull failed");
    setTimeout(() => ringHere(roomId), 1_000).unref();
  } finally {
    // No `await` may come between the last read of `pullAgain` and this line: a ring in between would be lost.
    state.isPulling = false;
  }
}

async function pullAndSend(roomId: string, state: RoomState, pull: Pull): Promise<void> {
  const { behindSockets } = state;
  Object.assign(state, { pullAgain: false, behindSockets: new Set<ServerSocket>() });
  // Only these sockets may receive the frame. One that subscribes during the pull is added to `behindSockets`.
  const sockets = [...socketsOf(roomKey(roomId))];
  if (sockets.length === 0) return void realtime().rooms.delete(roomId);
  const began = performance.now();
  const unsentSince = state.unsentSince ?? began;
  const pulled = await pullInTurn(roomId, state, pull, state.sentClock, sockets).catch((error: unknown) => {
    for (const socket of behindSockets) state.behindSockets.add(socket);
    throw error;
  });
  // The changes that earlier rings announced have been read. A ring during the pull counts from the pull's start.
  if (!pulled?.more) state.unsentSince = state.pullAgain ? began : null;
  if (!pulled) return;
  state.pullAgain ||= pulled.more;
  if (pulled.frame.to > state.sentClock) sendFrame(state, pulled.frame, allowedOf(state, sockets), unsentSince);
  if (behindSockets.size > 0) sendClock(roomId, state.sentClock, allowedOf(state, behindSockets));
}

/** Sends an empty frame. A client whose clock is lower then syncs. */
function sendClock(roomId: string, clock: number, sockets: ServerSocket[]): void {
  broadcast(sockets, "frame", { roomId, from: clock, to: clock, rows: [], room: null });
}

/** Pulls once the previous pull of the room has ended. Updates `state.allowed` for these sockets. */
function pullInTurn(roomId: string, state: RoomState, pull: Pull, from: number, sockets: ServerSocket[]) {
  const pulled = state.lastPull.then(() => pullNow(roomId, state, pull, from, sockets));
  state.lastPull = pulled.catch(() => {});
  return pulled;
}

async function pullNow(roomId: string, state: RoomState, pull: Pull, from: number, sockets: ServerSocket[]) {
  const logins = sessionIdsOf(sockets);
  const now = Date.now();
  let pulled = await pull(roomId, from, state.versions ? logins.filter((id) => !isAllowed(state, id, now)) : logins);
  if (pulled && state.versions && !isSame(pulled.versions, state.versions)) {
    // A membership or login has changed: check every login again, in the statement that reads the rows.
    state.allowed.clear();
    state.versions = null;
    pulled = await pull(roomId, from, logins);
  }
  if (!pulled) return null;
  state.versions = pulled.versions;
  for (const [id, expiresAt] of pulled.listeners) state.allowed.set(id, expiresAt);
  forgetDisconnected(state, logins);
  return pulled;
}

/** Removes logins that are no longer connected, once there are more of them than connected ones. */
function forgetDisconnected({ allowed }: RoomState, logins: string[]): void {
  if (allowed.size <= 2 * logins.length + 100) return;
  const connected = new Set(logins);
  for (const id of allowed.keys()) if (!connected.has(id)) allowed.delete(id);
}

/** Whether neither counter has moved. */
export const isSame = (a: ListenerVersions, b: ListenerVersions): boolean =>
  a.members === b.members && a.proof === b.proof;
const isAllowed = (state: RoomState, login: string, now: number) => (state.allowed.get(login) ?? 0) > now;

function allowedOf(state: RoomState, sockets: Iterable<ServerSocket>): ServerSocket[] {
  const now = Date.now();
  const found: ServerSocket[] = [];
  for (const socket of sockets) if (isAllowed(state, socket.data.actor.sessionId, now)) found.push(socket);
  return found;
}

function sendFrame(state: RoomState, frame: Frame, sockets: ServerSocket[], unsentSince: number): void {
  state.sentClock = frame.to;
  if (sockets.length === 0) return;
  broadcast(sockets, "frame", frame);
  const { frames, deliveries, fanOutSeconds } = metrics();
  frames.inc();
  deliveries.inc(frame.rows.length * sockets.length);
  fanOutSeconds.observe((performance.now() - unsentSince) / 1_000);
}

/**
 * Sends rows that were just committed, without reading them again, if the frame directly follows the last one sent and the
 * room's listeners have not changed since they were read. Otherwise rings. `versions` are the listeners' versions at the commit.
 * `began` is when storing the rows began, by `performance.now()`.
 */
export function sendCommitted(frame: Frame, versions: ListenerVersions, began: number): void {
  const { roomId } = frame;
  ringPeers(roomId);
  const state = realtime().rooms.get(roomId);
  if (!state) return;
  const sockets = socketsOf(roomKey(roomId));
  const isNext = !state.isPulling && state.unsentSince === null && state.sentClock === frame.from;
  if (!isNext || !state.versions || !isSame(state.versions, versions)) return ringHere(roomId);
  const allowed = allowedOf(state, sockets);
  // A socket that is not in `allowed` may have subscribed just now. Only a pull can check its login.
  if (allowed.length !== sockets.size) return ringHere(roomId);
  sendFrame(state, frame, allowed, began);
}

/** Broadcasts that somebody is typing in a room, on all processes. The logins that may receive frames receive this too. */
export async function broadcastTyping(roomId: string, personId: string): Promise<void> {
  sendToPeers("typing", { roomId, personId });
  await sendTyping(roomId, personId);
}

async function sendTyping(roomId: string, personId: string): Promise<void> {
  const { pull, rooms } = realtime();
  const state = rooms.get(roomId);
  const sockets = [...socketsOf(roomKey(roomId))].filter((socket) => socket.data.actor.personId !== personId);
  if (!pull || !state || sockets.length === 0) return;
  // No row is newer than this clock, so this pull only updates `allowed`.
  if (!(await pullInTurn(roomId, state, pull, Number.MAX_SAFE_INTEGER, sockets))) return;
  // Skip clients that read slowly: the event would be stale when they read it.
  const quick = allowedOf(state, sockets).filter((socket) => socket.conn["writeBuffer"].length === 0);
  broadcast(quick, "typing", { roomId, personId });
}

/** The clock up to which each room's frames were sent. Rooms without listeners are removed first. */
export function roomClocks(): Map<string, number> {
  const { rooms } = realtime();
  for (const id of rooms.keys()) if (socketsOf(roomKey(id)).size === 0) rooms.delete(id);
  return new Map([...rooms].map(([id, { sentClock }]) => [id, sentClock]));
}

/** The number of rooms with listeners in this process, and of those with a running pull. */
export function realtimeLoad() {
  const { rooms } = realtime();
  return { rooms: rooms.size, pulls: [...rooms.values()].filter((state) => state.isPulling).length };
}
