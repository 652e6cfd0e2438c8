// A way to the server on which some of what it tells is lost. Requests and answers always get through.
import { randomBytes } from "node:crypto";
import { createServer, connect, type Socket } from "node:net";
import { freePortFor } from "../../scripts/setup/ports.mjs";

export interface LossyWay {
  url: string;
  /** From now on loses this share of frames and personal changes, 0 to 1. */
  lose(share: number): void;
  /** How many were let through and how many were lost. */
  counts: { passed: number; lost: number };
  close(): void;
}

const losable = /^42\["(frame|me)",/;

export async function lossyWay(server: { port: number }, random: () => number): Promise<LossyWay> {
  const port = await freePortFor(randomBytes(8).toString("hex"));
  const sockets = new Set<Socket>();
  const counts = { passed: 0, lost: 0 };
  let share = 0;
  const mayPass = (text: string) => {
    if (!losable.test(text)) return true;
    const passes = random() >= share;
    counts[passes ? "passed" : "lost"]++;
    return passes;
  };
  const listening = createServer((near) => {
    const far = connect(server.port, "127.0.0.1");
    const read = reader(mayPass);
    near.pipe(far);
    far.on("data", (bytes) => near.write(read(bytes)));
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.end();
      });
    }
  });
  await new Promise<void>((resolve) => listening.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    lose(next) {
      share = next;
    },
    counts,
    close() {
      listening.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Takes what the server writes and returns what is passed on. After an upgrade it is cut into WebSocket messages. */
function reader(mayPass: (text: string) => boolean): (bytes: Buffer) => Buffer {
  let upgraded = false;
  let rest = Buffer.alloc(0);
  return (bytes) => {
    const passed: Buffer[] = [];
    rest = Buffer.concat([rest, bytes]);
    if (!upgraded) {
      const end = rest.indexOf("\r\n\r\n");
      upgraded = end >= 0 && rest.toString("latin1", 0, 12) === "HTTP/1.1 101";
      const head = upgraded ? end + 4 : rest.length;
      passed.push(rest.subarray(0, head));
      rest = rest.subarray(head);
    }
    for (let size = sizeOf(rest); upgraded && size && rest.length >= size.all; size = sizeOf(rest)) {
      if (mayPass(rest.toString("utf8", size.head, size.all))) passed.push(rest.subarray(0, size.all));
      rest = rest.subarray(size.all);
    }
    return Buffer.concat(passed);
  };
}

/** Bytes of a server's WebSocket message, which is never masked, and of its head; null while that is incomplete. */
function sizeOf(bytes: Buffer): { head: number; all: number } | null {
  const short = (bytes[1] ?? 0) & 0x7f;
  const head = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < head) return null;
  const body = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  return { head, all: head + body };
}
