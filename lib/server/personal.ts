import type { MeChange, MeEvent } from "@/lib/contract/events";
import type { Person } from "@/lib/contract/person";
import { endedSessions, validSessions } from "./actor";
import {
  leaveAudience,
  loginsOf,
  organizationKey,
  type ParleyServer,
  type ParleySocket,
  personKey,
  roomKey,
  sessionKey,
  socketsOf,
} from "./audience";
import { waitingFor } from "./backlog";
import { broadcast } from "./broadcast";
import { type BusMessages, onBus, tellPeers } from "./bus";
import { forgetIntents } from "./intents";
import { log } from "./log";
import { once } from "./once";
import { listen, ringHere, toldRooms } from "./realtime";

/** What became of rooms and people since these clocks: rooms that moved on, and people with the rooms they are in now. */
export type FindMoved = (
  rooms: Map<string, number>,
  people: Map<string, number>,
) => Promise<{ roomIds: string[]; people: { id: string; clock: number; rooms: { id: string; clock: number }[] }[] }>;

const sweepMs = 5_000;
const sweepLoginsMs = 2_000;
/** Logins end by themselves after days without use: enough to look at all of them now and then. */
const sweepAllLoginsMs = 60_000;
const sweepIntentsMs = 60_000;

interface Personal {
  io: ParleyServer | null;
  findMoved: FindMoved | null;
  /** Of people who are connected here: the tick of their own clock up to which they were told. */
  clocks: Map<string, number>;
}
const personal = () => once<Personal>("personal", () => ({ io: null, findMoved: null, clocks: new Map() }));

export function startPersonal(io: ParleyServer, findMoved: FindMoved): void {
  Object.assign(personal(), { io, findMoved });
  onBus("me", (message) => void tellMeHere(message).catch(() => {}));
  onBus("person", ({ organizationId, person }) => tellPersonHere(organizationId, person));
  onBus("ended", ({ sessionIds }) => closeSessionsHere(sessionIds));
  // Whoever appeared or went may have changed what nobody told us of.
  onBus("peer", () => void guarded(sweep));
  onBus("gone", () => void guarded(sweep));
  // What processes tell each other may be lost, a login may run out: sweeps find what nobody told.
  repeat(sweepMs, sweep);
  repeat(sweepLoginsMs, async () => closeSessionsHere(await endedSessions()));
  repeat(sweepAllLoginsMs, closeEnded);
  repeat(sweepIntentsMs, forgetIntents);
}

/** One after the other, and again also after a failure. */
function repeat(ms: number, work: () => Promise<void>): void {
  setTimeout(() => void guarded(work).finally(() => repeat(ms, work)), ms).unref();
}

async function guarded(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log().error({ err: String(error) }, "sweep failed");
  }
}

/** A new socket's person is told what happens from this tick on; what an earlier socket was told last still holds. */
export function knowPerson(personId: string, clock: number): void {
  const { clocks } = personal();
  if (!clocks.has(personId) || socketsOf(personKey(personId)).size === 1) clocks.set(personId, clock);
}

/** Tells somebody's own sockets, on all processes, what changed for them; only logins that are good now hear it. */
export async function tellMe(personId: string, { clock, changes }: MeEvent): Promise<void> {
  const joined = (changes ?? []).flatMap((change): [string, number][] =>
    change.type === "entry" ? [[change.entry.room.id, change.entry.clock]] : [],
  );
  const left = (changes ?? []).flatMap((change) => (change.type === "gone" ? [change.roomId] : []));
  const message = { personId, clock, changes, joined, left };
  tellPeers("me", message);
  await tellMeHere(message);
}

async function tellMeHere({ personId, clock, changes, joined, left }: BusMessages["me"]): Promise<void> {
  const sockets = socketsOf(personKey(personId));
  if (sockets.size === 0) return;
  const { clocks } = personal();
  const known = clocks.get(personId) ?? clock - 1;
  // Transactions are told of in any order, and by any process: what was read later already is not undone.
  if (known + 1 === clock) {
    clocks.set(personId, clock);
    for (const [roomId, roomClock] of joined) listen(sockets, roomId, roomClock);
    for (const roomId of left) for (const socket of sockets) leaveAudience(socket, roomKey(roomId));
  } else if (known < clock) await catchUpOn(new Map(), new Map([[personId, known]]));
  await emitMe(personId, [...sockets], clock, changes);
}

