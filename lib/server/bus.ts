import { createHash, randomUUID } from "node:crypto";
import type { PresenceState } from "@/lib/contract/presence";
import type { LogName } from "./audience";
import type { BusConnection } from "./bus-connection";
import { connectPostgres } from "./bus-postgres";
import { connectRedis } from "./bus-redis";
import { env } from "./env";
import { log } from "./log";
import { once } from "./once";

/**
 * The messages between the processes of one installation. Any message may be lost. Most announce a change in the database,
 * which a sweep finds later. Presence is not in the database: each process sends all of its presence again when another one
 * sends `hello`, and when its own messages may have been lost.
 */
export interface BusMessages {
  /** Sent regularly. With `hello`, the sender may have missed messages, so send it everything that is not in the database. */
  heartbeat: { hello: boolean };
  /** The sender is stopping. */
  stopping: object;
  /** These logs changed. */
  ring: { name: LogName; ids: string[] };
  /** A log changed, and this frame holds its changed rows. If it is too long for one message, `ring` is sent instead. */
  frame: { name: LogName; id: string; frame: { from: number; to: number } };
  typing: { roomId: string; personId: string };
  sessionsEnded: { sessionIds: string[] };
  /** The states of the sender's own leases. `full` replaces everything that it sent before. */
  presence: { full: boolean; organizationId: string; people: Record<string, PresenceState | null> };
}
type Name = keyof BusMessages;
/** What the bus itself reports about processes, with the id of the process. */
interface BusEvents {
  /** Another process started, or may have missed messages. */
  peerStarted: string;
  peerStopped: string;
  /** Some messages of this process may be lost. */
  undelivered: string;
}
type Event = Name | keyof BusEvents;
type Listener = (message: never, from: string) => void;

/** Postgres takes 8,000 bytes in one notification. */
const longestText = 7_900;
const idsPerRing = 150;
/** If more messages than this are queued, the oldest are dropped. */
const queuedAtMost = 5_000;
const heartbeatMs = 2_000;
/** A process that sent nothing for this long counts as stopped. */
const peerTimeoutMs = 8_000;

interface Bus {
  id: string;
  connection: BusConnection | null;
  /** When each other process last sent something, by `performance.now()`. */
  peers: Map<string, number>;
  listeners: Map<Event, Listener[]>;
  /** Changed logs, and other messages, to send once the previous send has ended. */
  rings: Map<LogName, Set<string>>;
  queue: string[];
  isSending: boolean;
  /** A message was lost since the last successful send. */
  hasLost: boolean;
}
const bus = () =>
  once<Bus>("bus", () => ({
    id: randomUUID().slice(0, 13),
    connection: null,
    peers: new Map(),
    listeners: new Map(),
    rings: new Map(),
    queue: [],
    isSending: false,
    hasLost: false,
  }));

/** Processes that share a database and a secret are one installation. */
export function channelName(): string {
  return `parley_${createHash("sha256").update(`bus ${env().authSecret}`).digest("hex").slice(0, 16)}`;
}

export function startBus(): void {
  const connect = env().redisUrl ? connectRedis : connectPostgres;
  bus().connection = connect({
    channel: channelName(),
    onMessage: receive,
    onConnect: () => enqueue("heartbeat", { hello: true }),
  });
  setInterval(heartbeat, heartbeatMs).unref();
}

/** Tells the other processes that this one ends, so that they do not wait for the timeout. */
export async function stopBus(): Promise<void> {
  const { connection, id } = bus();
  await connection?.send([JSON.stringify({ from: id, name: "stopping", message: {} })]).catch(() => {});
  await connection?.close().catch(() => {});
}

/** Whether other processes serve the same people. */
export const hasPeers = (): boolean => bus().peers.size > 0;

export const countPeers = (): number => bus().peers.size;

/** Calls `listener` for each message from another process, or for each event of the bus. */
export function onBus<N extends Event>(
  name: N,
  listener: (message: (BusMessages & BusEvents)[N], from: string) => void,
): void {
  const { listeners } = bus();
  listeners.set(name, [...(listeners.get(name) ?? []), listener]);
}

/** Sends to all other processes, if there are any. */
export function sendToPeers<N extends Name>(name: N, message: BusMessages[N]): void {
  if (hasPeers()) enqueue(name, message);
}

/** Tells all other processes that a log has changed. Logs that change while a message is being sent share the next message. */
export function ringPeers(name: LogName, id: string): void {
  if (!hasPeers()) return;
  const { rings } = bus();
  const ids = rings.get(name) ?? new Set();
  rings.set(name, ids.add(id));
  flush();
}

function enqueue<N extends Name>(name: N, message: BusMessages[N]): void {
  const { queue, id } = bus();
  const text = JSON.stringify({ from: id, name, message });
  if (Buffer.byteLength(text) <= longestText) queue.push(text);
  else if (name === "frame") {
    const tooLong = message as BusMessages["frame"];
    return ringPeers(tooLong.name, tooLong.id);
  } else log().error({ name }, "too long to send to other processes");
  if (queue.length > queuedAtMost) {
    queue.splice(0, queue.length - queuedAtMost);
    bus().hasLost = true;
  }
  flush();
}

function flush(): void {
  const state = bus();
  if (state.isSending || !state.connection) return;
  const texts = state.queue.splice(0);
  for (const [name, set] of state.rings) {
    const ids = [...set];
    for (let at = 0; at < ids.length; at += idsPerRing) {
      const message: BusMessages["ring"] = { name, ids: ids.slice(at, at + idsPerRing) };
      texts.push(JSON.stringify({ from: state.id, name: "ring", message }));
    }
  }
  state.rings.clear();
  if (texts.length === 0) return;
  state.isSending = true;
  state.connection
    .send(texts)
    .then(
      () => {
        if (!state.hasLost) return;
        state.hasLost = false;
        enqueue("heartbeat", { hello: true });
        emit("undelivered", state.id as never, state.id);
      },
      () => {
        state.hasLost = true;
      },
    )
    .finally(() => {
      state.isSending = false;
      flush();
    });
}

/** Handles a message of any process. A process is known from its first message until it stops. */
function receive(text: string): void {
  const { id, peers } = bus();
  try {
    const { from, name, message } = JSON.parse(text) as { from: string; name: Name; message: never };
    if (from === id) return;
    if (name === "stopping") return forgetPeer(from);
    const isNew = !peers.has(from);
    peers.set(from, performance.now());
    const saysHello = name === "heartbeat" && (message as BusMessages["heartbeat"]).hello;
    if (isNew) log().info({ peer: from }, "another process is here");
    if (isNew || saysHello) {
      emit("peerStarted", from as never, from);
      // Answer, so that the sender learns of this process.
      enqueue("heartbeat", { hello: isNew });
    }
    emit(name, message, from);
  } catch (error) {
    log().error({ err: String(error) }, "message of another process failed");
  }
}

function forgetPeer(peer: string): void {
  if (!bus().peers.delete(peer)) return;
  log().info({ peer }, "another process is gone");
  emit("peerStopped", peer as never, peer);
}

function emit(name: Event, message: never, from: string): void {
  for (const listener of bus().listeners.get(name) ?? []) listener(message, from);
}

function heartbeat(): void {
  const now = performance.now();
  for (const [peer, at] of bus().peers) if (now - at > peerTimeoutMs) forgetPeer(peer);
  enqueue("heartbeat", { hello: false });
}
