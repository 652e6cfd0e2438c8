import { logKey, socketsOf } from "./audience";
import { broadcast } from "./broadcast";
import { onBus, sendToPeers } from "./bus";
import { findAllowed } from "./logs";

export function startTyping(): void {
  onBus("typing", ({ roomId, personId }) => void sendTyping(roomId, personId).catch(() => {}));
}

/** Broadcasts that a person is typing in a room, on all processes. Only those who may receive the room's frames receive it. */
export async function broadcastTyping(roomId: string, personId: string): Promise<void> {
  sendToPeers("typing", { roomId, personId });
  await sendTyping(roomId, personId);
}

async function sendTyping(roomId: string, personId: string): Promise<void> {
  const others = [...socketsOf(logKey("room", roomId))].filter((socket) => socket.data.actor.personId !== personId);
  const receivers = await findAllowed("room", roomId, others);
  // Skip clients that read slowly: the event would be stale when they read it.
  const quick = receivers.filter((socket) => socket.conn["writeBuffer"].length === 0);
  broadcast(quick, "typing", { roomId, personId });
}
