import { audienceOf, joinAudience, logKey, type LogKind, type ServerSocket } from "./audience";
import { announceToPeers, onBus, sendToPeers } from "./bus";
import { log } from "./log";
import type { AnyFrame, ListenerVersions, LogDeclaration } from "./log-declaration";
import { LogFeed } from "./log-feed";
import { once } from "./once";

// Each room, person and organization has a log: its rows, and a clock that counts their changes. Sockets subscribe to logs. After
// a change, each process sends its subscribed sockets a frame with the changed rows.

/** Declared in `lib/domain/room/log.ts`, `person/log.ts` and `organization/log.ts`. */
export type Logs = Record<LogKind, LogDeclaration>;

interface State {
  logs: Logs | null;
  /** The logs that this process sends to sockets, by id. */
  feeds: Record<LogKind, Map<string, LogFeed>>;
}
const state = () =>
  once<State>("logs", () => ({
    logs: null,
    feeds: { room: new Map(), person: new Map(), organization: new Map() },
  }));

/** Call it once when the server starts. Before that, nothing is sent to sockets, so handlers can be tested without a server. */
export function startLogs(logs: Logs): void {
  state().logs = logs;
  onBus("logsChanged", ({ kind, ids }) => {
    for (const id of ids) feedOf(kind, id)?.requestPull();
  });
  onBus("logFrame", ({ kind, id, frame }) => feedOf(kind, id)?.sendCommitted(frame, null, performance.now()));
}

const feedOf = (kind: LogKind, id: string): LogFeed | undefined => state().feeds[kind].get(id);

/**
 * Subscribes sockets to a log whose clock in the database is `clock`. Each pull checks which sockets may receive its frame.
 * `clientClock` is the clock that the sockets' clients have reached. If this process has already sent later frames, an empty
 * frame makes these clients sync.
 */
export function subscribe(
  kind: LogKind,
  sockets: Iterable<ServerSocket>,
  id: string,
  clock: number,
  clientClock = clock,
): void {
  const { logs, feeds } = state();
  if (!logs) return;
  const newSockets: ServerSocket[] = [];
  for (const socket of sockets) if (joinAudience(socket, logKey(kind, id))) newSockets.push(socket);
  let feed = feedOf(kind, id);
  if (!feed) feeds[kind].set(id, (feed = new LogFeed(logKey(kind, id), id, logs[kind], clock)));
  if (newSockets.length > 0) feed.addSockets(newSockets, clientClock);
}

/** The clock up to which this process has sent a log's frames. 0 if it has no feed of this log. */
export const sentClockOf = (kind: LogKind, id: string): number => feedOf(kind, id)?.sentClock ?? 0;

/** A frame of rows that were just committed. */
export interface CommittedFrame {
  frame: AnyFrame;
  /** The log's versions at the commit, or null if they are not known. */
  versions: ListenerVersions | null;
  /** When storing the rows began, by `performance.now()`. */
  startedAt: number;
  /**
   * Whether the other processes receive the frame itself, instead of a notification that the log changed. Only for small frames.
   */
  isShared: boolean;
}

/**
 * Call it after a commit that changed a log. Every process then sends the change to its own sockets. Without `committed`, each
 * process reads the changed rows from the database. It never throws, because the change has already been made: its caller must not
 * be told otherwise. The sweep finds what was not sent.
 */
export function announceChange(kind: LogKind, id: string, committed?: CommittedFrame): void {
  try {
    if (committed?.isShared) sendToPeers("logFrame", { kind, id, frame: committed.frame });
    else announceToPeers(kind, id);
    const feed = feedOf(kind, id);
    if (committed) feed?.sendCommitted(committed.frame, committed.versions, committed.startedAt);
    else feed?.requestPull();
  } catch (error) {
    log().error({ log: logKey(kind, id), err: error }, "broadcast failed");
  }
}

/** Checks in the database which of these sockets may receive the log's frames now, and see what is at the place `seq` of it. */
export async function findAllowed(
  kind: LogKind,
  id: string,
  sockets: ServerSocket[],
  seq = Number.POSITIVE_INFINITY,
): Promise<ServerSocket[]> {
  return sockets.length === 0 ? [] : ((await feedOf(kind, id)?.findAllowed(sockets, seq)) ?? []);
}

/** Deletes feeds that have no sockets. Then pulls every log whose clock is ahead of what this process has sent. */
export async function sweepLogs(): Promise<void> {
  const { logs, feeds } = state();
  for (const kind of Object.keys(feeds) as LogKind[]) {
    for (const [id, { key, isPulling }] of feeds[kind]) {
      if (!isPulling && audienceOf(key).sockets.size === 0) feeds[kind].delete(id);
    }
    const clocks = new Map([...feeds[kind]].map(([id, { sentClock }]) => [id, sentClock]));
    if (!logs || clocks.size === 0) continue;
    for (const id of await logs[kind].findChanged(clocks)) feedOf(kind, id)?.requestPull();
  }
}

/** The number of rooms whose log this process sends, and the number of pulls that are running for them. */
export function countRoomsAndPulls() {
  const rooms = [...state().feeds.room.values()];
  return { rooms: rooms.length, pulls: rooms.filter(({ isPulling }) => isPulling).length };
}
