import type { Server, Socket } from "socket.io";
import type { ClientEvents, Frame, MeEvent, ServerEvents } from "@/lib/contract/events";
import type { Person } from "@/lib/contract/person";
import { type Actor, validSessions } from "./actor";
import { log } from "./log";
import { metrics } from "./metrics";
import { once } from "./once";

/** What the server remembers of a socket. */
export interface SocketData {
  actor: Actor;
  address: string;
}
export type ParleyServer = Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>;
export type ParleySocket = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>;

/** What a pull reads, in one statement: the changes since `from`, and who of these logins may hear them now. */
export interface Pulled {
  frame: Frame;
  /** There is more than one frame holds: pull again. */
  more: boolean;
  /** Logins that are good now, of people who are members now. */
  listeners: Set<string>;
}
export type Pull = (roomId: string, from: number, sessionIds: string[]) => Promise<Pulled | null>;

interface RoomState {
  /** The clock up to which this process has told its listeners. */
  told: number;
  pulling: boolean;
  again: boolean;
  /** When the oldest ring that no frame has followed yet was, by `performance.now()`. */
  rungAt: number | null;
}
interface Realtime {
  io: ParleyServer | null;
  pull: Pull | null;
  rooms: Map<string, RoomState>;
}

const realtime = () => once<Realtime>("realtime", () => ({ io: null, pull: null, rooms: new Map() }));

/** Server.ts sets, all others get. Without it everything here does nothing, so handlers run without a server. */
export function startRealtime(io: ParleyServer, pull: Pull): void {
  Object.assign(realtime(), { io, pull });
  // A ring is a hint and may be lost, a login may run out: sweeps find what nobody told.
  setInterval(() => [...realtime().rooms.keys()].forEach(ring), 15_000).unref();
  // The promise is that the sockets of a login that ended are closed within 5 s.
  setInterval(() => {
    closeEnded().catch((error) => log().error({ err: String(error) }, "sweep failed"));
  }, 2_000).unref();
}

const roomKey = (id: string) => `room:${id}`;
export const personKey = (id: string) => `user:${id}`;
export const sessionKey = (id: string) => `session:${id}`;
export const organizationKey = (id: string) => `organization:${id}`;

/** The sockets of this process behind a key. */
export function socketsOf(key: string): ParleySocket[] {
  const { io } = realtime();
  const ids = io?.sockets.adapter.rooms.get(key);
  if (!io || !ids) return [];
  return [...ids].flatMap((id) => io.sockets.sockets.get(id) ?? []);
}

/** This socket should be asked about when this room changes. A hint: whether it hears is decided by the pull. */
export function listen(sockets: ParleySocket[], roomId: string, clock: number): void {
  if (sockets.length === 0) return;
  for (const socket of sockets) void socket.join(roomKey(roomId));
  const { rooms } = realtime();
  if (!rooms.has(roomId)) rooms.set(roomId, { told: clock, pulling: false, again: false, rungAt: null });
}

/** Something in this room changed: tell those who listen. Coalesced; one pull in flight per room. */
export function ring(roomId: string): void {
  const { rooms, pull } = realtime();
  const state = rooms.get(roomId);
  if (!state || !pull) return;
  state.again = true;
  state.rungAt ??= performance.now();
  if (state.pulling) return;
  state.pulling = true;
  drain(roomId, state, pull)
    .catch((error) => {
      metrics().pullFailures.inc();
      log().error({ roomId, err: String(error) }, "pull failed");
      // The database may be away for a moment: what it holds is told when it is back.
      setTimeout(() => ring(roomId), 1_000).unref();
    })
    .finally(() => {
      state.pulling = false;
    });
}

