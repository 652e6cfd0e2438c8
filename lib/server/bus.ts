import { createHash, randomUUID } from "node:crypto";
import type { MeChange } from "@/lib/contract/events";
import type { Person } from "@/lib/contract/person";
import type { PresenceState } from "@/lib/contract/presence";
import type { BusConnection } from "./bus-connection";
import { connectPostgres } from "./bus-postgres";
import { connectRedis } from "./bus-redis";
import { env } from "./env";
import { log } from "./log";
import { once } from "./once";

/**
 * What processes of one installation tell each other. All of it is a hint, except that who is here is known from
 * nothing else: what is lost is found again by the sweep, and who is here is told anew to whoever says hello, and to
 * all by whoever could not make itself heard.
 */
export interface BusMessages {
  /** I am here. With `hello`: tell me what you know, I may have missed it. */
  here: { hello: boolean };
  /** I stop. */
  bye: object;
  ring: { roomIds: string[] };
  /** `changes` is null when they are too long to be told this way. */
  me: { personId: string; clock: number; changes: MeChange[] | null; joined: [string, number][]; left: string[] };
  person: { organizationId: string; person: Person };
  typing: { roomId: string; personId: string };
  ended: { sessionIds: string[] };
  /** Who is here through me; `full` replaces all that I told before. */
  presence: { full: boolean; organizationId: string; people: Record<string, PresenceState | null> };
}
type Name = keyof BusMessages;
/** "peer": another process appeared; "gone": one is gone; "unheard": what was told before may not have arrived. */
type Event = Name | "peer" | "gone" | "unheard";
type Heard = (message: never, from: string) => void;

/** Postgres takes 8,000 bytes in one notification. */
const longestText = 7_900;
/** Hints beyond this many are dropped: the sweep finds what they were about. */
const waitingAtMost = 5_000;
const beatMs = 2_000;
/** Whoever was not heard of for so long is gone. */
const peerMs = 8_000;

interface Bus {
  id: string;
  connection: BusConnection | null;
  /** When each other process was last heard of. */
  peers: Map<string, number>;
  listeners: Map<Event, Heard[]>;
  rings: Set<string>;
  waiting: string[];
  sending: boolean;
  /** Something that was told is lost. */
  unheard: boolean;
}
const bus = () =>
  once<Bus>("bus", () => ({
    id: randomUUID().slice(0, 13),
    connection: null,
    peers: new Map(),
    listeners: new Map(),
    rings: new Set(),
    waiting: [],
    sending: false,
    unheard: false,
  }));

/** Processes that share a database and a secret are one installation. */
function channelName(): string {
  return `parley_${createHash("sha256").update(`bus ${env().authSecret}`).digest("hex").slice(0, 16)}`;
}

export function startBus(): void {
  const connect = env().redisUrl ? connectRedis : connectPostgres;
  bus().connection = connect({ channel: channelName(), heard, connected: () => say("here", { hello: true }) });
  setInterval(beat, beatMs).unref();
}

/** Says goodbye, so that nobody waits for us. */
export async function stopBus(): Promise<void> {
  const { connection, id } = bus();
  await connection?.send([JSON.stringify({ from: id, name: "bye", message: {} })]).catch(() => {});
  await connection?.close().catch(() => {});
}

/** Whether other processes serve the same people. */
export const hasPeers = (): boolean => bus().peers.size > 0;

export const countPeers = (): number => bus().peers.size;

/** Those who listen to what is no message are told the id of the process. */
export function onBus<N extends Event>(
  name: N,
  listener: (message: N extends Name ? BusMessages[N] : string, from: string) => void,
): void {
  const { listeners } = bus();
  listeners.set(name, [...(listeners.get(name) ?? []), listener]);
}

/** Tells all other processes; where there are none, nobody. */
export function tellPeers<N extends Name>(name: N, message: BusMessages[N]): void {
  if (hasPeers()) say(name, message);
}

/** Tells all other processes that rooms changed: those that change while a message is on its way go in one. */
export function ringPeers(roomId: string): void {
  if (!hasPeers()) return;
  bus().rings.add(roomId);
  flush();
}

function say<N extends Name>(name: N, message: BusMessages[N]): void {
  const { waiting, id } = bus();
  const text = JSON.stringify({ from: id, name, message });
  if (Buffer.byteLength(text) <= longestText) waiting.push(text);
  else if (name === "me") return say(name, { ...message, changes: null });
  else log().error({ name }, "too long to tell other processes");
  if (waiting.length > waitingAtMost) {
    waiting.splice(0, waiting.length - waitingAtMost);
    bus().unheard = true;
  }
  flush();
}

function flush(): void {
  const state = bus();
  if (state.sending || !state.connection) return;
  const texts = state.waiting.splice(0);
  const roomIds = [...state.rings];
  state.rings.clear();
  for (let at = 0; at < roomIds.length; at += 150) {
    texts.push(JSON.stringify({ from: state.id, name: "ring", message: { roomIds: roomIds.slice(at, at + 150) } }));
  }
  if (texts.length === 0) return;
  state.sending = true;
  state.connection
    .send(texts)
    .then(
      () => {
        if (!state.unheard) return;
        state.unheard = false;
        say("here", { hello: true });
        emit("unheard", state.id as never, state.id);
      },
      () => {
        state.unheard = true;
      },
    )
    .finally(() => {
      state.sending = false;
      flush();
    });
}

function heard(text: string): void {
  const { id, peers } = bus();
  try {
    const { from, name, message } = JSON.parse(text) as { from: string; name: Name; message: never };
    if (from === id) return;
    if (name === "bye") return gone(from);
    const isNew = !peers.has(from);
    peers.set(from, performance.now());
    if (isNew) {
      log().info({ peer: from }, "another process is here");
      emit("peer", from as never, from);
    } else if (name === "here" && (message as BusMessages["here"]).hello) emit("peer", from as never, from);
    // It may not know of us, as when it just started.
    if (isNew || (name === "here" && (message as BusMessages["here"]).hello)) say("here", { hello: isNew });
    emit(name, message, from);
  } catch (error) {
    log().error({ err: String(error) }, "message of another process failed");
  }
}

function gone(peer: string): void {
  if (!bus().peers.delete(peer)) return;
  log().info({ peer }, "another process is gone");
  emit("gone", peer as never, peer);
}

function emit(name: Event, message: never, from: string): void {
  for (const listener of bus().listeners.get(name) ?? []) listener(message, from);
}

function beat(): void {
  const now = performance.now();
  for (const [peer, at] of bus().peers) if (now - at > peerMs) gone(peer);
  say("here", { hello: false });
}
