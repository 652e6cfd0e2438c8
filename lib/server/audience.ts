import type { Server, Socket } from "socket.io";
import type { ClientEvents, ServerEvents } from "@/lib/contract/events";
import type { Actor } from "./actor";
import { once } from "./once";

/** What the server keeps for each socket. */
export interface SocketData {
  actor: Actor;
  /** The client's network address. */
  address: string;
  userAgent: string;
  /** The audiences that the socket is in. */
  audiences: Audience[];
}
export type SocketServer = Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>;
export type ServerSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>;

/** The sockets of this process that subscribe to one log, or that belong to one session. */
export interface Audience {
  key: string;
  sockets: Set<ServerSocket>;
  /** Changes when a socket joins or leaves. Unique among all audiences. */
  version: number;
}

export type LogKind = "room" | "person" | "organization";

export const logKey = (kind: LogKind, id: string) => `${kind}:${id}`;
export const sessionKey = (id: string) => `session:${id}`;

// Socket.IO's own rooms keep two sets for each socket and room, and a string for each: too much memory.
const audiences = () => once("audiences", () => ({ byKey: new Map<string, Audience>(), version: 0 }));

/** Adds a socket to an audience. Returns false if the socket was in the audience already. */
export function joinAudience(socket: ServerSocket, key: string): boolean {
  const { byKey } = audiences();
  let audience = byKey.get(key);
  if (!audience) byKey.set(key, (audience = { key, sockets: new Set(), version: 0 }));
  if (audience.sockets.has(socket)) return false;
  audience.sockets.add(socket);
  audience.version = ++audiences().version;
  socket.data.audiences.push(audience);
  return true;
}

export function leaveAudience(socket: ServerSocket, key: string): void {
  const audience = audiences().byKey.get(key);
  if (!audience?.sockets.has(socket)) return;
  socket.data.audiences = socket.data.audiences.filter((each) => each !== audience);
  remove(socket, audience);
}

export function leaveAllAudiences(socket: ServerSocket): void {
  for (const audience of socket.data.audiences) remove(socket, audience);
  socket.data.audiences = [];
}

function remove(socket: ServerSocket, audience: Audience): void {
  audience.sockets.delete(socket);
  audience.version = ++audiences().version;
  if (audience.sockets.size === 0) audiences().byKey.delete(audience.key);
}

const emptyAudience: Readonly<Pick<Audience, "sockets" | "version">> = { sockets: new Set(), version: 0 };

/** The sockets of this process in an audience, and the audience's version. */
export function audienceOf(key: string): { readonly sockets: ReadonlySet<ServerSocket>; readonly version: number } {
  return audiences().byKey.get(key) ?? emptyAudience;
}

export const socketsOf = (key: string): ReadonlySet<ServerSocket> => audienceOf(key).sockets;

/** The ids of the sessions of these sockets, without duplicates. */
export function sessionIdsOf(sockets: Iterable<ServerSocket>): string[] {
  const ids = new Set<string>();
  for (const socket of sockets) ids.add(socket.data.actor.sessionId);
  return [...ids];
}

/** All sockets of this process that belong to a session. */
export function connectedSockets(): ServerSocket[] {
  return [...audiences().byKey.values()]
    .filter(({ key }) => key.startsWith(sessionKey("")))
    .flatMap(({ sockets }) => [...sockets]);
}
