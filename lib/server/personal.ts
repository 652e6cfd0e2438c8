import type { MeEvent } from "@/lib/contract/events";
import type { MeChange } from "@/lib/contract/home";
import { endedSessions, validSessions } from "./actor";
import {
  leaveAudience,
  sessionIdsOf,
  type SocketServer,
  type ServerSocket,
  personKey,
  roomKey,
  sessionKey,
  socketsOf,
} from "./audience";
import { unreadOn } from "./backlog";
import { broadcast } from "./broadcast";
import { type BusMessages, onBus, sendToPeers } from "./bus";
import { deleteOldIntents } from "./intents";
import { log } from "./log";
import { once } from "./once";
import { organizationClocks, pullHere } from "./organization-log";
import { subscribe, ringHere, roomClocks } from "./realtime";

/** Clocks by id. */
interface Clocks {
  rooms: Map<string, number>;
  people: Map<string, number>;
  organizations: Map<string, number>;
}
const none: Clocks = { rooms: new Map(), people: new Map(), organizations: new Map() };

/** Finds which logs moved on from the given clocks, and the current rooms of these people. */
export type FindChanged = (clocks: Clocks) => Promise<{
  roomIds: string[];
  people: { id: string; clock: number; rooms: { id: string; clock: number }[] }[];
  organizationIds: string[];
}>;

const sweepMs = 5_000;
const sweepRevokedMs = 2_000;
/** Unused logins expire after days, so checking once a minute is enough. */
const sweepAllLoginsMs = 60_000;
const sweepIntentsMs = 60_000;

interface Personal {
  io: SocketServer | null;
  findChanged: FindChanged | null;
  /** For each person connected to this process, the clock up to which their own changes were sent. */
  sentClocks: Map<string, number>;
}
const personal = () => once<Personal>("personal", () => ({ io: null, findChanged: null, sentClocks: new Map() }));

export function startPersonal(io: SocketServer, findChanged: FindChanged): void {
  Object.assign(personal(), { io, findChanged });
  onBus("me", (message) => void sendMeHere(message).catch(() => {}));
  onBus("ended", ({ sessionIds }) => closeSessionsHere(sessionIds));
  // A process that has just started or ended may have made changes whose messages did not arrive here.
  onBus("peer", () => void runLogged(sweep));
  onBus("gone", () => void runLogged(sweep));
  // Messages between processes may be lost, and logins expire: sweeps find what was missed.
  repeat(sweepMs, sweep);
  repeat(sweepRevokedMs, async () => closeSessionsHere(await endedSessions()));
  repeat(sweepAllLoginsMs, closeInvalid);
  repeat(sweepIntentsMs, deleteOldIntents);
}

/** Runs `work` again and again, `ms` after it ended or failed. */
function repeat(ms: number, work: () => Promise<void>): void {
  setTimeout(() => void runLogged(work).finally(() => repeat(ms, work)), ms).unref();
}

async function runLogged(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log().error({ err: String(error) }, "sweep failed");
  }
}

/** Call with a person's clock when one of their sockets connects. If others are connected, the existing clock stays. */
export function trackPerson(personId: string, clock: number): void {
  const { sentClocks } = personal();
  if (!sentClocks.has(personId) || socketsOf(personKey(personId)).size === 1) sentClocks.set(personId, clock);
}

/** Sends a person's own changes to their sockets on all processes, if their login is still valid. */
export async function sendMe(personId: string, { clock, changes }: MeEvent): Promise<void> {
  const joined = (changes ?? []).flatMap((change): [string, number][] =>
    change.type === "entry" ? [[change.entry.room.id, change.entry.clock]] : [],
  );
  const left = (changes ?? []).flatMap((change) => (change.type === "gone" ? [change.roomId] : []));
  const message = { personId, clock, changes, joined, left };
  sendToPeers("me", message);
  await sendMeHere(message);
}

