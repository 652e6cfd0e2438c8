import { createHash, randomUUID } from "node:crypto";
import type { TypingEvent } from "@/lib/contract/events";
import type { ChosenPresence, PresenceState } from "@/lib/contract/presence";
import type { LogKind } from "./audience";
import type { BusConnect, BusConnection } from "./bus-connection";
import { BusPeers, heartbeatMs } from "./bus-peers";
import { connectPostgres } from "./bus-postgres";
import { connectRedis } from "./bus-redis";
import { env } from "./env";
import { log } from "./log";
import { once } from "./once";

// The bus connects the processes that share a database (peers). Each process sends its sockets what happened on the others.

/**
 * The messages between the processes of one installation. Any message may be lost. Most announce a change in the database: if one
 * is lost, a sweep finds the change later. Presence is not in the database. So a process sends all of its presence again when
 * another process sends `hello`, and when its own messages may have been lost.
 */
export interface BusMessages {
  /**
   * Sent regularly. `hello` means that the sender may have missed messages. Receivers then resend everything that is not in the
   * database.
   */
  heartbeat: { hello: boolean };
  /** The sender is stopping. */
  stopping: object;
  /** These logs changed. The receiver reads the changed rows from the database. */
  logsChanged: { kind: LogKind; ids: string[] };
  /** A log changed, and this frame holds its changed rows. If it is too long for one message, `logsChanged` is sent instead. */
  logFrame: { kind: LogKind; id: string; frame: { from: number; to: number } };
  /** Somebody is typing. In a thread, `lastSeq` is the `seq` of its newest message. */
  typing: TypingEvent & { lastSeq?: number | undefined };
  /** A person has chosen what others see of them. */
  presenceChosen: { personId: string; chosen: ChosenPresence };
  sessionsEnded: { sessionIds: string[] };
  /** The states, as others see them, of people who are connected to the sender. Appearing offline is null. If `full`, they replace everything that the sender sent before. */
  presence: { full: boolean; organizationId: string; people: Record<string, PresenceState | null> };
}
type MessageName = keyof BusMessages;
/** Events inside this process, which are never sent. The value is the id of the process that the event is about. */
interface BusEvents {
  /** Another process started, or may have missed messages. */
  peerStarted: string;
  peerStopped: string;
  /** Some messages of this process may have been lost. Sending works again: resend what is not in the database. */
  mustResend: string;
}
type Topic = MessageName | keyof BusEvents;
type Listener = (message: never, from: string) => void;

/** Postgres limits a notification to 8,000 bytes. */
const maxTextBytes = 7_900;
const maxIdsPerMessage = 150;
/** If more messages than this are queued, the oldest are dropped. */
const maxQueued = 5_000;

interface Bus {
  /** The id of this process. */
  id: string;
  connection: BusConnection | null;
  peers: BusPeers;
  listeners: Map<Topic, Listener[]>;
  /** The ids of changed logs that the next send announces. */
  changedLogs: Map<LogKind, Set<string>>;
  /** The other messages of the next send, as JSON. */
  queue: string[];
  isSending: boolean;
  /** Whether a message was lost since the last successful send. */
  hasLostMessages: boolean;
}
const bus = () =>
  once<Bus>("bus", () => ({
    id: randomUUID().slice(0, 13),
    connection: null,
    peers: new BusPeers(),
    listeners: new Map(),
    changedLogs: new Map(),
    queue: [],
    isSending: false,
    hasLostMessages: false,
  }));

/** Processes that share a database and a secret are one installation, and use the same channel. */
export function channelName(): string {
  return `parley_${createHash("sha256").update(`bus ${env().authSecret}`).digest("hex").slice(0, 16)}`;
}

export function startBus(connect: BusConnect = env().redisUrl ? connectRedis : connectPostgres): void {
  bus().connection = connect({
    channel: channelName(),
    onMessage: receive,
    onConnect: () => enqueue("heartbeat", { hello: true }),
  });
  setInterval(heartbeat, heartbeatMs).unref();
}

/** Announces that this process is stopping, so that the other processes need not wait for the timeout. */
export async function stopBus(): Promise<void> {
  const { connection, id } = bus();
  await connection?.send([JSON.stringify({ from: id, name: "stopping", message: {} })]).catch(() => {});
  await connection?.close().catch(() => {});
}

