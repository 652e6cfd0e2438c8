import { audienceOf, joinAudience, logKey, type LogName, type ServerSocket } from "./audience";
import { onBus, ringPeers, sendToPeers } from "./bus";
import type { ListenerVersions, LogDeclaration, Span } from "./log-declaration";
import { LogFeed } from "./log-feed";
import { once } from "./once";

/** Declared in the file `log.ts` of each one's folder in `lib/domain`. */
export type Logs = Record<LogName, LogDeclaration>;

interface State {
  logs: Logs | null;
  /** The logs that this process sends to sockets, by id. */
  feeds: Record<LogName, Map<string, LogFeed>>;
}
const state = () =>
  once<State>("logs", () => ({
    logs: null,
    feeds: { room: new Map(), person: new Map(), organization: new Map() },
  }));

/** Call once when the server starts. Before that nothing is sent to sockets, so handlers can be tested without a server. */
export function startLogs(logs: Logs): void {
  state().logs = logs;
  onBus("ring", ({ name, ids }) => {
    for (const id of ids) feedOf(name, id)?.ring();
  });
  onBus("frame", ({ name, id, frame }) => feedOf(name, id)?.sendCommitted(frame, null, performance.now()));
}

const feedOf = (name: LogName, id: string): LogFeed | undefined => state().feeds[name].get(id);

/**
 * Subscribes sockets to a log whose clock is `clock`. Each pull checks which of them may receive its frame. `clientClock` is
 * the log's clock in their clients: if later frames were already sent, an empty frame makes these clients sync.
 */
export function subscribe(
  name: LogName,
  sockets: Iterable<ServerSocket>,
  id: string,
  clock: number,
  clientClock = clock,
): void {
  const { logs, feeds } = state();
  if (!logs) return;
  const joined: ServerSocket[] = [];
  for (const socket of sockets) if (joinAudience(socket, logKey(name, id))) joined.push(socket);
  let feed = feedOf(name, id);
  if (!feed) feeds[name].set(id, (feed = new LogFeed(logKey(name, id), id, logs[name], clock)));
  if (joined.length > 0) feed.joined(joined, clientClock);
}

/** The clock up to which this process has sent a log's frames; 0 if it sends none. */
export const sentClockOf = (name: LogName, id: string): number => feedOf(name, id)?.sentClock ?? 0;

/** A frame of rows that were just committed. */
export interface Committed {
  frame: Span;
  /** The versions of the listeners at the commit, or null if they are not known. */
  versions: ListenerVersions | null;
  /** When storing the rows began, by `performance.now()`. */
  began: number;
  /** Whether the frame is small, so that it is sent to the other processes, too. They then need not read the rows. */
  isShared: boolean;
}

/**
 * Call after a commit that changed a log: every process with listeners sends the changes to its own. With `committed`, the
 * changed rows need not be read again.
 */
export function announceChange(name: LogName, id: string, committed?: Committed): void {
  if (committed?.isShared) sendToPeers("frame", { name, id, frame: committed.frame });
  else ringPeers(name, id);
  const feed = feedOf(name, id);
  if (committed) feed?.sendCommitted(committed.frame, committed.versions, committed.began);
  else feed?.ring();
}

/** Checks which of these sockets may receive frames of the log now. */
export async function allowedNow(name: LogName, id: string, sockets: ServerSocket[]): Promise<ServerSocket[]> {
  return sockets.length === 0 ? [] : ((await feedOf(name, id)?.allowedNow(sockets)) ?? []);
}

/** Pulls every log whose clock is beyond what this process has sent. Forgets logs without sockets first. */
export async function sweepLogs(): Promise<void> {
  const { logs, feeds } = state();
  for (const name of Object.keys(feeds) as LogName[]) {
    for (const [id, { key, isPulling }] of feeds[name]) {
      if (!isPulling && audienceOf(key).sockets.size === 0) feeds[name].delete(id);
    }
    const clocks = new Map([...feeds[name]].map(([id, { sentClock }]) => [id, sentClock]));
    if (!logs || clocks.size === 0) continue;
    for (const id of await logs[name].findChanged(clocks)) feedOf(name, id)?.ring();
  }
}

/** The number of rooms with listeners in this process, and of those with a running pull. */
export function roomLoad() {
  const rooms = [...state().feeds.room.values()];
  return { rooms: rooms.length, pulls: rooms.filter(({ isPulling }) => isPulling).length };
}