async function sendMeHere({ personId, clock, changes, joined, left }: BusMessages["me"]): Promise<void> {
  const sockets = socketsOf(personKey(personId));
  if (sockets.size === 0) return;
  const { sentClocks } = personal();
  const sentClock = sentClocks.get(personId) ?? clock - 1;
  // Changes arrive in any order, from any process. An older one must not undo what a newer one did.
  if (sentClock + 1 === clock) {
    sentClocks.set(personId, clock);
    for (const [roomId, roomClock] of joined) subscribe(sockets, roomId, roomClock);
    for (const roomId of left) for (const socket of sockets) leaveAudience(socket, roomKey(roomId));
  } else if (sentClock < clock) await catchUp({ ...none, people: new Map([[personId, sentClock]]) });
  await emitMe(personId, [...sockets], clock, changes);
}

async function emitMe(
  personId: string,
  sockets: ServerSocket[],
  clock: number,
  changes: MeChange[] | null,
): Promise<void> {
  const valid = await validSessions(sessionIdsOf(sockets)).catch((error: unknown) => {
    // Nothing was sent, so lower the clock again: once the database is back, the next sweep sends the change.
    const { sentClocks } = personal();
    sentClocks.set(personId, Math.min(sentClocks.get(personId) ?? 0, clock - 1));
    throw error;
  });
  const receivers = sockets.filter((socket) => valid.has(socket.data.actor.sessionId));
  broadcast(receivers, "me", { clock, changes });
}

/** Closes the sockets of logins that have ended, on all processes. */
export function closeSockets(sessionIds: string[]): void {
  for (let at = 0; at < sessionIds.length; at += 100) {
    sendToPeers("ended", { sessionIds: sessionIds.slice(at, at + 100) });
  }
  closeSessionsHere(sessionIds);
}

function closeSessionsHere(sessionIds: string[]): void {
  for (const socket of sessionIds.flatMap((id) => [...socketsOf(sessionKey(id))])) {
    // If this socket sent the request to sign out, it must receive the acknowledgement first.
    setImmediate(() => {
      socket.emit("bye", { reason: "signed_out", afterMs: 0 });
      socket.disconnect(true);
    });
  }
}

async function closeInvalid(): Promise<void> {
  const ids = sessionIdsOf((personal().io?.sockets.sockets.values() ?? []) as Iterable<ServerSocket>);
  for (let at = 0; at < ids.length; at += 1_000) {
    const some = ids.slice(at, at + 1_000);
    const valid = await validSessions(some);
    closeSessionsHere(some.filter((id) => !valid.has(id)));
  }
}

/** Finds changes that were committed but not sent: a process was killed before its ring, or the bus was down. */
async function sweep(): Promise<void> {
  const { sentClocks } = personal();
  for (const id of sentClocks.keys()) if (socketsOf(personKey(id)).size === 0) sentClocks.delete(id);
  const clocks = { rooms: roomClocks(), people: new Map(sentClocks), organizations: organizationClocks() };
  if (clocks.organizations.size > 0) await catchUp(clocks);
}

/** Reads what changed in these logs since their clocks, and sends it. */
async function catchUp(clocks: Clocks): Promise<void> {
  const { findChanged, sentClocks } = personal();
  if (!findChanged) return;
  const changed = await findChanged(clocks);
  changed.roomIds.forEach(ringHere);
  changed.organizationIds.forEach(pullHere);
  for (const { id, clock, rooms: currentRooms } of changed.people) {
    const sockets = [...socketsOf(personKey(id))];
    if (sockets.length === 0 || clock < (sentClocks.get(id) ?? 0)) continue;
    sentClocks.set(id, clock);
    const roomKeys = new Set(currentRooms.map((room) => roomKey(room.id)));
    // What the clients know of these rooms is not known here. The clock -1 makes them sync.
    for (const room of currentRooms) subscribe(sockets, room.id, room.clock, -1);
    for (const socket of sockets) {
      const left = socket.data.audiences.filter(({ key }) => key.startsWith("room:") && !roomKeys.has(key));
      for (const { key } of left) leaveAudience(socket, key);
    }
    await emitMe(id, sockets, clock, null);
  }
}

/** The sockets of this process, and the packets queued for them. Visits every socket: for metrics only. */
export function personalLoad() {
  const queues = [...(personal().io?.sockets.sockets.values() ?? [])].map((socket) => unreadOn(socket.conn).packets);
  return {
    sockets: queues.length,
    queued: queues.reduce((sum, length) => sum + length, 0),
    longestQueue: queues.reduce((longest, length) => Math.max(longest, length), 0),
  };
}
