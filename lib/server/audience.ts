import type { Server, Socket } from "socket.io";
import type { ClientEvents, ServerEvents } from "@/lib/contract/events";
import type { Actor } from "./actor";
import { once } from "./once";

/** What the server remembers of a socket. */
export interface SocketData {
  actor: Actor;
  address: string;
  userAgent: string;
  audiences: Audience[];
}
export type ParleyServer = Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>;
export type ParleySocket = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>;

/** The sockets of this process that have something in common: a room, a person, a login, an organization. */
export interface Audience {
  key: string;
  sockets: Set<ParleySocket>;
}

export const roomKey = (id: string) => `room:${id}`;
export const personKey = (id: string) => `user:${id}`;
export const sessionKey = (id: string) => `session:${id}`;
export const organizationKey = (id: string) => `organization:${id}`;

// Instead of Socket.IO's own rooms, which keep two sets a socket and a room, and a string for each.
const all = () => once("audiences", () => new Map<string, Audience>());

/** Whether it was not in it before. */
export function joinAudience(socket: ParleySocket, key: string): boolean {
  let audience = all().get(key);
  if (!audience) all().set(key, (audience = { key, sockets: new Set() }));
  if (audience.sockets.has(socket)) return false;
  audience.sockets.add(socket);
  socket.data.audiences.push(audience);
  return true;
}

export function leaveAudience(socket: ParleySocket, key: string): void {
  const audience = all().get(key);
  if (!audience?.sockets.delete(socket)) return;
  socket.data.audiences = socket.data.audiences.filter((each) => each !== audience);
  if (audience.sockets.size === 0) all().delete(key);
}

/** The socket is gone. */
export function leaveAllAudiences(socket: ParleySocket): void {
  for (const audience of socket.data.audiences) {
    audience.sockets.delete(socket);
    if (audience.sockets.size === 0) all().delete(audience.key);
  }
  socket.data.audiences = [];
}

const nobody: ReadonlySet<ParleySocket> = new Set();

/** The sockets of this process behind a key. */
export function socketsOf(key: string): ReadonlySet<ParleySocket> {
  return all().get(key)?.sockets ?? nobody;
}

/** The logins of these sockets, each once. */
export function loginsOf(sockets: Iterable<ParleySocket>): string[] {
  const ids = new Set<string>();
  for (const socket of sockets) ids.add(socket.data.actor.sessionId);
  return [...ids];
}
