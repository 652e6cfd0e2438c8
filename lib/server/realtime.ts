import type { Frame } from "@/lib/contract/events";
import { joinAudience, loginsOf, roomKey, type ServerSocket, socketsOf } from "./audience";
import { broadcast } from "./broadcast";
import { onBus, ringPeers, sendToPeers } from "./bus";
import { log } from "./log";
import { metrics } from "./metrics";
import { once } from "./once";

/**
 * The versions at which a set of listeners was computed: `members` is the room's `changedSeq`, which moves when a
 * membership changes; `logins` is the organization's `loginClock`, which moves when a login ends.
 */
export interface ListenerVersions {
  members: number;
  logins: number;
}

/** What a pull reads in one statement: the changes since a clock, and which of the given logins may receive them. */
export interface Pulled {
  frame: Frame;
  /** There are more changes than fit in one frame: pull again. */
  more: boolean;
  versions: ListenerVersions;
  /** Of the given logins, those of current members, and when each expires by itself, in ms since 1970. */
  listeners: Map<string, number>;
}
export type Pull = (roomId: string, from: number, sessionIds: string[]) => Promise<Pulled | null>;

interface RoomState {
  /** The clock up to which this process has sent frames. */
  sentClock: number;
  /** Sockets that joined too late for some frames. They are sent the clock, so that they notice and sync. */
  lateSockets: Set<ServerSocket>;
  isPulling: boolean;
  pullAgain: boolean;
  /** When the first ring that no frame has answered yet came, by `performance.now()`. */
  waitingSince: number | null;
  /** The logins that may receive frames and when each expires, in ms since 1970: true at exactly these versions. */
  allowed: Map<string, number>;
  versions: ListenerVersions | null;
  /** Pulls of a room run one after another, because each builds on the `allowed` that the one before left. */
  lastPull: Promise<unknown>;
}
interface Realtime {
  pull: Pull | null;
  rooms: Map<string, RoomState>;
}

const realtime = () => once<Realtime>("realtime", () => ({ pull: null, rooms: new Map() }));

/** Called once by the server. Until then everything here does nothing, so handlers can be tested without a server. */
export function startRealtime(pull: Pull): void {
  realtime().pull = pull;
  onBus("ring", ({ roomIds }) => roomIds.forEach(ringHere));
  onBus("typing", ({ roomId, personId }) => void sendTyping(roomId, personId).catch(() => {}));
}

/**
 * Subscribes sockets to a room at its current `clock`. Each pull still decides whether they may receive. `clientClock` is
 * the clock their clients have: if frames beyond it were sent already, the sockets are sent the clock, so that they sync.
 */
export function listen(sockets: Iterable<ServerSocket>, roomId: string, clock: number, clientClock = clock): void {
  const joined: ServerSocket[] = [];
  for (const socket of sockets) if (joinAudience(socket, roomKey(roomId))) joined.push(socket);
  if (joined.length === 0) return;
  const { rooms } = realtime();
  const state = rooms.get(roomId) ?? newState(clock);
  rooms.set(roomId, state);
  // A pull that is running sends only to sockets that were subscribed before it began.
  if (!state.isPulling && state.sentClock <= clientClock) return;
  for (const socket of joined) state.lateSockets.add(socket);
  ringHere(roomId);
}

function newState(sentClock: number): RoomState {
  return {
    sentClock,
    lateSockets: new Set(),
    isPulling: false,
    pullAgain: false,
    waitingSince: null,
    allowed: new Map(),
    versions: null,
    lastPull: Promise.resolve(),
  };
}

/** Something in this room changed: every process pulls it for its own listeners. */
export function ring(roomId: string): void {
  ringPeers(roomId);
  ringHere(roomId);
}

/** The same for this process alone. At most one pull of a room runs; rings during it cause one more. */
export function ringHere(roomId: string): void {
  const { rooms, pull } = realtime();
  const state = rooms.get(roomId);
  if (!state || !pull) return;
  state.pullAgain = true;
  state.waitingSince ??= performance.now();
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
    // Without an await since `pullAgain` was read: a ring in between would be lost.
    state.isPulling = false;
  }
}

async function pullAndSend(roomId: string, state: RoomState, pull: Pull): Promise<void> {
  const { lateSockets } = state;
  Object.assign(state, { pullAgain: false, lateSockets: new Set<ServerSocket>() });
  // Only the sockets the pull asks about may receive its frame. One that joins meanwhile is late.
  const sockets = [...socketsOf(roomKey(roomId))];
  if (sockets.length === 0) return void realtime().rooms.delete(roomId);
  const began = performance.now();
  const waitingSince = state.waitingSince ?? began;
  const pulled = await pullFor(roomId, state, pull, state.sentClock, sockets).catch((error: unknown) => {
    for (const socket of lateSockets) state.lateSockets.add(socket);
    throw error;
  });
  // Rings during the pull came after it began. A pull that failed keeps `waitingSince`: its changes are still unsent.
  if (!pulled?.more) state.waitingSince = state.pullAgain ? began : null;
  if (!pulled) return;
  state.pullAgain ||= pulled.more;
  if (pulled.frame.to > state.sentClock) sendFrame(state, pulled.frame, allowedOf(state, sockets), waitingSince);
  if (lateSockets.size > 0) sendClock(roomId, state.sentClock, allowedOf(state, lateSockets));
}

