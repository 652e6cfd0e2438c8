import { createServer, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Server } from "socket.io";
import type { Answer } from "@/lib/contract/errors";
import { limits } from "@/lib/contract/limits";
import { type Actor, findActor } from "./actor";
import { addressOf } from "./address";
import { toFailure } from "./app-error";
import {
  joinAudience,
  leaveAllAudiences,
  organizationKey,
  type ParleyServer,
  type ParleySocket,
  personKey,
  sessionKey,
  socketsOf,
} from "./audience";
import { Bucket } from "./bucket";
import { startBus } from "./bus";
import { cut, guard, identify, inboxOf } from "./socket-guard";
import { loginFrom } from "./cookie";
import { execute, newRequestId } from "./execute";
import type { Handler } from "./handler";
import { log } from "./log";
import { countAnswer, metrics } from "./metrics";
import { arrive, depart, renew, startPresence, tellWhoIsHere } from "./presence";
import type { FindSharing } from "./presence-news";
import { knowPerson, startPersonal, type FindMoved } from "./personal";
import { listen, type Pull, startRealtime } from "./realtime";
import { mayUpgrade, refuseUpgrade } from "./upgrade";

/** What the domain gives the socket door: every handler, what a new socket is told, and the questions of realtime. */
export interface Domain {
  handlers: Record<string, Handler>;
  pull: Pull;
  findMoved: FindMoved;
  findSharing: FindSharing;
  /** Undefined when the login has ended meanwhile. */
  welcome: (actor: Actor) => Promise<Welcome | undefined>;
}

/** `clock` is the person's own. */
export interface Welcome {
  epoch: string;
  clock: number;
  rooms: { id: string; clock: number }[];
}

/** Nonsense that one connection may say: so much at once, and once in five seconds after that. */
const nonsense = { burst: 19, perSecond: 0.2 };
/** So long may a refusal be on its way to whoever asks again meanwhile, in milliseconds. */
const onItsWayMs = 1_000;

export interface Sockets {
  io: ParleyServer;
  /** Makes a connection a WebSocket, or refuses. */
  upgrade(request: IncomingMessage, connection: Duplex, head: Buffer): void;
}

/** The socket door. Everything a client may say is an operation's name. */
export function openSockets(domain: Domain, version: string): Sockets {
  // Attached to a server that never listens: only WebSocket is spoken, and what comes over HTTP is none of its business.
  const io: ParleyServer = new Server(createServer(), {
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
    actorOf(socket.request)
      .then((actor) => {
        if (!actor) return next(new Error("unauthenticated"));
        socket.data.actor = actor;
        socket.data.address = addressOf(socket.request);
        socket.data.userAgent = socket.request.headers["user-agent"] ?? "";
        socket.data.audiences = [];
        identify(socket);
        next();
      })
      .catch(() => next(new Error("busy")));
  });
  io.on("connection", (socket) => {
    welcome(socket, domain, version).catch((error) => {
      log().error({ err: String(error) }, "welcome failed");
      socket.disconnect(true);
    });
  });
  startRealtime(domain.pull);
  startPersonal(io, domain.findMoved);
  startPresence(domain.findSharing);
  startBus();
  return {
    io,
    upgrade(request, connection, head) {
      mayUpgrade(request)
        .then(() => engine.handleUpgrade(request, connection, head))
        .catch((error) => refuseUpgrade(connection, toFailure(error, newRequestId())));
    },
  };
}

/** What of engine.io its types do not tell. */
interface Engine {
  ws: { options: { autoPong: boolean } };
  on(event: "connection", listener: typeof guard): void;
  handleUpgrade(request: IncomingMessage, connection: Duplex, head: Buffer): void;
}

async function actorOf(request: IncomingMessage): Promise<Actor | null> {
  const login = await loginFrom(request.headers.cookie);
  return login ? findActor(login.sessionId) : null;
}

