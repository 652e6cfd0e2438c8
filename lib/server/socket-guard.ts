import { type Connection, isUnread, nameReader, watchReader, webSocketOf } from "./backlog";
import type { ParleySocket } from "./audience";
import { createInbox, type Inbox, type Packet } from "./inbox";
import { log } from "./log";
import { metrics } from "./metrics";
import { once } from "./once";

/** For the last words to be read. */
const farewellMs = 1_000;

interface Guarded {
  inbox: Inbox;
  socket: ParleySocket | null;
  isCut: boolean;
}
interface EnginePacket {
  type: string;
  data?: string | Buffer;
}

const guarded = () => once("connections", () => new WeakMap<Connection, Guarded>());

/** Everything that comes in on a new connection goes through its inbox: packets of engine.io, and WebSocket's own. */
export function guard(connection: Connection): void {
  const below = webSocketOf(connection);
  if (!below) return connection.close();
  let isPaused = false;
  let connects = 0;
  const pause = (wanted: boolean) => {
    if (isPaused === wanted) return;
    isPaused = wanted;
    if (wanted) below.pause();
    else below.resume();
  };
  const inbox = createInbox({
    pause: () => pause(true),
    resume: () => pause(false),
    isUnread: () => isUnread(connection),
    cut: (why) => cut(connection, why),
  });
  guarded().set(connection, { inbox, socket: null, isCut: false });
  watchReader(connection);

  const transport = connection.transport as unknown as { onPacket(packet: EnginePacket): void };
  const pass = transport.onPacket.bind(transport);
  transport.onPacket = (packet) => {
    const { data = "" } = packet;
    // Socket.IO makes a socket for every CONNECT that comes before it has answered the first.
    if (data[0] === "0" && ++connects > 1) return cut(connection, "connected twice");
    inbox.take({ bytes: data.length, kind: kindOf(packet), pass: () => pass(packet) });
  };
  // Answered by package ws itself, pings could be sent without end.
  below.on("ping", (data) => inbox.take({ bytes: data.length, kind: "beat", pass: () => below.pong(data) }));
  below.on("pong", (data) => inbox.take({ bytes: data.length, kind: "beat", pass() {} }));
  connection.on("close", () => {
    inbox.close();
    // The other side may never close its half.
    setTimeout(() => below.terminate(), farewellMs).unref();
  });
}

/** Socket.IO: 2 is an event, 5 one with binary parts. */
function kindOf({ type, data }: EnginePacket): Packet["kind"] {
  if (type === "pong") return "beat";
  return type === "message" && (data?.[0] === "2" || data?.[0] === "5") ? "question" : "other";
}

/** The connection is a person's from now on. */
export function identify(socket: ParleySocket): void {
  const found = guarded().get(socket.conn);
  if (!found) return;
  const { personId } = socket.data.actor;
  found.socket = socket;
  found.inbox.identify(personId);
  nameReader(socket.conn, personId);
}

export function inboxOf(socket: ParleySocket): Inbox | undefined {
  return guarded().get(socket.conn)?.inbox;
}

/** Ends the connection of somebody who goes too far, and says so. Nothing more of what they sent is looked at. */
export function cut(connection: Connection, why: string): void {
  const found = guarded().get(connection);
  if (!found || found.isCut) return;
  found.isCut = true;
  found.inbox.close();
  metrics().cuts.inc();
  log().warn({ personId: found.socket?.data.actor.personId, why }, "socket cut");
  if (found.socket?.connected) {
    found.socket.emit("bye", { reason: "violation", afterMs: 10_000 });
    found.socket.disconnect(true);
  } else connection.close();
  setTimeout(() => webSocketOf(connection)?.terminate(), farewellMs).unref();
}
