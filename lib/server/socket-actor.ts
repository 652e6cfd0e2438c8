import type { Actor } from "./actor";
import { logKey, type ServerSocket, socketsOf } from "./audience";
import { sendFullPresence } from "./presence";

/**
 * Sets the actor of a socket. If the person became a guest, or no longer is one, they may see the presence of other people than
 * before, so the socket gets the full list.
 */
export function setActor(socket: ServerSocket, actor: Actor): void {
  const wasGuest = socket.data.actor.role === "guest";
  socket.data.actor = actor;
  if (wasGuest !== (actor.role === "guest")) sendFullPresence(socket);
}

/** Applies a person's current role to their sockets. A socket that sends no requests learns of it only here. */
export function applyRole({ id, role }: { id: string; role: Actor["role"] }): void {
  for (const socket of socketsOf(logKey("person", id)))
    if (socket.data.actor.role !== role) setActor(socket, { ...socket.data.actor, role });
}
