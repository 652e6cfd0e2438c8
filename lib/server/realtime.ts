import type { Frame } from "@/lib/contract/events";
import { joinAudience, loginsOf, type ParleySocket, roomKey, socketsOf } from "./audience";
import { broadcast } from "./broadcast";
import { onBus, ringPeers, tellPeers } from "./bus";
import { log } from "./log";
import { metrics } from "./metrics";
import { once } from "./once";

/**
 * Of which moment a set of listeners is: `members` is the room's `changedSeq`, which moves with every membership,
 * `logins` the organization's `loginClock`, which moves with every login that ends. Read in one statement with the rows.
 */
export interface Moment {
  members: number;
  logins: number;
}

/** What a pull reads, in one statement: the changes since `from`, and who of these logins may hear them now. */
export interface Pulled {
  frame: Frame;
  /** There is more than one frame holds: pull again. */
  more: boolean;
  moment: Moment;
  /** Of the logins asked about, those of people who are members now, and until when they are good by themselves (ms since 1970). */
  listeners: Map<string, number>;
}
export type Pull = (roomId: string, from: number, sessionIds: string[]) => Promise<Pulled | null>;

interface RoomState {
  /** The clock up to which this process has told its listeners. */
  told: number;
  /** Who may have missed some of it. */
  late: Set<ParleySocket>;
  pulling: boolean;
  again: boolean;
  /** When the oldest ring that no frame has followed yet was, by `performance.now()`. */
  rungAt: number | null;
  /** Who was found to be good, and of which moment that is. It holds for exactly that moment. */
  moment: Moment | null;
  good: Map<string, number>;
  /** One question at a time: an answer is understood by what was known when it was asked. */
  asking: Promise<unknown>;
}
interface Realtime {
  pull: Pull | null;
  rooms: Map<string, RoomState>;
}

const realtime = () => once<Realtime>("realtime", () => ({ pull: null, rooms: new Map() }));

/** Server.ts sets, all others get. Without it everything here does nothing, so handlers run without a server. */
export function startRealtime(pull: Pull): void {
  realtime().pull = pull;
  onBus("ring", ({ roomIds }) => roomIds.forEach(ringHere));
  onBus("typing", ({ roomId, personId }) => void typingHere(roomId, personId).catch(() => {}));
}

/**
 * These sockets should be asked about when this room changes. A hint: whether they hear is decided by the pull. What
 * is told here beyond `known`, the clock they have, without them, they miss: they are told so, and ask.
 */
export function listen(sockets: Iterable<ParleySocket>, roomId: string, clock: number, known = clock): void {
  const joined: ParleySocket[] = [];
  for (const socket of sockets) if (joinAudience(socket, roomKey(roomId))) joined.push(socket);
  if (joined.length === 0) return;
  const { rooms } = realtime();
  const state = rooms.get(roomId) ?? newState(clock);
  rooms.set(roomId, state);
  // What is being pulled now may be of later than what they ask for next, and is told only to who was here before.
  if (!state.pulling && state.told <= known) return;
  for (const socket of joined) state.late.add(socket);
  ringHere(roomId);
}

function newState(told: number): RoomState {
  const nothing = { moment: null, good: new Map<string, number>(), asking: Promise.resolve() };
  return { told, late: new Set(), pulling: false, again: false, rungAt: null, ...nothing };
}

/** Something in this room changed: tell those who listen, here and on other processes. */
export function ring(roomId: string): void {
  ringPeers(roomId);
  ringHere(roomId);
}

/** Coalesced; one pull in flight per room. */
export function ringHere(roomId: string): void {
  const { rooms, pull } = realtime();
  const state = rooms.get(roomId);
  if (!state || !pull) return;
  state.again = true;
  state.rungAt ??= performance.now();
  if (!state.pulling) void drain(roomId, state, pull);
}

async function drain(roomId: string, state: RoomState, pull: Pull): Promise<void> {
  state.pulling = true;
  try {
    while (state.again) await pullAndTell(roomId, state, pull);
  } catch (error) {
    metrics().pullFailures.inc();
    log().error({ roomId, err: String(error) }, "pull failed");
    // The database may be away for a moment: what it holds is told when it is back.
    setTimeout(() => ringHere(roomId), 1_000).unref();
  } finally {
    // In the same breath as `again` was looked at: who rings in between would ring in vain.
    state.pulling = false;
  }
}

async function pullAndTell(roomId: string, state: RoomState, pull: Pull): Promise<void> {
  const { late } = state;
  Object.assign(state, { again: false, late: new Set<ParleySocket>() });
  // Exactly those who were asked about may hear: a socket that comes while they are is late.
  const sockets = [...socketsOf(roomKey(roomId))];
  if (sockets.length === 0) return void realtime().rooms.delete(roomId);
  const began = performance.now();
  const rungAt = state.rungAt ?? began;
  const pulled = await pullFor(roomId, state, pull, state.told, sockets).catch((error: unknown) => {
    for (const socket of late) state.late.add(socket);
    throw error;
  });
  // Who rang meanwhile rang after this pull began. One that fails leaves the time: what it was to tell is late.
  if (!pulled?.more) state.rungAt = state.again ? began : null;
  if (!pulled) return;
  state.again ||= pulled.more;
  if (pulled.frame.to > state.told) tell(state, pulled.frame, hearing(state, sockets), rungAt);
  if (late.size > 0) tellClock(roomId, state.told, hearing(state, late));
}