/** Whether other processes of this installation are running. */
export const hasPeers = (): boolean => bus().peers.size > 0;

export const countPeers = (): number => bus().peers.size;

/** Calls `listener` for each message from another process with this name, or for each local event with this name. */
export function onBus<T extends Topic>(
  topic: T,
  listener: (message: (BusMessages & BusEvents)[T], from: string) => void,
): void {
  const { listeners } = bus();
  listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
}

/** Sends to all other processes, if there are any. */
export function sendToPeers<N extends MessageName>(name: N, message: BusMessages[N]): void {
  if (hasPeers()) enqueue(name, message);
}

/**
 * Announces to all other processes that a log has changed. Logs that change while a message is being sent share the next message.
 */
export function announceToPeers(kind: LogKind, id: string): void {
  if (!hasPeers()) return;
  const { changedLogs } = bus();
  const ids = changedLogs.get(kind) ?? new Set();
  changedLogs.set(kind, ids.add(id));
  flush();
}

function enqueue<N extends MessageName>(name: N, message: BusMessages[N]): void {
  const { queue, id } = bus();
  const text = JSON.stringify({ from: id, name, message });
  if (Buffer.byteLength(text) <= maxTextBytes) queue.push(text);
  else if (name === "logFrame") {
    const { kind, id: logId } = message as BusMessages["logFrame"];
    return announceToPeers(kind, logId);
  } else log().error({ name }, "too long to send to other processes");
  if (queue.length > maxQueued) {
    queue.splice(0, queue.length - maxQueued);
    bus().hasLostMessages = true;
  }
  flush();
}

/** Sends everything that is queued. If a send is in progress, does nothing: `flush` runs again when it finishes. */
function flush(): void {
  const state = bus();
  if (state.isSending || !state.connection) return;
  const texts = state.queue.splice(0);
  for (const [kind, set] of state.changedLogs) {
    const ids = [...set];
    for (let start = 0; start < ids.length; start += maxIdsPerMessage) {
      const message: BusMessages["logsChanged"] = { kind, ids: ids.slice(start, start + maxIdsPerMessage) };
      texts.push(JSON.stringify({ from: state.id, name: "logsChanged", message }));
    }
  }
  state.changedLogs.clear();
  if (texts.length === 0) return;
  state.isSending = true;
  state.connection
    .send(texts)
    .then(
      () => {
        if (!state.hasLostMessages) return;
        state.hasLostMessages = false;
        enqueue("heartbeat", { hello: true });
        emit("mustResend", state.id as never, state.id);
      },
      () => {
        state.hasLostMessages = true;
      },
    )
    .finally(() => {
      state.isSending = false;
      flush();
    });
}

/**
 * Handles a message from any process, including this one. Another process becomes a peer with its first message, until it stops.
 */
function receive(text: string): void {
  const { id, peers } = bus();
  try {
    const { from, name, message } = JSON.parse(text) as { from: string; name: MessageName; message: never };
    peers.busIsHeard();
    if (from === id) return;
    if (name === "stopping") return forgetPeer(from);
    const isNew = peers.hear(from);
    const saysHello = name === "heartbeat" && (message as BusMessages["heartbeat"]).hello;
    if (isNew) log().info({ peer: from }, "peer joined");
    if (isNew || saysHello) {
      emit("peerStarted", from as never, from);
      // Answer, so that the sender adds this process to its peers. `hello` makes a new peer resend its presence.
      enqueue("heartbeat", { hello: isNew });
    }
    emit(name, message, from);
  } catch (error) {
    log().error({ err: String(error) }, "failed to handle a message from a peer");
  }
}

function forgetPeer(peer: string): void {
  if (!bus().peers.forget(peer)) return;
  log().info({ peer }, "peer left");
  emit("peerStopped", peer as never, peer);
}

function emit(topic: Topic, message: never, from: string): void {
  for (const listener of bus().listeners.get(topic) ?? []) listener(message, from);
}

function heartbeat(): void {
  for (const peer of bus().peers.silent()) forgetPeer(peer);
  enqueue("heartbeat", { hello: false });
}
