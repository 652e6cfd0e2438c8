import type { Server, Socket } from "socket.io";
import type { ClientEvents, ServerEvents } from "@/lib/contract/events";
import type { Actor } from "./actor";
import { once } from "./once";

/** What the server keeps for each socket. */
export interface SocketData {
  actor: Actor;
  address: string;
  userAgent: string;
  audiences: Audience[];
}
export type SocketServer = Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>;
export type ServerSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>;

/** The sockets of this process that subscribe to one room, person, session or organization. */
export interface Audience {
  key: string;
  sockets: Set<ServerSocket>;
}

export const roomKey = (id: string) => `room:${id}`;
export const personKey = (id: string) => `user:${id}`;
export const sessionKey = (id: string) => `session:${id}`;
export const organizationKey = (id: string) => `organization:${id}`;

// Socket.IO's own rooms keep two sets for each socket and room, and a string for each: too much memory.
const audiences = () => once("audiences", () => new Map<string, Audience>());

/** Adds a socket to an audience. Returns false if it was in it already. */
export function joinAudience(socket: ServerSocket, key: string): boolean {
  let audience = audiences().get(key);
  if (!audience) audiences().set(key, (audience = { key, sockets: new Set() }));
  if (audience.sockets.has(socket)) return false;
  audience.sockets.add(socket);
  socket.data.audiences.push(audience);
  return true;
}

export function leaveAudience(socket: ServerSocket, key: string): void {
  const audience = audiences().get(key);
  if (!audience?.sockets.delete(socket)) return;
  socket.data.audiences = socket.data.audiences.filter((each) => each !== audience);
  if (audience.sockets.size === 0) audiences().delete(key);
}

export function leaveAllAudiences(socket: ServerSocket): void {
  for (const audience of socket.data.audiences) {
    audience.sockets.delete(socket);
    if (audience.sockets.size === 0) audiences().delete(audience.key);
  }
  socket.data.audiences = [];
}

const noSockets: ReadonlySet<ServerSocket> = new Set();

/** The sockets of this process in an audience. */
export function socketsOf(key: string): ReadonlySet<ServerSocket> {
  return audiences().get(key)?.sockets ?? noSockets;
}

/** The ids of the sessions of these sockets, without duplicates. */
export function sessionIdsOf(sockets: Iterable<ServerSocket>): string[] {
  const ids = new Set<string>();
  for (const socket of sockets) ids.add(socket.data.actor.sessionId);
  return [...ids];
}
