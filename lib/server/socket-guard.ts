import { type Connection, isUnread, nameReader, type WebSocketBelow, watchReader, webSocketOf } from "./backlog";
import type { ParleySocket } from "./audience";
import { Inbox, type Line, type Packet } from "./inbox";
import { log } from "./log";
import { metrics } from "./metrics";
import { once } from "./once";

/** For the last words to be read. */
const farewellMs = 1_000;
/** Packets that may be on their way when a connection is over. More, and it is not read any more. */
const lateAtMost = 20;

interface EnginePacket {
  type: string;
  data?: string | Buffer;
}

const guards = () => once("socket-guards", () => new WeakMap<Connection, Guard>());

/** Everything that comes in on a new connection goes through its inbox: packets of engine.io, and WebSocket's own. */
export function guard(connection: Connection): void {
  const below = webSocketOf(connection);
  if (!below) return connection.close();
  watchReader(connection);
  const made = new Guard(connection, below);
  guards().set(connection, made);
  const transport = connection.transport as unknown as { onPacket(packet: EnginePacket): void };
  transport.onPacket = (packet) => made.take(packet);
  // Answered by package ws itself, pings could be sent without end.
  below.on("ping", (data) => made.receive({ bytes: data.length, kind: "beat", pass: () => below.pong(data) }));
  below.on("pong", (data) => made.receive({ bytes: data.length, kind: "beat", pass() {} }));
  connection.on("close", () => made.closed());
}

class Guard implements Line {
  readonly inbox = new Inbox(this);
  socket: ParleySocket | null = null;
  private isPaused = false;
  private isConnected = false;
  private isOver = false;
  private late = 0;

  constructor(
    private readonly connection: Connection,
    private readonly below: WebSocketBelow,
  ) {}

  take(packet: EnginePacket): void {
    const { data = "" } = packet;
    // Socket.IO makes a socket for every CONNECT that comes before it has answered the first.
    if (data[0] === "0") {
      if (this.isConnected) this.cut("connected twice");
      this.isConnected = true;
    }
    const { transport } = this.connection;
    this.receive({ bytes: data.length, kind: kindOf(packet), pass: () => void transport.emit("packet", packet) });
  }

  receive(packet: Packet): void {
    if (!this.isOver) this.inbox.take(packet);
    else if (++this.late > lateAtMost) this.pause();
  }

  pause(): void {
    if (!this.isPaused) this.below.pause();
    this.isPaused = true;
  }

  resume(): void {
    if (this.isPaused) this.below.resume();
    this.isPaused = false;
  }

  isUnread(): boolean {
    return isUnread(this.connection);
  }

  cut(why: string): void {
    const { socket } = this;
    if (this.isOver) return;
    this.isOver = true;
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
    this.isOver = true;
    this.inbox.close();
    this.endSoon();
  }

  /** The other side may never close its half. */
  private endSoon(): void {
    setTimeout(() => this.below.terminate(), farewellMs).unref();
  }
}

/** Socket.IO: 2 is an event, 5 one with binary parts. */
function kindOf({ type, data }: EnginePacket): Packet["kind"] {
  if (type === "pong") return "beat";
  return type === "message" && (data?.[0] === "2" || data?.[0] === "5") ? "question" : "other";
}

/** The connection is a person's from now on. */
export function identify(socket: ParleySocket): void {
  const found = guards().get(socket.conn);
  if (!found) return;
  const { personId } = socket.data.actor;
  found.socket = socket;
  found.inbox.identify(personId);
  nameReader(socket.conn, personId);
}

export function inboxOf(socket: ParleySocket): Inbox | undefined {
  return guards().get(socket.conn)?.inbox;
}

/** Ends the connection of somebody who goes too far, and says so. Nothing more of what they sent is looked at. */
export function cut(connection: Connection, why: string): void {
  guards().get(connection)?.cut(why);
}
