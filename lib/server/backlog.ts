import type { Socket as TcpSocket } from "node:net";
import type { ParleySocket } from "./audience";
import { log } from "./log";
import { metrics } from "./metrics";
import { once } from "./once";

/** A connection of engine.io. */
export type Connection = ParleySocket["conn"];

/** What engine.io has below it: a WebSocket of package ws, and the TCP connection below that. */
export interface WebSocketBelow {
  _socket?: TcpSocket;
  terminate(): void;
  pause(): void;
  resume(): void;
  pong(data: Buffer): void;
  on(event: "ping" | "pong", listener: (data: Buffer) => void): void;
}

const mebibyte = 1024 * 1024;
/**
 * What may wait to be read: of one connection, of all of one person's, and of all of this process, answers as well as
 * events. A packet more than that, then the reader is cut; it catches up when it is back.
 */
const atMost = { packets: 1_000, bytes: 2 * mebibyte, ofPerson: 8 * mebibyte, ofAll: 128 * mebibyte };
/** Whoever leaves so much unread is answered nothing more. */
const unreadBytes = mebibyte / 4;

interface Reader {
  connection: Connection;
  personId: string | null;
  /** Bytes in engine.io's own queue. */
  queued: number;
  /** Bytes that waited altogether when it was last looked at. */
  bytes: number;
  cut: boolean;
}
interface Backlog {
  readers: Map<Connection, Reader>;
  bytes: number;
  ofPerson: Map<string, number>;
}

const backlog = () => once<Backlog>("backlog", () => ({ readers: new Map(), bytes: 0, ofPerson: new Map() }));

export function webSocketOf(connection: Connection): WebSocketBelow | undefined {
  return (connection.transport as unknown as { socket?: WebSocketBelow }).socket;
}

/** Counts all that engine.io writes to this connection, whatever it is, until it closes. */
export function watchReader(connection: Connection): void {
  const reader: Reader = { connection, personId: null, queued: 0, bytes: 0, cut: false };
  backlog().readers.set(connection, reader);
  connection.on("packetCreate", ({ data }: { data?: string }) => {
    look(reader);
    reader.queued += data?.length ?? 0;
  });
  connection.on("flush", () => {
    reader.queued = 0;
  });
  connection.on("close", () => {
    count(reader, 0);
    backlog().readers.delete(connection);
  });
}

/** From now on it counts together with the person's other connections. */
export function nameReader(connection: Connection, personId: string): void {
  const reader = backlog().readers.get(connection);
  if (!reader) return;
  count(reader, 0);
  reader.personId = personId;
  look(reader);
}

/** Packets and bytes that wait for a reader. */
export function waitingFor(connection: Connection): { packets: number; bytes: number } {
  const queued = backlog().readers.get(connection)?.queued ?? 0;
  return {
    packets: connection["writeBuffer"].length,
    bytes: queued + (webSocketOf(connection)?._socket?.writableLength ?? 0),
  };
}

export function isUnread(connection: Connection): boolean {
  return waitingFor(connection).bytes > unreadBytes;
}

/** Notes what waits now. */
function count(reader: Reader, bytes: number): void {
  const { ofPerson } = backlog();
  const more = bytes - reader.bytes;
  reader.bytes = bytes;
  backlog().bytes += more;
  if (reader.personId === null || more === 0) return;
  const left = (ofPerson.get(reader.personId) ?? 0) + more;
  if (left > 0) ofPerson.set(reader.personId, left);
  else ofPerson.delete(reader.personId);
}

function look(reader: Reader): void {
  if (reader.cut) return;
  const { packets, bytes } = waitingFor(reader.connection);
  count(reader, bytes);
  if (packets > atMost.packets || bytes > atMost.bytes) return cut(reader, "connection");
  const { ofPerson, readers } = backlog();
  if ((ofPerson.get(reader.personId ?? "") ?? 0) > atMost.ofPerson) {
    const theirs = [...readers.values()].filter(({ personId }) => personId === reader.personId);
    cutLargest(theirs, atMost.ofPerson, "person");
  }
  if (backlog().bytes > atMost.ofAll) cutLargest([...readers.values()], atMost.ofAll, "process");
}

/** Cuts those who leave most unread until the others together are within bounds. */
function cutLargest(readers: Reader[], bytes: number, of: string): void {
  // What was counted before may have been read meanwhile.
  for (const reader of readers) if (!reader.cut) count(reader, waitingFor(reader.connection).bytes);
  let sum = readers.reduce((all, reader) => all + reader.bytes, 0);
  for (const reader of readers.toSorted((a, b) => b.bytes - a.bytes)) {
    if (sum <= bytes) return;
    sum -= reader.bytes;
    cut(reader, of);
  }
}

function cut(reader: Reader, of: string): void {
  const { connection, personId, bytes } = reader;
  reader.cut = true;
  metrics().slowReaders.inc();
  log().warn({ personId, bytes, packets: connection["writeBuffer"].length, of }, "slow reader cut");
  count(reader, 0);
  // Not `close`, which waits until everything has been read.
  webSocketOf(connection)?.terminate();
}
