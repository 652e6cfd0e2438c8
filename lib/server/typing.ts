import type { TypingEvent } from "@/lib/contract/events";
import { logKey, socketsOf } from "./audience";
import { broadcast } from "./broadcast";
import { onBus, sendToPeers } from "./bus";
import { findAllowed } from "./logs";

export function startTyping(): void {
  onBus("typing", (event) => void sendTyping(event).catch(() => {}));
}

/** Broadcasts that a person is typing in a room, on all processes. Only those who may receive the room's frames receive it. */
export async function broadcastTyping(event: TypingEvent): Promise<void> {
  sendToPeers("typing", event);
  await sendTyping(event);
}

async function sendTyping(event: TypingEvent): Promise<void> {
  const { roomId, personId } = event;
  const others = [...socketsOf(logKey("room", roomId))].filter((socket) => socket.data.actor.personId !== personId);
  const receivers = await findAllowed("room", roomId, others);
  // Skip clients that read slowly: the event would be stale when they read it.
  const quick = receivers.filter((socket) => socket.conn["writeBuffer"].length === 0);
  broadcast(quick, "typing", event);
}
