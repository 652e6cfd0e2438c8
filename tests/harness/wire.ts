// A raw HTTP connection for tests that break the protocol, and the answers the server gives on it.
import { connect } from "node:net";

interface AnswerHead {
  status: number;
  headers: Headers;
}
export interface Conversation {
  /** The answers in order, without bodies. */
  answers: AnswerHead[];
  /** Whether the server closed the connection. */
  closed: boolean;
  /** Bytes that the server accepted. */
  written: number;
  ms: number;
}

const answer = /HTTP\/1\.1 (\d{3})[^\r\n]*\r\n((?:[^\r\n]+\r\n)*)\r\n/g;
const maxHeadBytes = 16_384;

/**
 * Writes the parts, each when the one before has been sent. Ends when `answers` answers have arrived, when the server closes,
 * or after `ms`.
 */
export function converse(
  server: { port: number },
  parts: Iterable<string | Buffer>,
  { answers: expected = 1, ms = 10_000, thenBreakOff = false } = {},
): Promise<Conversation> {
  return new Promise((resolve) => {
    const began = performance.now();
    const answers: AnswerHead[] = [];
    const remaining = parts[Symbol.iterator]();
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
        const next = remaining.next();
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
      unread = unread.slice(Math.max(read, unread.length - maxHeadBytes));
      if (answers.filter(({ status }) => status >= 200).length >= expected) breakOff();
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

/** The head of an HTTP/1.1 request as text. */
export function head(method: string, url: string, headers: Record<string, string | number>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${url} HTTP/1.1\r\n${lines.join("")}\r\n`;
}
