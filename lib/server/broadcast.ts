import type { Socket as TcpSocket } from "node:net";
import type { ServerEvents } from "@/lib/contract/events";
import type { ParleySocket } from "./audience";
import { log } from "./log";
import { metrics } from "./metrics";

/** A reader may let so much wait for it, then it is cut and catches up when it is back. */
const slowest = { packets: 1_000, bytes: 1024 * 1024 };

interface Transport {
  writable: boolean;
  /** The WebSocket of package ws; `_socket` is the connection below it. */
  socket?: { _socket?: TcpSocket; terminate(): void };
}

/**
 * Says the same to many sockets, encoded once. Where nothing waits before it, the bytes go to the connection as they
 * are: engine.io's queue costs more than everything else about a frame that 200 people hear.
 */
export function broadcast<N extends keyof ServerEvents>(
  sockets: Iterable<ParleySocket>,
  name: N,
  event: Parameters<ServerEvents[N]>[0],
): void {
  // Socket.IO: 2 is an event of the main namespace; Engine.IO: 4 is a message.
  const packet = `2${JSON.stringify([name, event])}`;
  const frame = webSocketFrame(`4${packet}`);
  for (const socket of sockets) {
    const { conn } = socket;
    if (!socket.connected || conn.readyState !== "open") continue;
    const { writable, socket: webSocket } = conn.transport as unknown as Transport;
    const wire = webSocket?._socket;
    if (wire?.writable && writable && conn["writeBuffer"].length === 0 && wire.writableLength === 0) {
      wire.write(frame);
      continue;
    }
    if (conn["writeBuffer"].length === 0) socket.data.queuedBytes = 0;
    socket.data.queuedBytes += frame.length;
    conn.write(packet, { wsPreEncodedFrame: [frame] } as never);
    cutIfSlow(socket);
  }
}

/** A whole WebSocket message of text, as a server sends it: unmasked, in one frame. */
function webSocketFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = 0x81;
  frame[1] = head === 2 ? length : head === 4 ? 126 : 127;
  if (head === 4) frame.writeUInt16BE(length, 2);
  if (head === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.write(text, head);
  return frame;
}

/** Packets and bytes that wait for a reader. */
export function waitingFor(socket: ParleySocket): { packets: number; bytes: number } {
  const packets = socket.conn["writeBuffer"].length;
  const wire = (socket.conn.transport as unknown as Transport).socket?._socket;
  return { packets, bytes: (wire?.writableLength ?? 0) + (packets > 0 ? socket.data.queuedBytes : 0) };
}

/** Ends the connection of a reader that lets too much wait: everybody else's memory is worth more. */
export function cutIfSlow(socket: ParleySocket): void {
  const { packets, bytes } = waitingFor(socket);
  if (packets <= slowest.packets && bytes <= slowest.bytes) return;
  metrics().slowReaders.inc();
  log().warn({ personId: socket.data.actor.personId, packets, bytes }, "slow reader cut");
  // Not `disconnect`, which waits until everything has been read.
  (socket.conn.transport as unknown as Transport).socket?.terminate();
}