/** A frame of nothing: whoever is behind this clock notices, and asks. */
function tellClock(roomId: string, clock: number, sockets: ParleySocket[]): void {
  broadcast(sockets, "frame", { roomId, from: clock, to: clock, rows: [], room: null });
}

/** Pulls, and leaves in `state.good` who of these sockets may hear what was pulled. */
function pullFor(roomId: string, state: RoomState, pull: Pull, from: number, sockets: ParleySocket[]) {
  const asked = state.asking.then(() => pullNow(roomId, state, pull, from, sockets));
  state.asking = asked.catch(() => {});
  return asked;
}

async function pullNow(roomId: string, state: RoomState, pull: Pull, from: number, sockets: ParleySocket[]) {
  const logins = loginsOf(sockets);
  const now = Date.now();
  let pulled = await pull(roomId, from, state.moment ? logins.filter((id) => !isGood(state, id, now)) : logins);
  if (pulled && state.moment && !isSame(pulled.moment, state.moment)) {
    // Members or logins have changed: everybody is asked about anew, together with the rows.
    state.good.clear();
    state.moment = null;
    pulled = await pull(roomId, from, logins);
  }
  if (!pulled) return null;
  state.moment = pulled.moment;
  for (const [id, until] of pulled.listeners) state.good.set(id, until);
  // Logins that have gone away leave nothing behind.
  if (state.good.size > 2 * logins.length + 100) {
    const here = new Set(logins);
    for (const id of state.good.keys()) if (!here.has(id)) state.good.delete(id);
  }
  return pulled;
}

const isSame = (a: Moment, b: Moment) => a.members === b.members && a.logins === b.logins;
const isGood = (state: RoomState, login: string, now: number) => (state.good.get(login) ?? 0) > now;

function hearing(state: RoomState, sockets: Iterable<ParleySocket>): ParleySocket[] {
  const now = Date.now();
  const found: ParleySocket[] = [];
  for (const socket of sockets) if (isGood(state, socket.data.actor.sessionId, now)) found.push(socket);
  return found;
}

function tell(state: RoomState, frame: Frame, sockets: ParleySocket[], rungAt: number): void {
  state.told = frame.to;
  if (sockets.length === 0) return;
  broadcast(sockets, "frame", frame);
  const { frames, deliveries, fanOutSeconds } = metrics();
  frames.inc();
  deliveries.inc(frame.rows.length * sockets.length);
  fanOutSeconds.observe((performance.now() - rungAt) / 1_000);
}

/**
 * Rows that were just committed, with the moment their statement proved under its locks: where they are what comes
 * next and everybody here is known as of that very moment, they are told without reading them again. Else it is a ring.
 */
export function tellCommitted(frame: Frame, moment: Moment, began: number): void {
  const { roomId } = frame;
  ringPeers(roomId);
  const state = realtime().rooms.get(roomId);
  if (!state) return;
  const sockets = socketsOf(roomKey(roomId));
  const isNext = !state.pulling && state.rungAt === null && state.told === frame.from;
  if (!isNext || !state.moment || !isSame(state.moment, moment)) return ringHere(roomId);
  const found = hearing(state, sockets);
  // Somebody who is not known yet, or is no member: the pull asks.
  if (found.length !== sockets.size) return ringHere(roomId);
  tell(state, frame, found, began);
}

/** Tells who listens in a room that somebody types. Recipients are decided like those of a frame. */
export async function tellTyping(roomId: string, personId: string): Promise<void> {
  tellPeers("typing", { roomId, personId });
  await typingHere(roomId, personId);
}

async function typingHere(roomId: string, personId: string): Promise<void> {
  const { pull, rooms } = realtime();
  const state = rooms.get(roomId);
  const sockets = [...socketsOf(roomKey(roomId))].filter((socket) => socket.data.actor.personId !== personId);
  if (!pull || !state || sockets.length === 0) return;
  if (!(await pullFor(roomId, state, pull, Number.MAX_SAFE_INTEGER, sockets))) return;
  // Nobody waits for this: a reader that is behind can do without.
  const quick = hearing(state, sockets).filter((socket) => socket.conn["writeBuffer"].length === 0);
  broadcast(quick, "typing", { roomId, personId });
}

/** The clocks up to which rooms were told; those that nobody listens in any more are forgotten. */
export function toldRooms(): Map<string, number> {
  const { rooms } = realtime();
  for (const id of rooms.keys()) if (socketsOf(roomKey(id)).size === 0) rooms.delete(id);
  return new Map([...rooms].map(([id, { told }]) => [id, told]));
}

/** Rooms that are listened in, and pulls under way. */
export function realtimeLoad() {
  const { rooms } = realtime();
  return { rooms: rooms.size, pulls: [...rooms.values()].filter((state) => state.pulling).length };
}