async function emitMe(
  personId: string,
  sockets: ParleySocket[],
  clock: number,
  changes: MeChange[] | null,
): Promise<void> {
  const valid = await validSessions(loginsOf(sockets)).catch((error: unknown) => {
    // Nobody was told: the sweep finds it when the database is back.
    const { clocks } = personal();
    clocks.set(personId, Math.min(clocks.get(personId) ?? 0, clock - 1));
    throw error;
  });
  const good = sockets.filter((socket) => valid.has(socket.data.actor.sessionId));
  broadcast(good, "me", { clock, changes });
}

/** Tells everybody of the organization who is connected of somebody new or changed. Guests learn of people from their rooms. */
export function tellPerson(organizationId: string, person: Person): void {
  tellPeers("person", { organizationId, person });
  tellPersonHere(organizationId, person);
}

function tellPersonHere(organizationId: string, person: Person): void {
  const members = [...socketsOf(organizationKey(organizationId))].filter(({ data }) => data.actor.role !== "guest");
  broadcast(members, "person", person);
}

/** Closes the sockets of logins that have ended, on all processes. */
export function closeSessions(sessionIds: string[]): void {
  for (let at = 0; at < sessionIds.length; at += 100) {
    tellPeers("ended", { sessionIds: sessionIds.slice(at, at + 100) });
  }
  closeSessionsHere(sessionIds);
}

function closeSessionsHere(sessionIds: string[]): void {
  for (const socket of sessionIds.flatMap((id) => [...socketsOf(sessionKey(id))])) {
    // After the acknowledgement: whoever signs out over this very socket is answered first.
    setImmediate(() => {
      socket.emit("bye", { reason: "signed_out", afterMs: 0 });
      socket.disconnect(true);
    });
  }
}

async function closeEnded(): Promise<void> {
  const ids = loginsOf((personal().io?.sockets.sockets.values() ?? []) as Iterable<ParleySocket>);
  for (let at = 0; at < ids.length; at += 1_000) {
    const some = ids.slice(at, at + 1_000);
    const valid = await validSessions(some);
    closeSessionsHere(some.filter((id) => !valid.has(id)));
  }
}

/** Finds what was not told: a process was killed between a commit and its ring, or the way between processes was down. */
async function sweep(): Promise<void> {
  const { clocks } = personal();
  for (const id of clocks.keys()) if (socketsOf(personKey(id)).size === 0) clocks.delete(id);
  const rooms = toldRooms();
  if (rooms.size > 0 || clocks.size > 0) await catchUpOn(rooms, new Map(clocks));
}

/** Reads what became of rooms and people since these clocks, and does what should have been done about it. */
async function catchUpOn(rooms: Map<string, number>, people: Map<string, number>): Promise<void> {
  const { findMoved, clocks } = personal();
  if (!findMoved) return;
  const moved = await findMoved(rooms, people);
  moved.roomIds.forEach(ringHere);
  for (const { id, clock, rooms: mine } of moved.people) {
    const sockets = [...socketsOf(personKey(id))];
    if (sockets.length === 0 || clock < (clocks.get(id) ?? 0)) continue;
    clocks.set(id, clock);
    const now = new Set(mine.map((room) => roomKey(room.id)));
    // Nobody knows what they heard of rooms they come back to.
    for (const room of mine) listen(sockets, room.id, room.clock, -1);
    for (const socket of sockets) {
      const left = socket.data.audiences.filter(({ key }) => key.startsWith("room:") && !now.has(key));
      for (const { key } of left) leaveAudience(socket, key);
    }
    await emitMe(id, sockets, clock, null);
  }
}

/** The sockets of this process and what waits for their readers. Walks all of them: for now and then. */
export function personalLoad() {
  const queues = [...(personal().io?.sockets.sockets.values() ?? [])].map((socket) => waitingFor(socket.conn).packets);
  return {
    sockets: queues.length,
    queued: queues.reduce((sum, length) => sum + length, 0),
    longestQueue: queues.reduce((longest, length) => Math.max(longest, length), 0),
  };
}
