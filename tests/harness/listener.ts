// A socket that records all events it receives, in order.
import { io, type Socket } from "socket.io-client";
import type { z } from "zod";
import type { Answer } from "@/lib/contract/errors";
import {
  type ClientEvents,
  type Frame,
  type MeEvent,
  type OrganizationFrame,
  type PresenceEvent,
  type ServerEvents,
  serverEvents,
  type TypingEvent,
} from "@/lib/contract/events";
import { type OperationName, operations, type Output } from "@/lib/contract/index";
import type { Message } from "@/lib/contract/message";
import type { PresenceState } from "@/lib/contract/presence";
import { within } from "./server";

const patienceMs = 10_000;

/** Every event that one socket has received. */
export interface Heard {
  readies: { epoch: string; version: string }[];
  frames: Frame[];
  me: MeEvent[];
  presence: PresenceEvent[];
  typing: TypingEvent[];
  organization: OrganizationFrame[];
  byes: { reason: string; afterMs: number }[];
  disconnects: string[];
}

export interface Listener {
  socket: Socket<ServerEvents, ClientEvents>;
  heard: Heard;
  /** The messages of a room in the order in which they arrived. */
  rows(roomId: string): Message[];
  /** Who is online, by the presence events so far. */
  here(): Record<string, PresenceState>;
  ask<N extends OperationName>(name: N, input: unknown): Promise<Answer<Output<N>>>;
  /** Waits until the received events fulfil a condition. */
  until(what: string, isSo: (heard: Heard) => boolean, ms?: number): Promise<void>;
  close(): void;
}

/** An operation's answer. Throws if it is not as the operation's definition says. A test may ask for one without a definition. */
export function asDefined<T>(name: OperationName, answer: Answer<T>): Answer<T> {
  const defined: { output: z.ZodType } | undefined = operations[name];
  if (answer.ok) defined?.output.parse(answer.data);
  return answer;
}

/** Opens a socket and waits for the list of who is online, the last event the server sends on connection. */
export async function listen(
  url: string,
  cookie: string,
  headers: Record<string, string> = {},
  auth: object = {},
): Promise<Listener> {
  const listener = open(url, cookie, headers, auth);
  const refused = new Promise<never>((_, reject) => {
    listener.socket.once("connect_error", (error: Error & { data?: unknown }) =>
      reject(new Error(`The socket was refused: ${error.message}`, { cause: error.data })),
    );
    listener.socket.once("disconnect", (reason) => reject(new Error(`The socket was closed: ${reason}`)));
  });
  listener.socket.connect();
  try {
    await Promise.race([
      listener.until("the greeting", ({ presence }) => presence.some((event) => event.full)),
      refused,
    ]);
  } catch (error) {
    listener.close();
    throw error;
  }
  return listener;
}

function open(url: string, cookie: string, headers: Record<string, string>, auth: object): Listener {
  const socket: Socket<ServerEvents, ClientEvents> = io(url, {
    path: "/socket.io/",
    transports: ["websocket"],
    autoConnect: false,
    reconnection: false,
    forceNew: true,
    auth,
    extraHeaders: { origin: url, cookie, ...headers },
  });
  const heard: Heard = {
    readies: [],
    frames: [],
    me: [],
    presence: [],
    typing: [],
    organization: [],
    byes: [],
    disconnects: [],
  };
  const waiting = new Set<() => void>();
  const lists = { ...heard, ready: heard.readies, frame: heard.frames, bye: heard.byes };
  // An event that is not as its schema says throws here, which fails the run.
  for (const [name, schema] of Object.entries(serverEvents) as [keyof typeof serverEvents, z.ZodType][]) {
    (socket as Socket).on(name, (event: unknown) => {
      (lists[name] as unknown[]).push(schema.parse(event));
      for (const look of waiting) look();
    });
  }
  socket.on("disconnect", (reason) => {
    heard.disconnects.push(reason);
    for (const look of waiting) look();
  });

  function until(what: string, isSo: (heard: Heard) => boolean, ms = patienceMs): Promise<void> {
    let look = () => {};
    const became = new Promise<void>((resolve) => {
      look = () => {
        if (isSo(heard)) resolve();
      };
    });
    waiting.add(look);
    look();
    const sentence = () => `Waited in vain for ${what}. Heard: ${JSON.stringify(heard).slice(-2_000)}`;
    return within(ms, became, sentence).finally(() => waiting.delete(look));
  }

  return {
    socket,
    heard,
    rows: (roomId) => heard.frames.filter((frame) => frame.roomId === roomId).flatMap((frame) => frame.rows),
    here() {
      const people: Record<string, PresenceState> = {};
      for (const event of heard.presence) {
        if (event.full) for (const id of Object.keys(people)) delete people[id];
        for (const [id, state] of Object.entries(event.people)) {
          if (state) people[id] = state;
          else delete people[id];
        }
      }
      return people;
    },
    async ask(name, input) {
      const acknowledged = new Promise<Answer<never>>((resolve) => {
        (socket as Socket).emit(name, input, resolve);
      });
      return asDefined(name, await within(patienceMs, acknowledged, () => `${name} was not acknowledged.`));
    },
    until,
    close: () => socket.disconnect(),
  };
}