/** Sends an empty frame: a client that is behind this clock notices, and syncs. */
function sendClock(roomId: string, clock: number, sockets: ServerSocket[]): void {
  broadcast(sockets, "frame", { roomId, from: clock, to: clock, rows: [], room: null });
}

/** Pulls after the pull before has ended. Afterwards `state.allowed` is current for these sockets. */
function pullFor(roomId: string, state: RoomState, pull: Pull, from: number, sockets: ServerSocket[]) {
  const pulled = state.lastPull.then(() => pullNow(roomId, state, pull, from, sockets));
  state.lastPull = pulled.catch(() => {});
  return pulled;
}

async function pullNow(roomId: string, state: RoomState, pull: Pull, from: number, sockets: ServerSocket[]) {
  const logins = loginsOf(sockets);
  const now = Date.now();
  let pulled = await pull(roomId, from, state.versions ? logins.filter((id) => !isAllowed(state, id, now)) : logins);
  if (pulled && state.versions && !isSame(pulled.versions, state.versions)) {
    // A membership or login has changed: ask about every login again, together with the rows.
    state.allowed.clear();
    state.versions = null;
    pulled = await pull(roomId, from, logins);
  }
  if (!pulled) return null;
  state.versions = pulled.versions;
  for (const [id, expiresAt] of pulled.listeners) state.allowed.set(id, expiresAt);
  forgetOthers(state, logins);
  return pulled;
}

/** Drops logins that have disconnected, once they outnumber those connected. */
function forgetOthers({ allowed }: RoomState, logins: string[]): void {
  if (allowed.size <= 2 * logins.length + 100) return;
  const connected = new Set(logins);
  for (const id of allowed.keys()) if (!connected.has(id)) allowed.delete(id);
}

const isSame = (a: ListenerVersions, b: ListenerVersions) => a.members === b.members && a.logins === b.logins;
const isAllowed = (state: RoomState, login: string, now: number) => (state.allowed.get(login) ?? 0) > now;

function allowedOf(state: RoomState, sockets: Iterable<ServerSocket>): ServerSocket[] {
  const now = Date.now();
  const found: ServerSocket[] = [];
  for (const socket of sockets) if (isAllowed(state, socket.data.actor.sessionId, now)) found.push(socket);
  return found;
}

function sendFrame(state: RoomState, frame: Frame, sockets: ServerSocket[], waitingSince: number): void {
  state.sentClock = frame.to;
  if (sockets.length === 0) return;
  broadcast(sockets, "frame", frame);
  const { frames, deliveries, fanOutSeconds } = metrics();
  frames.inc();
  deliveries.inc(frame.rows.length * sockets.length);
  fanOutSeconds.observe((performance.now() - waitingSince) / 1_000);
}

/**
 * Sends rows that were just committed, without reading them again, if they come next and the listeners were computed at
 * the `versions` that the statement proved under its locks. Otherwise it rings. `began` is by `performance.now()`.
 */
export function sendCommitted(frame: Frame, versions: ListenerVersions, began: number): void {
  const { roomId } = frame;
  ringPeers(roomId);
  const state = realtime().rooms.get(roomId);
  if (!state) return;
  const sockets = socketsOf(roomKey(roomId));
  const isNext = !state.isPulling && state.waitingSince === null && state.sentClock === frame.from;
  if (!isNext || !state.versions || !isSame(state.versions, versions)) return ringHere(roomId);
  const allowed = allowedOf(state, sockets);
  // A socket that is not allowed may only be new: the pull asks.
  if (allowed.length !== sockets.size) return ringHere(roomId);
  sendFrame(state, frame, allowed, began);
}

/** Sends to the room's listeners, on all processes, that somebody is typing. The same logins are allowed as for a frame. */
export async function broadcastTyping(roomId: string, personId: string): Promise<void> {
  sendToPeers("typing", { roomId, personId });
  await sendTyping(roomId, personId);
}

async function sendTyping(roomId: string, personId: string): Promise<void> {
  const { pull, rooms } = realtime();
  const state = rooms.get(roomId);
  const sockets = [...socketsOf(roomKey(roomId))].filter((socket) => socket.data.actor.personId !== personId);
  if (!pull || !state || sockets.length === 0) return;
  // Beyond every clock there are no rows: this pull only refreshes `allowed`.
  if (!(await pullFor(roomId, state, pull, Number.MAX_SAFE_INTEGER, sockets))) return;
  // Not to a slow reader: by the time they read it, it is stale.
  const quick = allowedOf(state, sockets).filter((socket) => socket.conn["writeBuffer"].length === 0);
  broadcast(quick, "typing", { roomId, personId });
}

/** The clock up to which each room's frames were sent. Drops rooms that have no listeners any more. */
export function roomClocks(): Map<string, number> {
  const { rooms } = realtime();
  for (const id of rooms.keys()) if (socketsOf(roomKey(id)).size === 0) rooms.delete(id);
  return new Map([...rooms].map(([id, { sentClock }]) => [id, sentClock]));
}

/** How many rooms have listeners here, and how many of them are being pulled. */
export function realtimeLoad() {
  const { rooms } = realtime();
  return { rooms: rooms.size, pulls: [...rooms.values()].filter((state) => state.isPulling).length };
}
