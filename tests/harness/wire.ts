// One connection as a program writes it that keeps to no rules, and what the server says on it.
import { connect } from "node:net";

interface Said {
  status: number;
  headers: Headers;
}
export interface Conversation {
  /** Its answers in turn, without their bodies. */
  answers: Said[];
  /** The server ended it. */
  closed: boolean;
  /** Bytes that it took before it answered all or closed. */
  written: number;
  ms: number;
}

const answer = /HTTP\/1\.1 (\d{3})[^\r\n]*\r\n((?:[^\r\n]+\r\n)*)\r\n/g;
const longestHead = 16_384;

/**
 * Writes these parts, each when the one before is gone, and listens until so many answers have come or the server closes;
 * then, or after `ms`, it breaks off.
 */
export function converse(
  server: { port: number },
  parts: Iterable<string | Buffer>,
  { answers: wanted = 1, ms = 10_000, thenBreakOff = false } = {},
): Promise<Conversation> {
  return new Promise((resolve) => {
    const began = performance.now();
    const answers: Said[] = [];
    const left = parts[Symbol.iterator]();
    let unread = "";
    let closed = true;
    const socket = connect(server.port, "127.0.0.1", write);
    const breakOff = () => {
      closed = false;
      socket.destroy();
    };
    const late = setTimeout(breakOff, ms);
    function write(): void {
      for (;;) {
        const next = left.next();
        if (next.done) {
          if (thenBreakOff) breakOff();
          return;
        }
        if (!socket.write(next.value)) return void socket.once("drain", write);
      }
    }
    socket.on("data", (bytes) => {
      unread += bytes.toString("latin1");
      let read = 0;
      for (const match of unread.matchAll(answer)) {
        answers.push({ status: Number(match[1]), headers: headersOf(match[2] ?? "") });
        read = match.index + match[0].length;
      }
      unread = unread.slice(Math.max(read, unread.length - longestHead));
      if (answers.filter(({ status }) => status >= 200).length >= wanted) breakOff();
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      clearTimeout(late);
      resolve({ answers, closed, written: socket.bytesWritten, ms: performance.now() - began });
    });
  });
}

function headersOf(lines: string): Headers {
  const headers = new Headers();
  for (const line of lines.split("\r\n").filter(Boolean)) {
    const colon = line.indexOf(":");
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return headers;
}

/** The head of a request as it stands on the wire. */
export function head(method: string, url: string, headers: Record<string, string | number>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${url} HTTP/1.1\r\n${lines.join("")}\r\n`;
}
