import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import type { Answer } from "@/lib/contract/errors";
import type { ClientEvents, ServerEvents } from "@/lib/contract/events";
import type { Input, OperationName } from "@/lib/contract/index";
import { backOff } from "./back-off";
import type { SocketDoor } from "./call";
import { offline } from "./call-error";

export interface SocketHandlers extends Omit<ServerEvents, "bye"> {
  /** The connection went, or could not be made; `busy` when the server said that it cannot work. */
  down: (busy: boolean) => void;
  /** The login ended: there will be no further try. */
  signedOut: () => void;
}

export interface ClientSocketOptions {
  /** Empty: where the page came from. */
  baseUrl: string;
  /** Outside a browser: the cookie and origin that a browser would send by itself. */
  headers?: Record<string, string>;
  handlers: SocketHandlers;
  /** Something cheap to ask, when all that counts is whether anybody answers. */
  probe: () => Input<"presence.update">;
}

export interface ClientSocket extends SocketDoor {
  start(): void;
  stop(): void;
  /** Tries now instead of when the back-off says. One that is up must prove it: after a sleep a dead one looks alive. */
  wake(): void;
}

/** The server says `ready` soon after connecting; when it does not, something between us swallowed it. */
const readyWithinMs = 15_000;
/** A socket that does not answer a probe for so long is dead. */
const silentMs = 4_000;
/** After a `bye`: how long connecting again may take until it counts as offline. */
const backWithinMs = 3_000;

/** The connection to the server, made again whenever it goes. Nothing else listens on a socket. */
export function createSocket({ baseUrl, headers, handlers, probe }: ClientSocketOptions): ClientSocket {
  const settings: Partial<ManagerOptions & SocketOptions> = {
    path: "/socket.io/",
    transports: ["websocket"],
    autoConnect: false,
    // Done here instead: what to wait for depends on why the connection went.
    reconnection: false,
    forceNew: true,
    timeout: 10_000,
    ...(headers && { extraHeaders: headers }),
  };
  const socket: Socket<ServerEvents, ClientEvents> = baseUrl ? io(baseUrl, settings) : io(settings);
  const wait = backOff({ firstMs: 500, longestMs: 5_000 });
  let running = false;
  let ready = false;
  let probing = false;
  /** What the server's `bye` asked for; used once. */
  let asked: { afterMs: number; drain: boolean } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Until when being away is what the server asked for. */
  let awayTimer: ReturnType<typeof setTimeout> | undefined;
  let readyTimer: ReturnType<typeof setTimeout> | undefined;

  function wentDown(busy = false): void {
    ready = false;
    clearTimers();
    if (!running) return;
    timer = setTimeout(() => socket.connect(), asked?.afterMs ?? wait.next());
    // A server that is replaced asks us to come back a little later: meanwhile HTTP works, and nobody need know.
    if (asked?.drain) awayTimer = setTimeout(() => handlers.down(false), asked.afterMs + backWithinMs);
    else handlers.down(busy);
    asked = null;
  }
  function clearTimers(): void {
    for (const each of [timer, readyTimer, awayTimer]) clearTimeout(each);
  }
  function signedOut(): void {
    stop();
    handlers.signedOut();
  }
  function stop(): void {
    running = false;
    ready = false;
    clearTimers();
    socket.disconnect();
  }

  function connectNow(): void {
    clearTimeout(timer);
    wait.reset();
    socket.connect();
  }
  async function prove(): Promise<void> {
    if (!ready || probing) return;
    probing = true;
    const { id } = socket;
    const silent = await ask(socket, "presence.update", probe(), silentMs).then(
      () => false,
      () => running && socket.id === id,
    );
    probing = false;
    if (!silent) return;
    socket.disconnect();
    connectNow();
  }

  socket.on("connect", () => {
    readyTimer = setTimeout(() => socket.disconnect(), readyWithinMs);
  });
  socket.on("connect_error", (error) =>
    error.message === "unauthenticated" ? signedOut() : wentDown(error.message === "busy"),
  );
  socket.on("disconnect", () => wentDown());
  socket.on("ready", (event) => {
    clearTimers();
    wait.reset();
    ready = true;
    handlers.ready(event);
  });
  socket.on("bye", ({ reason, afterMs }) => {
    if (reason === "signed_out") return signedOut();
    asked = { afterMs, drain: reason === "drain" };
    // From now on questions go over HTTP, to whoever is there then.
    ready = false;
  });
  socket.on("frame", handlers.frame);
  socket.on("me", handlers.me);
  socket.on("presence", handlers.presence);
  socket.on("typing", handlers.typing);
  socket.on("person", handlers.person);

  return {
    start() {
      running = true;
      socket.connect();
    },
    stop,
    wake() {
      if (!running) return;
      if (socket.connected) void prove();
      else connectNow();
    },
    isReady: () => ready && socket.connected,
    ask: (name, input, timeoutMs) => ask(socket, name, input, timeoutMs),
  };
}

function ask(socket: Socket, name: OperationName, input: unknown, timeoutMs: number): Promise<Answer<unknown>> {
  return new Promise((resolve, reject) => {
    socket.timeout(timeoutMs).emit(name, input, (error: Error | null, answer: Answer<unknown>) => {
      if (error) reject(offline());
      else resolve(answer);
    });
  });
}
