import { createServer, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Server } from "socket.io";
import type { Answer } from "@/lib/contract/errors";
import type { ChosenPresence } from "@/lib/contract/presence";
import { limits } from "@/lib/contract/limits";
import { type Actor, type Caller, findActor, findActorOfLogin } from "./actor";
import { addressOf } from "./address";
import { organizationMissing, toFailure } from "./app-error";
import {
  joinAudience,
  leaveAllAudiences,
  logKey,
  type LogKind,
  type SocketServer,
  type ServerSocket,
  sessionKey,
  socketsOf,
} from "./audience";
import { startBus } from "./bus";
import { closeForViolation, guard, identify, inboxOf } from "./socket-guard";
import { loginFrom } from "./cookie";
import { execute, newRequestId } from "./execute";
import type { Handler } from "./handler";
import { log } from "./log";
import { countAnswer, metrics } from "./metrics";
import { applyChoice, beginLease, endLease, startPresence, sendFullPresence } from "./presence";
import { setActor } from "./socket-actor";
import type { FindPeopleSharingRoom } from "./presence-of-guest";
import { type Logs, sentClockOf, startLogs, subscribe } from "./logs";
import { startSweeps } from "./sweeps";
import { startTyping } from "./typing";
import { checkUpgrade, refuseUpgrade } from "./upgrade";
import { violationCounter } from "./violations";

/** What the domain provides: every handler, and the queries that realtime needs. */
export interface Domain {
  handlers: Record<string, Handler>;
  logs: Logs;
  findPeopleSharingRoom: FindPeopleSharingRoom;
  /** Counts the messages and people of rooms that changed. Called every few minutes. */
  countRooms: () => Promise<void>;
  /** Tasks that make changes when they are due, such as expiries. Each is called about once a minute. */
  everySecond: readonly (() => Promise<void>)[];
  everyMinute: readonly (() => Promise<void>)[];
  /** Reads what a new socket needs. Undefined if its session has ended. */
  welcome: (actor: Actor) => Promise<Welcome | undefined>;
}

/** The clocks of the logs to which a new socket subscribes, and what its person chose to be seen as. */
export interface Welcome {
  /** Changes when the database is restored. */
  epoch: string;
  organizationClock: number;
  /** The person's own clock. */
  clock: number;
  rooms: { id: string; clock: number }[];
  chosen: ChosenPresence;
}

/** The longest time that a `rate_limited` answer takes to reach the client. */
const maxDeliveryMs = 1_000;

export interface Sockets {
  io: SocketServer;
  /** Upgrades a connection to a WebSocket, or refuses it. */
  upgrade(request: IncomingMessage, connection: Duplex, head: Buffer): void;
}

/** Starts Socket.IO. The only events a client may send are names of operations. */
export function openSockets(domain: Domain, version: string): Sockets {
  // Socket.IO gets an HTTP server that never listens, because it must not answer HTTP requests. `upgrade` passes the WebSockets
  // to it.
  const io: SocketServer = new Server(createServer(), {
    path: "/socket.io/",
    transports: ["websocket"],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: limits.frame,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    connectTimeout: 10_000,
  });
  const { engine } = io as unknown as { engine: Engine };
  engine.ws.options.autoPong = false;
  engine.on("connection", guard);
  io.use((socket, next) => {
    actorOf(socket)
      .then((actor) => {
        if (!actor) return next(new Error("unauthenticated"));
        if (actor === "several") return next(organizationRefusal());
        socket.data.actor = actor;
        socket.data.address = addressOf(socket.request);
        socket.data.userAgent = socket.request.headers["user-agent"] ?? "";
        socket.data.audiences = [];
        identify(socket);
        next();
      })
      .catch((error) => {
        // Logs the error. Whatever it is, the client connects again a little later.
        toFailure(error, newRequestId());
        next(new Error("busy"));
      });
  });
  io.on("connection", (socket) => {
    welcome(socket, domain, version).catch((error) => {
      log().error({ err: String(error) }, "welcome failed");
      socket.disconnect(true);
    });
  });
  startLogs(domain.logs);
  startTyping();
  startSweeps(domain);
  startPresence(domain.findPeopleSharingRoom);
  startBus();
  return {
    io,
    upgrade(request, connection, head) {
      checkUpgrade(request)
        .then(() => engine.handleUpgrade(request, connection, head))
        .catch((error) => refuseUpgrade(connection, toFailure(error, newRequestId())));
    },
  };
}

/** The parts of engine.io that its types leave out. */
interface Engine {
  ws: { options: { autoPong: boolean } };
  on(event: "connection", listener: typeof guard): void;
  handleUpgrade(request: IncomingMessage, connection: Duplex, head: Buffer): void;
}

/** The person who connects, in the organization that the handshake names in `auth.organization`. */
async function actorOf({ request, handshake }: ServerSocket): Promise<Actor | "several" | null> {
  const login = await loginFrom(request.headers.cookie);
  if (!login) return null;
  const { organization = null } = handshake.auth as { organization?: unknown };
  if (organization !== null && typeof organization !== "string") return null;
  const found = await findActorOfLogin(login.loginId, organization);
  if (!found || found === "several") return found;
  const { handle: _, ...actor } = found;
  return actor;
}

/** Socket.IO sends `data` with the error. */
const organizationRefusal = (): Error =>
  Object.assign(new Error("invalid_input"), {
    data: toFailure(organizationMissing("auth.organization"), newRequestId()),
  });

