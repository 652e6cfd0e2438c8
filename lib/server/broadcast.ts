import type { ServerEvents } from "@/lib/contract/events";
import type { ServerSocket } from "./audience";
import { webSocketOf } from "./backlog";

/**
 * Sends one event to many sockets, and encodes it only once. If a socket has nothing queued, the bytes are written directly to
 * its TCP connection. With 200 sockets, engine.io's queue would cost more than everything else.
 */
export function broadcast<N extends keyof ServerEvents>(
  sockets: Iterable<ServerSocket>,
  name: N,
  event: Parameters<ServerEvents[N]>[0],
): void {
  // In Socket.IO, 2 is an event of the main namespace. In Engine.IO, 4 is a message.
  const packet = `2${JSON.stringify([name, event])}`;
  const frame = webSocketFrame(`4${packet}`);
  for (const socket of sockets) {
    const { conn } = socket;
    if (!socket.connected || conn.readyState !== "open") continue;
    const tcp = webSocketOf(conn)?._socket;
    if (tcp?.writable && conn.transport.writable && conn["writeBuffer"].length === 0 && tcp.writableLength === 0) {
      tcp.write(frame);
      continue;
    }
    conn.write(packet, { wsPreEncodedFrame: [frame] } as never);
  }
}

/** A whole WebSocket message of text, as a server sends it: unmasked, in one frame. */
function webSocketFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const headerBytes = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headerBytes + length);
  frame[0] = 0x81;
  frame[1] = headerBytes === 2 ? length : headerBytes === 4 ? 126 : 127;
  if (headerBytes === 4) frame.writeUInt16BE(length, 2);
  if (headerBytes === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.write(text, headerBytes);
  return frame;
}
