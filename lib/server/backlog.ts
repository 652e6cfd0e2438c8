import type { Socket as TcpSocket } from "node:net";
import type { ServerSocket } from "./audience";
import { log } from "./log";
import { metrics } from "./metrics";
import { once } from "./once";

/** A connection of engine.io. */
export type Connection = ServerSocket["conn"];

/** The WebSocket of package ws that engine.io uses, and the TCP connection that uses. */
export interface RawWebSocket {
  _socket?: TcpSocket;
  terminate(): void;
  pause(): void;
  resume(): void;
  pong(data: Buffer): void;
  on(event: "ping" | "pong", listener: (data: Buffer) => void): void;
}

const mebibyte = 1024 * 1024;
/**
 * Limits for what was sent and not read yet: `packets` and `bytes` on one connection, `personBytes` on all connections of a
 * person, `processBytes` on all connections of this process. Above a limit, connections are closed; their clients catch up
 * after reconnecting.
 */
const atMost = { packets: 1_000, bytes: 2 * mebibyte, personBytes: 8 * mebibyte, processBytes: 128 * mebibyte };
/** While a connection has more unread bytes than this, its requests wait. */
const slowReaderBytes = mebibyte / 4;

interface Reader {
  connection: Connection;
  personId: string | null;
  /** Bytes in engine.io's own queue. */
  queued: number;
  /** All unread bytes, when they were last counted. */
  bytes: number;
  isCut: boolean;
}
interface Backlog {
  readers: Map<Connection, Reader>;
  bytes: number;
  ofPerson: Map<string, number>;
}

const backlog = () => once<Backlog>("backlog", () => ({ readers: new Map(), bytes: 0, ofPerson: new Map() }));

export function webSocketOf(connection: Connection): RawWebSocket | undefined {
  return (connection.transport as unknown as { socket?: RawWebSocket }).socket;
}

/** Counts everything that engine.io writes to this connection until it closes. */
export function watchReader(connection: Connection): void {
  const reader: Reader = { connection, personId: null, queued: 0, bytes: 0, isCut: false };
  backlog().readers.set(connection, reader);
  connection.on("packetCreate", ({ data }: { data?: string }) => {
    check(reader);
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

/** Assigns the connection to a person: its unread bytes now count towards the person's limit. */
export function assignReader(connection: Connection, personId: string): void {
  const reader = backlog().readers.get(connection);
  if (!reader) return;
  count(reader, 0);
  reader.personId = personId;
  check(reader);
}

/** The packets and bytes that were sent to a connection and that its client has not read yet. */
export function unreadOn(connection: Connection): { packets: number; bytes: number } {
  const queued = backlog().readers.get(connection)?.queued ?? 0;
  return {
    packets: connection["writeBuffer"].length,
    bytes: queued + (webSocketOf(connection)?._socket?.writableLength ?? 0),
  };
}

/** Whether the client reads so slowly that its requests should wait. */
export function isSlowReader(connection: Connection): boolean {
  return unreadOn(connection).bytes > slowReaderBytes;
}

/** Sets a connection's unread bytes, and updates the sums of its person and of the process. */
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

/** Counts a connection's unread bytes again, and closes connections if a limit is exceeded. */
function check(reader: Reader): void {
  if (reader.isCut) return;
  const { packets, bytes } = unreadOn(reader.connection);
  count(reader, bytes);
  if (packets > atMost.packets || bytes > atMost.bytes) return cut(reader, "connection");
  const { ofPerson, readers } = backlog();
  if ((ofPerson.get(reader.personId ?? "") ?? 0) > atMost.personBytes) {
    const theirs = [...readers.values()].filter(({ personId }) => personId === reader.personId);
    cutLargest(theirs, atMost.personBytes, "person");
  }
  if (backlog().bytes > atMost.processBytes) cutLargest([...readers.values()], atMost.processBytes, "process");
}

/** Closes the connections with the most unread bytes, until the others have at most `bytes` in all. */
function cutLargest(readers: Reader[], bytes: number, limitOf: string): void {
  // Count again: the clients may have read since the last count.
  for (const reader of readers) if (!reader.isCut) count(reader, unreadOn(reader.connection).bytes);
  let sum = readers.reduce((all, reader) => all + reader.bytes, 0);
  for (const reader of readers.toSorted((a, b) => b.bytes - a.bytes)) {
    if (sum <= bytes) return;
    sum -= reader.bytes;
    cut(reader, limitOf);
  }
}

function cut(reader: Reader, limitOf: string): void {
  const { connection, personId, bytes } = reader;
  reader.isCut = true;
  metrics().slowReaders.inc();
  log().warn({ personId, bytes, packets: connection["writeBuffer"].length, limitOf }, "slow reader cut");
  count(reader, 0);
  // `close` would wait until everything is read.
  webSocketOf(connection)?.terminate();
}