async function drain(roomId: string, state: RoomState, pull: Pull): Promise<void> {
  while (state.again) {
    state.again = false;
    // Exactly those who were asked about may hear: a socket that comes later learns of this from its own `sync`.
    const sockets = socketsOf(roomKey(roomId));
    if (sockets.length === 0) {
      realtime().rooms.delete(roomId);
      return;
    }
    const began = performance.now();
    const rungAt = state.rungAt ?? began;
    const pulled = await pull(roomId, state.told, [...new Set(sockets.map((socket) => socket.data.actor.sessionId))]);
    // Who rang meanwhile rang after this pull began. One that fails leaves the time: what it was to tell is late.
    if (!pulled?.more) state.rungAt = state.again ? began : null;
    if (!pulled || pulled.frame.to <= state.told) continue;
    state.told = pulled.frame.to;
    state.again ||= pulled.more;
    const hearing = sockets.filter((socket) => pulled.listeners.has(socket.data.actor.sessionId));
    if (hearing.length === 0) continue;
    realtime()
      .io?.to(hearing.map((socket) => socket.id))
      .emit("frame", pulled.frame);
    const { frames, deliveries, fanOutSeconds } = metrics();
    frames.inc();
    deliveries.inc(pulled.frame.rows.length * hearing.length);
    fanOutSeconds.observe((performance.now() - rungAt) / 1_000);
  }
}

/** How much hangs on this process at this moment. Walks all sockets and rooms: for now and then. */
export function realtimeLoad() {
  const { io, rooms } = realtime();
  const queues = [...(io?.sockets.sockets.values() ?? [])].map(queueOf);
  return {
    sockets: queues.length,
    queued: queues.reduce((sum, length) => sum + length, 0),
    longestQueue: queues.reduce((longest, length) => Math.max(longest, length), 0),
    rooms: rooms.size,
    pulls: [...rooms.values()].filter((state) => state.pulling).length,
  };
}

/** Packets that engine.io holds back because the connection does not take them. */
function queueOf(socket: ParleySocket): number {
  return socket.conn["writeBuffer"].length;
}

/** Tells somebody's own sockets what changed for them; only logins that are good now hear it. */
export async function tellMe(personId: string, event: MeEvent): Promise<void> {
  const sockets = socketsOf(personKey(personId));
  if (sockets.length === 0) return;
  for (const change of event.changes) {
    if (change.type === "entry") listen(sockets, change.entry.room.id, change.entry.clock);
    if (change.type === "gone") for (const socket of sockets) void socket.leave(roomKey(change.roomId));
  }
  const valid = await validSessions([...new Set(sockets.map((socket) => socket.data.actor.sessionId))]);
  for (const socket of sockets) if (valid.has(socket.data.actor.sessionId)) socket.emit("me", event);
}

/** Tells everybody of the organization who is connected of somebody new or changed. Guests learn of people from their rooms. */
export function tellPerson(organizationId: string, person: Person): void {
  for (const socket of socketsOf(organizationKey(organizationId))) {
    if (socket.data.actor.role !== "guest") socket.emit("person", person);
  }
}

async function closeEnded(): Promise<void> {
  const sockets = [...(realtime().io?.sockets.sockets.values() ?? [])] as ParleySocket[];
  const ids = [...new Set(sockets.map((socket) => socket.data.actor.sessionId))];
  const valid = await validSessions(ids);
  closeSessions(ids.filter((id) => !valid.has(id)));
}

/** Closes the sockets of logins that have ended. */
export function closeSessions(sessionIds: string[]): void {
  for (const socket of sessionIds.flatMap((id) => socketsOf(sessionKey(id)))) {
    // After the acknowledgement: whoever signs out over this very socket is answered first.
    setImmediate(() => {
      socket.emit("bye", { reason: "signed_out", afterMs: 0 });
      socket.disconnect(true);
    });
  }
}

/** Tells who listens in a room that somebody types. Recipients are decided like those of a frame. */
export async function tellTyping(roomId: string, personId: string): Promise<void> {
  const { pull, io } = realtime();
  const sockets = socketsOf(roomKey(roomId)).filter((socket) => socket.data.actor.personId !== personId);
  if (!pull || !io || sockets.length === 0) return;
  const pulled = await pull(roomId, Number.MAX_SAFE_INTEGER, [
    ...new Set(sockets.map((socket) => socket.data.actor.sessionId)),
  ]);
  const hearing = sockets.filter((socket) => pulled?.listeners.has(socket.data.actor.sessionId));
  if (hearing.length > 0) io.to(hearing.map((socket) => socket.id)).volatile.emit("typing", { roomId, personId });
}
