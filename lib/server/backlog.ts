import type { Socket as TcpSocket } from "node:net";
import { connectedSockets, type ServerSocket } from "./audience";
import { log } from "./log";
import { metrics } from "./metrics";
import { once } from "./once";

/** A connection of engine.io. */
export type Connection = ServerSocket["conn"];

/** The WebSocket (of package ws) that engine.io uses for a connection. `_socket` is its TCP connection. */
export interface RawWebSocket {
  _socket?: TcpSocket;
  terminate(): void;
  pause(): void;
  resume(): void;
  pong(data: Buffer): void;
  on(event: "ping" | "pong", listener: (data: Buffer) => void): void;
}

const mebibyte = 1024 * 1024;
// The backlog is the data that this process has sent and the clients have not read yet. If clients read too slowly, the backlog
// would fill the memory.

/**
 * Limits for unread data: `packets` and `bytes` on one connection, `personBytes` on all connections of a person, `processBytes`
 * on all connections of this process. Above a limit, connections are closed. Their clients catch up after reconnecting.
 */
const maxUnread = { packets: 1_000, bytes: 2 * mebibyte, personBytes: 8 * mebibyte, processBytes: 128 * mebibyte };
/** If a connection has more unread bytes than this, its requests wait. */
const slowReaderBytes = mebibyte / 4;

/** A connection, with the size of its unread data. */
interface Reader {
  connection: Connection;
  /** Null until the person is known. */
  personId: string | null;
  /** Bytes in engine.io's own queue. */
  queuedBytes: number;
  /** All unread bytes, when they were last counted. */
  bytes: number;
  isClosed: boolean;
}
interface Backlog {
  readers: Map<Connection, Reader>;
  bytes: number;
  bytesByPerson: Map<string, number>;
}

const backlog = () => once<Backlog>("backlog", () => ({ readers: new Map(), bytes: 0, bytesByPerson: new Map() }));

export function webSocketOf(connection: Connection): RawWebSocket | undefined {
  return (connection.transport as unknown as { socket?: RawWebSocket }).socket;
}

/** Counts everything that engine.io writes to this connection until it closes. */
export function watchReader(connection: Connection): void {
  const reader: Reader = { connection, personId: null, queuedBytes: 0, bytes: 0, isClosed: false };
  backlog().readers.set(connection, reader);
  connection.on("packetCreate", ({ data }: { data?: string }) => {
    enforceLimits(reader);
    reader.queuedBytes += data?.length ?? 0;
  });
  connection.on("flush", () => {
    reader.queuedBytes = 0;
  });
  connection.on("close", () => {
    setBytes(reader, 0);
    backlog().readers.delete(connection);
  });
}

/** Assigns the connection to a person: its unread bytes now count towards the person's limit. */
export function assignReader(connection: Connection, personId: string): void {
  const reader = backlog().readers.get(connection);
  if (!reader) return;
  setBytes(reader, 0);
  reader.personId = personId;
  enforceLimits(reader);
}

/** The packets and bytes that were sent to a connection and not read by its client yet. */
export function unreadOn(connection: Connection): { packets: number; bytes: number } {
  const queuedBytes = backlog().readers.get(connection)?.queuedBytes ?? 0;
  return {
    packets: connection["writeBuffer"].length,
    bytes: queuedBytes + (webSocketOf(connection)?._socket?.writableLength ?? 0),
  };
}

/** Whether the client reads so slowly that its requests should wait. */
export function isSlowReader(connection: Connection): boolean {
  return unreadOn(connection).bytes > slowReaderBytes;
}

/** Sets a connection's unread bytes, and updates the sums of its person and of the process. */
function setBytes(reader: Reader, bytes: number): void {
  const { bytesByPerson } = backlog();
  const change = bytes - reader.bytes;
  reader.bytes = bytes;
  backlog().bytes += change;
  if (reader.personId === null || change === 0) return;
  const personBytes = (bytesByPerson.get(reader.personId) ?? 0) + change;
  if (personBytes > 0) bytesByPerson.set(reader.personId, personBytes);
  else bytesByPerson.delete(reader.personId);
}

/** Counts a connection's unread bytes again, and closes connections if a limit is exceeded. */
function enforceLimits(reader: Reader): void {
  if (reader.isClosed) return;
  const { packets, bytes } = unreadOn(reader.connection);
  setBytes(reader, bytes);
  if (packets > maxUnread.packets || bytes > maxUnread.bytes) return closeReader(reader, "connection");
  const { bytesByPerson, readers } = backlog();
  if ((bytesByPerson.get(reader.personId ?? "") ?? 0) > maxUnread.personBytes) {
    const personReaders = [...readers.values()].filter(({ personId }) => personId === reader.personId);
    closeLargest(personReaders, maxUnread.personBytes, "person");
  }
  if (backlog().bytes > maxUnread.processBytes) closeLargest([...readers.values()], maxUnread.processBytes, "process");
}

/** Closes the connections with the most unread bytes, until the others have at most `maxBytes` together. */
function closeLargest(readers: Reader[], maxBytes: number, limitOf: string): void {
  // Count again: the clients may have read since the last count.
  for (const reader of readers) if (!reader.isClosed) setBytes(reader, unreadOn(reader.connection).bytes);
  let sum = readers.reduce((total, reader) => total + reader.bytes, 0);
  for (const reader of readers.toSorted((a, b) => b.bytes - a.bytes)) {
    if (sum <= maxBytes) return;
    sum -= reader.bytes;
    closeReader(reader, limitOf);
  }
}

function closeReader(reader: Reader, limitOf: string): void {
  const { connection, personId, bytes } = reader;
  reader.isClosed = true;
  metrics().slowReaders.inc();
  log().warn({ personId, bytes, packets: connection["writeBuffer"].length, limitOf }, "slow reader cut");
  setBytes(reader, 0);
  // `close` would wait until everything is read.
  webSocketOf(connection)?.terminate();
}

/** Counts the sockets of this process and the packets queued for them. Visits every socket, so use it for metrics only. */
export function countSocketsAndPackets() {
  const queues = connectedSockets().map((socket) => unreadOn(socket.conn).packets);
  return {
    sockets: queues.length,
    queued: queues.reduce((sum, length) => sum + length, 0),
    longestQueue: queues.reduce((longest, length) => Math.max(longest, length), 0),
  };
}