async function welcome(socket: ParleySocket, domain: Domain, version: string): Promise<void> {
  const { actor } = socket.data;
  if (socketsOf(personKey(actor.personId)).size >= limits.sockets) {
    metrics().cuts.inc();
    socket.emit("bye", { reason: "violation", afterMs: 60_000 });
    return void socket.disconnect(true);
  }
  hear(socket, domain.handlers);
  socket.on("disconnect", () => {
    leaveAllAudiences(socket);
    depart(actor.personId, socket.id);
    // A client may end the socket and keep the connection, which nothing would count any more.
    socket.conn.close();
  });
  socket.conn.on("heartbeat", () => renew(actor.personId, socket.id));
  for (const key of [personKey(actor.personId), sessionKey(actor.sessionId), organizationKey(actor.organizationId)]) {
    joinAudience(socket, key);
  }
  // What is said to its person from here on reaches it; what was said before is in what is read now.
  const welcomed = await domain.welcome(actor);
  if (!welcomed) return void socket.disconnect(true);
  if (socket.disconnected) return;
  const { epoch, clock, rooms } = welcomed;
  knowPerson(actor.personId, clock);
  // Its `sync`, asked for by `ready`, is of later than all that was told before.
  for (const room of rooms) listen([socket], room.id, room.clock, Number.POSITIVE_INFINITY);
  metrics().connections.inc();
  arrive(actor, socket.id, "active");
  socket.emit("ready", { epoch, version });
  tellWhoIsHere(socket);
}

/** The one place where packets come in. Nothing a client sends may throw out of it. */
function hear(socket: ParleySocket, handlers: Record<string, Handler>): void {
  const violations = new Bucket(nonsense);
  const violate = (what: string) => {
    if (violations.waitFor(1) > 0) return cut(socket.conn, what);
    violations.take(1);
  };
  const waits = new Waits();
  socket.on("error", () => violate("error"));
  socket.onAny((name: unknown, ...args: unknown[]) => {
    const done = inboxOf(socket)?.begin();
    if (!done) return;
    const ack = args.at(-1);
    const isKnown = typeof name === "string" && Object.hasOwn(handlers, name);
    if (!isKnown || typeof ack !== "function" || args.length !== 2) {
      done();
      return violate(isKnown ? "no acknowledgement" : "unknown event");
    }
    const handler = handlers[name] as Handler;
    const began = performance.now();
    const isEarly = waits.isEarly(name);
    answer(socket, handler, args[0])
      .then((reply) => {
        if (!reply.ok && reply.error.code === "invalid_input") violate("invalid input");
        if (!reply.ok && reply.error.code === "rate_limited") {
          if (isEarly) violate("asked again too soon");
          waits.told(name, reply.error.retryAfterMs ?? 0);
        }
        (ack as (reply: Answer<unknown>) => void)(reply);
        countAnswer(name, "socket", reply, began);
      })
      .catch((error) => log().error({ err: String(error) }, "acknowledgement failed"))
      .finally(done);
  });
}

/** Which operations a client was told to wait with. Asking before it can have heard that is no violation. */
class Waits {
  private all: Map<string, { heardAt: number; until: number }> | null = null;

  isEarly(name: string): boolean {
    const wait = this.all?.get(name);
    const now = performance.now();
    return wait !== undefined && wait.heardAt < now && now < wait.until;
  }

  told(name: string, ms: number): void {
    const now = performance.now();
    this.all ??= new Map();
    const before = this.all.get(name);
    const heardAt = before && now < before.until ? before.heardAt : now + onItsWayMs;
    this.all.set(name, { heardAt, until: now + ms });
  }
}

async function answer(socket: ParleySocket, handler: Handler, input: unknown): Promise<Answer<unknown>> {
  const { actor, address, userAgent } = socket.data;
  // Asked anew each time: a login may have ended, a role may have changed.
  const prove = handler.provesLogin ? undefined : () => proven(socket);
  const caller = { actor, prove, address, userAgent, requestId: newRequestId(), lease: socket.id };
  const reply = await execute(handler, caller, input);
  if (!reply.ok && reply.error.code === "unauthenticated") {
    socket.emit("bye", { reason: "signed_out", afterMs: 0 });
    setImmediate(() => socket.disconnect(true));
  }
  return reply;
}

async function proven(socket: ParleySocket): Promise<Actor | null> {
  const actor = await findActor(socket.data.actor.sessionId);
  if (actor) socket.data.actor = actor;
  return actor;
}
