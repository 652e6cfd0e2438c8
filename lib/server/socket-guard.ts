import { type Connection, isSlowReader, assignReader, type RawWebSocket, watchReader, webSocketOf } from "./backlog";
import type { ServerSocket } from "./audience";
import { Inbox, type InboxConnection, type Packet } from "./inbox";
import { log } from "./log";
import { metrics } from "./metrics";
import { once } from "./once";

/** How long a closed connection stays before it is terminated, so that the client can read the last event. */
const terminateAfterMs = 1_000;
/** After a connection is closed, up to this many more of its packets are read and ignored. If more arrive, reading stops. */
const maxIgnoredPackets = 20;

interface EnginePacket {
  type: string;
  data?: string | Buffer;
}

const guards = () => once("socket-guards", () => new WeakMap<Connection, Guard>());

/** Passes all packets, WebSocket pings and pongs of a new connection to its inbox, which enforces the limits. */
export function guard(connection: Connection): void {
  const raw = webSocketOf(connection);
  if (!raw) return connection.close();
  watchReader(connection);
  const guardOfConnection = new Guard(connection, raw);
  guards().set(connection, guardOfConnection);
  const transport = connection.transport as unknown as { onPacket(packet: EnginePacket): void };
  transport.onPacket = (packet) => guardOfConnection.take(packet);
  // `autoPong` is off, so the ws package does not answer pings itself. It would answer any number of them.
  raw.on("ping", (data) =>
    guardOfConnection.receive({ bytes: data.length, kind: "heartbeat", pass: () => raw.pong(data) }),
  );
  raw.on("pong", (data) => guardOfConnection.receive({ bytes: data.length, kind: "heartbeat", pass() {} }));
  connection.on("close", () => guardOfConnection.onClosed());
}

class Guard implements InboxConnection {
  readonly inbox = new Inbox(this);
  socket: ServerSocket | null = null;
  private isPaused = false;
  /** Whether the client has sent Socket.IO's CONNECT packet. */
  private isConnected = false;
  private isEnded = false;
  private ignoredPackets = 0;

  constructor(
    private readonly connection: Connection,
    private readonly raw: RawWebSocket,
  ) {}

  take(packet: EnginePacket): void {
    const { data = "" } = packet;
    // Only one CONNECT (type 0) is allowed. Socket.IO would create a socket for each CONNECT that comes before the first answer.
    if (data[0] === "0") {
      if (this.isConnected) this.closeForViolation("connected twice");
      this.isConnected = true;
    }
    const { transport } = this.connection;
    this.receive({ bytes: data.length, kind: kindOf(packet), pass: () => void transport.emit("packet", packet) });
  }

  receive(packet: Packet): void {
    if (!this.isEnded) this.inbox.take(packet);
    else if (++this.ignoredPackets > maxIgnoredPackets) this.pause();
  }

  pause(): void {
    if (!this.isPaused) this.raw.pause();
    this.isPaused = true;
  }

  resume(): void {
    if (this.isPaused) this.raw.resume();
    this.isPaused = false;
  }

  isSlowReader(): boolean {
    return isSlowReader(this.connection);
  }

  closeForViolation(why: string): void {
    const { socket } = this;
    if (this.isEnded) return;
    this.isEnded = true;
    this.inbox.close();
    metrics().cuts.inc();
    log().warn({ personId: socket?.data.actor.personId, why }, "socket cut");
    if (socket?.connected) {
      socket.emit("bye", { reason: "violation", afterMs: 10_000 });
      socket.disconnect(true);
    } else this.connection.close();
    this.terminateSoon();
  }

  onClosed(): void {
    this.isEnded = true;
    this.inbox.close();
    this.terminateSoon();
  }

  /** Terminates the connection after a moment, even if the client does not close it. */
  private terminateSoon(): void {
    setTimeout(() => this.raw.terminate(), terminateAfterMs).unref();
  }
}

/** Socket.IO's packet types: 2 is an event, 5 an event with binary parts. */
function kindOf({ type, data }: EnginePacket): Packet["kind"] {
  if (type === "pong") return "heartbeat";
  return type === "message" && (data?.[0] === "2" || data?.[0] === "5") ? "request" : "other";
}

/** Makes the limits of the socket's person apply to the connection. Call it after sign-in was checked. */
export function identify(socket: ServerSocket): void {
  const found = guards().get(socket.conn);
  if (!found) return;
  const { personId } = socket.data.actor;
  found.socket = socket;
  found.inbox.identify(personId);
  assignReader(socket.conn, personId);
}

export function inboxOf(socket: ServerSocket): Inbox | undefined {
  return guards().get(socket.conn)?.inbox;
}

/** Sends `bye` to a client that exceeded a limit and closes its connection. Packets still in its inbox are dropped. */
export function closeForViolation(connection: Connection, why: string): void {
  guards().get(connection)?.closeForViolation(why);
}
