import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { peerKeyOf, peerOf } from "./address";
import { openResponses } from "./admission";
import { env } from "./env";
import { plainHeaders } from "./headers";
import { metrics } from "./metrics";

/** Connections of this process, sockets included; each takes a descriptor and some KiB. */
const connectionsAtMost = 20_000;
/** Connections of one public address that speak HTTP. Upgraded ones are counted by login. */
const perAddressAtMost = 6_000;
/** Requests on one connection that wait for their answer. Browsers and proxies send one after the other. */
const pipelinedAtMost = 8;
/** Bytes of answers that wait to be read: of one party, and of all. */
const unreadAtMost = { party: 8 * 1024 * 1024, all: 64 * 1024 * 1024 };
const lookEveryMs = 1_000;

/** What the connections of one server have open. */
export interface Connections {
  /** Notes a request until it is answered. False when its connection asks too much at once and has been closed. */
  begin(request: IncomingMessage, response: ServerResponse): boolean;
}

/** Bounds what the other end of a connection can hold here by asking, by not asking and by not reading. */
export function guardConnections(server: Server): Connections {
  const open = new WeakMap<Socket, Set<ServerResponse>>();
  const perAddress = new Map<string, number>();
  server.maxConnections = connectionsAtMost;
  server.on("connection", (connection) => {
    open.set(connection, new Set());
    connection.once("close", () => {
      // Node closes the answer that is being written. Those queued behind it hear nothing of it.
      for (const response of open.get(connection) ?? []) if (!response.socket) response.destroy().emit("close");
    });
    const key = peerKeyOf(peerOf({ socket: connection }));
    if (key === null) return;
    const count = (perAddress.get(key) ?? 0) + 1;
    perAddress.set(key, count);
    const leave = () => {
      connection.off("close", leave).off("upgraded", leave);
      const left = (perAddress.get(key) ?? 1) - 1;
      if (left > 0) perAddress.set(key, left);
      else perAddress.delete(key);
    };
    connection.once("close", leave).once("upgraded", leave);
    if (count > perAddressAtMost) cut(connection, "connections");
  });
  server.on("upgrade", (_request, socket) => socket.emit("upgraded"));
  const { patienceMs } = env();
  // Not when we are the ones who keep it waiting.
  server.setTimeout(patienceMs, (socket) => {
    const waiting = [...(open.get(socket) ?? [])].some((response) => isWorkedOn(response));
    if (waiting && socket.writableLength === 0) socket.setTimeout(patienceMs);
    else cut(socket, "stalled");
  });
  server.on("clientError", (error: Error & { code?: string }, socket) => {
    const isAnswering = socket instanceof Object && (open.get(socket as Socket)?.size ?? 0) > 0;
    if (!socket.writable || isAnswering || error.code === "ECONNRESET") return void socket.destroy();
    socket.write(refusalOf(error.code));
    (socket as Socket).destroySoon();
  });
  setInterval(cutUnread, lookEveryMs).unref();

  return {
    begin(request, response) {
      const { socket } = request;
      // Node goes on handing out what one packet held after its connection is closed.
      if (socket.destroyed) return false;
      const mine = open.get(socket);
      if (!mine) return true;
      if (mine.size >= pipelinedAtMost) {
        cut(socket, "pipelined");
        return false;
      }
      mine.add(response);
      response.once("close", () => mine.delete(response));
      return true;
    },
  };
}

function isWorkedOn(response: ServerResponse): boolean {
  return response.req.complete && !response.writableEnded;
}

function cut(socket: Socket, why: "connections" | "pipelined" | "stalled" | "unread"): void {
  metrics().connectionCuts.inc({ why });
  socket.destroy();
}

/** Closes the connections on which most waits to be read, until what waits is within bounds. */
function cutUnread(): void {
  const all = openResponses().flatMap((responses) => {
    const some = [...responses].filter((response) => response.writableLength > 0);
    return cutLongest(some, unreadAtMost.party);
  });
  cutLongest(all, unreadAtMost.all);
}

/** Resolves to those that are left. */
function cutLongest(responses: ServerResponse[], atMost: number): ServerResponse[] {
  let bytes = responses.reduce((sum, { writableLength }) => sum + writableLength, 0);
  if (bytes <= atMost) return responses;
  const longestFirst = responses.toSorted((a, b) => b.writableLength - a.writableLength);
  while (bytes > atMost) {
    const response = longestFirst.shift();
    if (!response) break;
    bytes -= response.writableLength;
    cut(response.req.socket, "unread");
  }
  return longestFirst;
}

/** What is said to bytes that are no request. */
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
