import type { Server as HttpServer, IncomingMessage } from "node:http";
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
import { startBus } from "./bus";
import { sessionIdFrom } from "./cookie";
import { execute, newRequestId } from "./execute";
import type { Handler } from "./handler";
import { log } from "./log";
import { countAnswer, metrics } from "./metrics";
import { isOwnOrigin } from "./origin";
import { arrive, depart, renew, startPresence, tellWhoIsHere } from "./presence";
import type { FindSharing } from "./presence-news";
import { knowPerson, startPersonal, type FindMoved } from "./personal";
import { listen, type Pull, startRealtime } from "./realtime";
import { underWay } from "./under-way";

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

const violationsAllowed = 20;

/** Attaches the socket door to the HTTP server. Everything a client may say is an operation's name. */
export function attachSockets(http: HttpServer, domain: Domain, version: string): ParleyServer {
  const io: ParleyServer = new Server(http, {
    path: "/socket.io/",
    transports: ["websocket"],
    serveClient: false,
    destroyUpgrade: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: limits.frame,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    connectTimeout: 10_000,
    // A browser sends cookies with a handshake from any page: only our own pages may open one.
    allowRequest: (request, decide) => decide(null, isOwnOrigin(request)),
  });
  io.use((socket, next) => {
    identify(socket.request)
      .then((actor) => {
        if (!actor) return next(new Error("unauthenticated"));
        socket.data.actor = actor;
        socket.data.address = addressOf(socket.request);
        socket.data.userAgent = socket.request.headers["user-agent"] ?? "";
        socket.data.audiences = [];
        socket.data.queuedBytes = 0;
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
  return io;
}

async function identify(request: IncomingMessage): Promise<Actor | null> {
  const sessionId = await sessionIdFrom(request.headers.cookie);
  return sessionId ? findActor(sessionId) : null;
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
  let violations = 0;
  const violate = (what: string) => {
    if (++violations < violationsAllowed) return;
    metrics().cuts.inc();
    log().warn({ personId: socket.data.actor.personId, what }, "socket cut after repeated violations");
    socket.emit("bye", { reason: "violation", afterMs: 10_000 });
    socket.disconnect(true);
  };
  socket.on("error", () => violate("error"));
  socket.onAny((name: unknown, ...args: unknown[]) => {
    const ack = args.at(-1);
    if (typeof name !== "string" || !Object.hasOwn(handlers, name)) return violate("unknown event");
    if (typeof ack !== "function" || args.length !== 2) return violate("no acknowledgement");
    const handler = handlers[name] as Handler;
    const began = performance.now();
    underWay(answer(socket, handler, args[0]))
      .then((reply) => {
        if (!reply.ok && reply.error.code === "invalid_input") violate("invalid input");
        (ack as (reply: Answer<unknown>) => void)(reply);
        countAnswer(name, "socket", reply, began);
      })
      .catch((error) => log().error({ err: String(error) }, "acknowledgement failed"));
  });
}

async function answer(socket: ParleySocket, handler: Handler, input: unknown): Promise<Answer<unknown>> {
  const requestId = newRequestId();
  try {
    // Asked anew each time: a login may have ended, a role may have changed.
    const actor = handler.provesLogin ? socket.data.actor : await findActor(socket.data.actor.sessionId);
    if (!actor) {
      socket.emit("bye", { reason: "signed_out", afterMs: 0 });
      setImmediate(() => socket.disconnect(true));
      return { ok: false, error: { code: "unauthenticated", message: "Sign in first." } };
    }
    socket.data.actor = actor;
    const { address, userAgent } = socket.data;
    return await execute(handler, { actor, address, userAgent, requestId, lease: socket.id }, input);
  } catch (error) {
    return { ok: false, error: toFailure(error, requestId) };
  }
}
