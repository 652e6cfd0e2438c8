import { logKey, socketsOf } from "./audience";
import { broadcast } from "./broadcast";
import { type BusMessages, onBus, sendToPeers } from "./bus";
import { findAllowed } from "./logs";

type Typing = BusMessages["typing"];

export function startTyping(): void {
  onBus("typing", (typing) => void sendTyping(typing).catch(() => {}));
}

/** Broadcasts that a person is typing, on all processes. Only those who may receive the room's frames, and see the thread, receive it. */
export async function broadcastTyping(typing: Typing): Promise<void> {
  sendToPeers("typing", typing);
  await sendTyping(typing);
}

async function sendTyping({ lastSeq, ...event }: Typing): Promise<void> {
  const { roomId, threadId, personId } = event;
  const others = [...socketsOf(logKey("room", roomId))].filter((socket) => socket.data.actor.personId !== personId);
  // Whoever sees nothing up to the newest message of a thread does not see the thread. A process of the previous version does not say how new the thread is. Then only those who see the whole room hear of it.
  const seq = threadId === undefined ? Number.POSITIVE_INFINITY : (lastSeq ?? 1);
  const receivers = await findAllowed("room", roomId, others, seq);
  // Skip clients that read slowly: the event would be stale when they read it.
  const quick = receivers.filter((socket) => socket.conn["writeBuffer"].length === 0);
  broadcast(quick, "typing", event);
}