async function welcome(socket: ServerSocket, domain: Domain, version: string): Promise<void> {
  const { actor } = socket.data;
  if (socketsOf(logKey("person", actor.personId)).size >= limits.sockets) {
    metrics().cuts.inc();
    socket.emit("bye", { reason: "violation", afterMs: 60_000 });
    return void socket.disconnect(true);
  }
  receiveRequests(socket, domain.handlers);
  socket.on("disconnect", () => {
    leaveAllAudiences(socket);
    endLease(actor.personId, socket.id);
    // A client can close its Socket.IO socket but keep the connection open, which would then escape all limits.
    socket.conn.close();
  });
  const { personId, organizationId } = actor;
  const personKey = logKey("person", personId);
  for (const key of [personKey, sessionKey(actor.sessionId), logKey("organization", organizationId)]) {
    joinAudience(socket, key);
  }
  // The lease begins, and the socket subscribes to these logs, before `welcome` reads, so that no change is missed in between.
  beginLease(actor, socket.id, "active");
  let welcomeData = await domain.welcome(actor);
  // If a frame of the person's log was sent meanwhile, the person may be in other rooms now.
  if (welcomeData && welcomeData.clock < sentClockOf("person", personId)) welcomeData = await domain.welcome(actor);
  if (!welcomeData) return void socket.disconnect(true);
  if (socket.disconnected) return;
  const { epoch, clock, organizationClock, rooms, chosen } = welcomeData;
  // The client syncs on `ready`. The infinite clock prevents an empty frame, which would make it sync once more.
  const subscribeTo = (kind: LogKind, id: string, logClock: number) =>
    subscribe(kind, [socket], id, logClock, Number.POSITIVE_INFINITY);
  subscribeTo("person", personId, clock);
  subscribeTo("organization", organizationId, organizationClock);
  for (const room of rooms) subscribeTo("room", room.id, room.clock);
  metrics().connections.inc();
  applyChoice(personId, chosen);
  socket.emit("ready", { epoch, version });
  sendFullPresence(socket);
}

/** Receives all requests of a socket. Nothing that a client sends may make it throw. */
function receiveRequests(socket: ServerSocket, handlers: Record<string, Handler>): void {
  const isOneTooMany = violationCounter();
  const countViolation = (what: string) => {
    if (isOneTooMany()) closeForViolation(socket.conn, what);
  };
  const retryTimes = new RetryTimes();
  socket.on("error", () => countViolation("error"));
  socket.onAny((name: unknown, ...args: unknown[]) => {
    const endRequest = inboxOf(socket)?.begin();
    if (!endRequest) return;
    // Socket.IO's acknowledgement: calling it sends the answer.
    const ack = args.at(-1);
    const isOperation = typeof name === "string" && Object.hasOwn(handlers, name);
    if (!isOperation || typeof ack !== "function" || args.length !== 2) {
      endRequest();
      return countViolation(isOperation ? "no acknowledgement" : "unknown event");
    }
    const handler = handlers[name] as Handler;
    const receivedAt = performance.now();
    const limit = handler.operation.limit.name;
    const isEarly = retryTimes.isEarly(limit);
    answer(socket, handler, args[0])
      .then((reply) => {
        if (!reply.ok && reply.error.code === "invalid_input") countViolation("invalid input");
        if (!reply.ok && reply.error.code === "rate_limited") {
          if (isEarly) countViolation("retried too soon");
          retryTimes.setWait(limit, reply.error.retryAfterMs ?? 0);
        }
        (ack as (reply: Answer<unknown>) => void)(reply);
        countAnswer(name, "socket", reply, receivedAt);
      })
      .catch((error) => log().error({ err: String(error) }, "acknowledgement failed"))
      .finally(endRequest);
  });
}

/**
 * The limits under which a client must not retry yet after a `rate_limited` answer. The client has the answer at `deliveredAt` at
 * the latest. From then until `until`, when its wait ends, a request is too early. Times are by `performance.now()`.
 */
class RetryTimes {
  private byLimit: Map<string, { deliveredAt: number; until: number }> | null = null;

  isEarly(name: string): boolean {
    const wait = this.byLimit?.get(name);
    const now = performance.now();
    return wait !== undefined && wait.deliveredAt < now && now < wait.until;
  }

  setWait(name: string, ms: number): void {
    const now = performance.now();
    this.byLimit ??= new Map();
    const before = this.byLimit.get(name);
    const deliveredAt = before && now < before.until ? before.deliveredAt : now + maxDeliveryMs;
    this.byLimit.set(name, { deliveredAt, until: now + ms });
  }
}

async function answer(socket: ServerSocket, handler: Handler, input: unknown): Promise<Answer<unknown>> {
  const { actor, address, userAgent } = socket.data;
  // Read again for each request: the session may have ended, or the role may have changed.
  const reloadActor = handler.checksSession ? undefined : () => currentActor(socket);
  const caller: Caller = { actor, reloadActor, address, userAgent, requestId: newRequestId(), lease: socket.id };
  const reply = await execute(handler, caller, input);
  if (!reply.ok && reply.error.code === "unauthenticated") {
    socket.emit("bye", { reason: "signed_out", afterMs: 0 });
    setImmediate(() => socket.disconnect(true));
  }
  return reply;
}

async function currentActor(socket: ServerSocket): Promise<Actor | null> {
  const actor = await findActor(socket.data.actor.sessionId);
  if (actor) setActor(socket, actor);
  return actor;
}
