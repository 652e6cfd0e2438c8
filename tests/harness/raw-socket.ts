// A WebSocket written byte by byte, for tests that send what no client would, or do not read what arrives.
import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { request } from "./raw";
import { within } from "./server";
import { cutter } from "./websocket";

export interface RawSocket {
  /** The TCP connection. */
  wire: Socket;
  /** The text messages from the server as Engine.IO encodes them: `42["ready",…]`. */
  messages: string[];
  /** Resolves to the first message with this beginning. */
  heard(beginning: string, ms?: number): Promise<string>;
  /** Resolves when the connection is closed. */
  closed: Promise<void>;
  isClosed(): boolean;
  end(): void;
}

export const opcodes = { text: 1, ping: 9, pong: 10 };

/** One WebSocket frame of a client. Its mask is all zeros, so the body is not changed. */
export function frame(text: string, opcode = opcodes.text): Buffer {
  const body = Buffer.from(text);
  const head =
    body.length < 126 ? Buffer.from([0x80 | opcode, 0x80 | body.length]) : Buffer.from([0x80 | opcode, 0xfe, 0, 0]);
  if (body.length >= 126) head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, Buffer.alloc(4), body]);
}

/** Opens a WebSocket. Unless `connected` is false, also connects to Socket.IO and waits for `ready`. */
export async function rawSocket(
  server: { port: number; url: string },
  cookie: string,
  { connected = true } = {},
): Promise<RawSocket> {
  const headers = {
    host: `127.0.0.1:${server.port}`,
    origin: server.url,
    cookie,
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": randomBytes(16).toString("base64"),
  };
  const wire = connect(server.port, "127.0.0.1", () => {
    wire.write(request("GET /socket.io/?EIO=4&transport=websocket", headers));
  });
  const messages: string[] = [];
  const looks = new Set<() => void>();
  const cut = cutter();
  let isClosed = false;
  wire.on("error", () => {});
  wire.on("data", (bytes) => {
    for (const { text } of cut(bytes)) if (text !== null) messages.push(text);
    for (const look of looks) look();
  });
  const closed = new Promise<void>((resolve) => {
    wire.on("close", () => {
      isClosed = true;
      resolve();
      for (const look of looks) look();
    });
  });
  const socket: RawSocket = {
    wire,
    messages,
    closed,
    isClosed: () => isClosed,
    end: () => wire.destroy(),
    heard(beginning, ms = 20_000) {
      let look = () => {};
      const heard = new Promise<string>((resolve, reject) => {
        look = () => {
          const found = messages.find((message) => message.startsWith(beginning));
          if (found !== undefined) resolve(found);
          else if (isClosed) reject(new Error(`Closed before ${beginning}. Heard: ${messages.join("\n").slice(-500)}`));
        };
      });
      looks.add(look);
      look();
      return within(ms, heard, () => `Waited in vain for ${beginning}.`).finally(() => looks.delete(look));
    },
  };
  await socket.heard("0{");
  if (!connected) return socket;
  wire.write(frame("40"));
  await socket.heard('42["ready"');
  return socket;
}
