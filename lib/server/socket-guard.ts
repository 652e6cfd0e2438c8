import { type Connection, isUnread, nameReader, type RawWebSocket, watchReader, webSocketOf } from "./backlog";
import type { ServerSocket } from "./audience";
import { Inbox, type InboxConnection, type Packet } from "./inbox";
import { log } from "./log";
import { metrics } from "./metrics";
import { once } from "./once";

/** Time for the client to read the last event, in milliseconds. */
const farewellMs = 1_000;
/** Packets that may still arrive after a connection was cut. After more, reading stops. */
const lateAtMost = 20;

interface EnginePacket {
  type: string;
  data?: string | Buffer;
}

const guards = () => once("socket-guards", () => new WeakMap<Connection, Guard>());

/** Sends everything that arrives on a new connection through its inbox: engine.io's packets, and WebSocket pings. */
export function guard(connection: Connection): void {
  const raw = webSocketOf(connection);
  if (!raw) return connection.close();
  watchReader(connection);
  const guarded = new Guard(connection, raw);
  guards().set(connection, guarded);
  const transport = connection.transport as unknown as { onPacket(packet: EnginePacket): void };
  transport.onPacket = (packet) => guarded.take(packet);
  // Package ws would answer pings itself, without any limit.
  raw.on("ping", (data) => guarded.receive({ bytes: data.length, kind: "heartbeat", pass: () => raw.pong(data) }));
  raw.on("pong", (data) => guarded.receive({ bytes: data.length, kind: "heartbeat", pass() {} }));
  connection.on("close", () => guarded.closed());
}

class Guard implements InboxConnection {
  readonly inbox = new Inbox(this);
  socket: ServerSocket | null = null;
  private isPaused = false;
  private isConnected = false;
  private isEnded = false;
  private late = 0;

  constructor(
    private readonly connection: Connection,
    private readonly raw: RawWebSocket,
  ) {}

  take(packet: EnginePacket): void {
    const { data = "" } = packet;
    // Socket.IO would create another socket for each CONNECT (type 0) that comes before the first is answered.
    if (data[0] === "0") {
      if (this.isConnected) this.cut("connected twice");
      this.isConnected = true;
    }
    const { transport } = this.connection;
    this.receive({ bytes: data.length, kind: kindOf(packet), pass: () => void transport.emit("packet", packet) });
  }

  receive(packet: Packet): void {
    if (!this.isEnded) this.inbox.take(packet);
    else if (++this.late > lateAtMost) this.pause();
  }

  pause(): void {
    if (!this.isPaused) this.raw.pause();
    this.isPaused = true;
  }

  resume(): void {
    if (this.isPaused) this.raw.resume();
    this.isPaused = false;
  }

  isUnread(): boolean {
    return isUnread(this.connection);
  }

  cut(why: string): void {
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
    this.endSoon();
  }

  closed(): void {
    this.isEnded = true;
    this.inbox.close();
    this.endSoon();
  }

  /** Closes the connection even if the client never closes its side. */
  private endSoon(): void {
    setTimeout(() => this.raw.terminate(), farewellMs).unref();
  }
}

/** Socket.IO's packet types: 2 is an event, 5 an event with binary parts. */
function kindOf({ type, data }: EnginePacket): Packet["kind"] {
  if (type === "pong") return "heartbeat";
  return type === "message" && (data?.[0] === "2" || data?.[0] === "5") ? "request" : "other";
}

/** Call once it is known whose connection it is. */
export function identify(socket: ServerSocket): void {
  const found = guards().get(socket.conn);
  if (!found) return;
  const { personId } = socket.data.actor;
  found.socket = socket;
  found.inbox.identify(personId);
  nameReader(socket.conn, personId);
}

export function inboxOf(socket: ServerSocket): Inbox | undefined {
  return guards().get(socket.conn)?.inbox;
}

/** Closes the connection of a client that breaks the rules, after telling it. Its unprocessed packets are dropped. */
export function cut(connection: Connection, why: string): void {
  guards().get(connection)?.cut(why);
}
