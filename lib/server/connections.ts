import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { peerKeyOf, peerOf } from "./address";
import { openResponses } from "./admission";
import { env } from "./env";
import { plainHeaders } from "./headers";
import { metrics } from "./metrics";

/** Connections of this process, WebSockets included. Each takes a file descriptor and some KiB. */
const maxConnections = 20_000;
/** HTTP connections from one public address. WebSockets are limited for each person instead. */
const maxPerAddress = 6_000;
/** Unanswered requests on one connection. Browsers and proxies send one at a time. */
const maxPipelined = 8;
/** Bytes of answers that clients have not received yet: for one party (see `admission.ts`), and for all parties together. */
const maxUnreadBytes = { party: 8 * 1024 * 1024, all: 64 * 1024 * 1024 };
const checkUnreadEveryMs = 1_000;

export interface Connections {
  /** Tracks a request until it is answered. If the connection has too many unanswered requests, closes it and returns false. */
  begin(request: IncomingMessage, response: ServerResponse): boolean;
}

/** Limits the number of connections. Closes connections that stall, pipeline too many requests, or leave too much unread. */
export function guardConnections(server: Server): Connections {
  const unanswered = new WeakMap<Socket, Set<ServerResponse>>();
  const perAddress = new Map<string, number>();
  server.maxConnections = maxConnections;
  server.on("connection", (connection) => {
    unanswered.set(connection, new Set());
    connection.once("close", () => {
      // Node only closes the response that it is writing. Close the responses that are queued behind it, too.
      for (const response of unanswered.get(connection) ?? []) if (!response.socket) response.destroy().emit("close");
    });
    const key = peerKeyOf(peerOf({ socket: connection }));
    if (key === null) return;
    const count = (perAddress.get(key) ?? 0) + 1;
    perAddress.set(key, count);
    const countDown = () => {
      connection.off("close", countDown).off("upgraded", countDown);
      const remaining = (perAddress.get(key) ?? 1) - 1;
      if (remaining > 0) perAddress.set(key, remaining);
      else perAddress.delete(key);
    };
    connection.once("close", countDown).once("upgraded", countDown);
    if (count > maxPerAddress) closeConnection(connection, "connections");
  });
  server.on("upgrade", (_request, socket) => socket.emit("upgraded"));
  const { patienceMs } = env();
  // A connection gets more time if its client is waiting for our answer.
  server.setTimeout(patienceMs, (socket) => {
    const isWaiting = [...(unanswered.get(socket) ?? [])].some((response) => isInProgress(response));
    if (isWaiting && socket.writableLength === 0) socket.setTimeout(patienceMs);
    else closeConnection(socket, "stalled");
  });
  server.on("clientError", (error: Error & { code?: string }, socket) => {
    const isAnswering = socket instanceof Object && (unanswered.get(socket as Socket)?.size ?? 0) > 0;
    if (!socket.writable || isAnswering || error.code === "ECONNRESET") return void socket.destroy();
    socket.write(refusalOf(error.code));
    (socket as Socket).destroySoon();
  });
  setInterval(closeSlowReaders, checkUnreadEveryMs).unref();

  return {
    begin(request, response) {
      const { socket } = request;
      // After a connection is closed, Node still emits the other requests of its last packet.
      if (socket.destroyed) return false;
      const responses = unanswered.get(socket);
      if (!responses) return true;
      if (responses.size >= maxPipelined) {
        closeConnection(socket, "pipelined");
        return false;
      }
      responses.add(response);
      response.once("close", () => responses.delete(response));
      return true;
    },
  };
}

function isInProgress(response: ServerResponse): boolean {
  return response.req.complete && !response.writableEnded;
}

function closeConnection(socket: Socket, why: "connections" | "pipelined" | "stalled" | "unread"): void {
  metrics().connectionCuts.inc({ why });
  socket.destroy();
}

/** Closes the connections with the most unread bytes, until each party is within its limit, and then all parties together. */
function closeSlowReaders(): void {
  const all = openResponses().flatMap((responses) => {
    const unread = [...responses].filter((response) => response.writableLength > 0);
    return closeLongest(unread, maxUnreadBytes.party);
  });
  closeLongest(all, maxUnreadBytes.all);
}

/** Closes the connections with the longest unread responses, until at most `maxBytes` are left. Returns the other responses. */
function closeLongest(responses: ServerResponse[], maxBytes: number): ServerResponse[] {
  let bytes = responses.reduce((sum, { writableLength }) => sum + writableLength, 0);
  if (bytes <= maxBytes) return responses;
  const longestFirst = responses.toSorted((a, b) => b.writableLength - a.writableLength);
  while (bytes > maxBytes) {
    const response = longestFirst.shift();
    if (!response) break;
    bytes -= response.writableLength;
    closeConnection(response.req.socket, "unread");
  }
  return longestFirst;
}

/** The answer to bytes that are not a valid request. */
function refusalOf(code: string | undefined): string {
  const status =
    code === "ERR_HTTP_REQUEST_TIMEOUT"
      ? "408 Request Timeout"
      : code === "HPE_HEADER_OVERFLOW"
        ? "431 Request Header Fields Too Large"
        : "400 Bad Request";
  const headers = { ...plainHeaders(), connection: "close", "content-length": "0" };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\n${lines.join("")}\r\n`;
}
