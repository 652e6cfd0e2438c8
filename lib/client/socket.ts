import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import type { Answer } from "@/lib/contract/errors";
import type { ClientEvents, ServerEvents } from "@/lib/contract/events";
import type { Input, OperationName } from "@/lib/contract/index";
import { backOff } from "./back-off";
import type { CallSocket } from "./call";
import { offlineError } from "./call-error";

export interface SocketHandlers extends Omit<ServerEvents, "bye"> {
  /**
   * Called when the connection was lost or could not be made. `isServerBusy`: the server refused the connection, because its
   * database does not answer.
   */
  disconnected: (isServerBusy: boolean) => void;
  /** Called when the session has ended. The socket does not try again. */
  signedOut: () => void;
}

export interface ClientSocketOptions {
  /** The server's origin. If empty, the page's own origin. */
  baseUrl: string;
  /** The handle of the organization to connect to. */
  organization: string;
  /** Only outside a browser: the cookie and origin, which a browser sends by itself. */
  headers?: Record<string, string>;
  handlers: SocketHandlers;
  /** The input of a cheap request that tests whether the connection is alive. */
  probe: () => Input<"presence.update">;
}

export interface ClientSocket extends CallSocket {
  start(): void;
  stop(): void;
  /** Connects now instead of after the back-off. If the connection looks open, tests it: after a sleep it may be dead. */
  wake(): void;
}

/** How long the server's `ready` may take after connecting. Then the client reconnects, because `ready` may have been lost. */
const readyTimeoutMs = 15_000;
/** A connection that does not answer a probe within this time is dead. */
const probeTimeoutMs = 4_000;
/** How long reconnecting after a `bye` may take before the client counts as offline. */
const reconnectWithinMs = 3_000;

/** The WebSocket connection to the server. Reconnects whenever it is lost. The only place in the client that uses a socket. */
export function createSocket({ baseUrl, organization, headers, handlers, probe }: ClientSocketOptions): ClientSocket {
  const settings: Partial<ManagerOptions & SocketOptions> = {
    path: "/socket.io/",
    transports: ["websocket"],
    autoConnect: false,
    // This file reconnects, because the delay depends on why the connection was lost.
    reconnection: false,
    forceNew: true,
    timeout: 10_000,
    auth: { organization },
    ...(headers && { extraHeaders: headers }),
  };
  const socket: Socket<ServerEvents, ClientEvents> = baseUrl ? io(baseUrl, settings) : io(settings);
  const retryDelay = backOff({ firstMs: 500, maxMs: 5_000 });
  let isRunning = false;
  let isConnecting = false;
  let isReady = false;
  let isProbing = false;
  /** How to reconnect, from the server's last `bye`. Used once. `drain` means that the server is being replaced. */
  let reconnectPlan: { afterMs: number; drain: boolean } | null = null;
  let reconnectTimer: ReturnType<typeof setTimeout> | undefined;
  /** Runs after a `bye` until the client has reconnected or counts as offline. */
  let offlineTimer: ReturnType<typeof setTimeout> | undefined;
  let readyTimer: ReturnType<typeof setTimeout> | undefined;

  function onConnectionLost(isServerBusy = false): void {
    isReady = false;
    isConnecting = false;
    clearTimers();
    if (!isRunning) return;
    reconnectTimer = setTimeout(connect, reconnectPlan?.afterMs ?? retryDelay.next());
    // If the server is being replaced, HTTP works meanwhile, so the client does not count as offline yet.
    if (reconnectPlan?.drain)
      offlineTimer = setTimeout(() => handlers.disconnected(false), reconnectPlan.afterMs + reconnectWithinMs);
    else handlers.disconnected(isServerBusy);
    reconnectPlan = null;
  }
  function clearTimers(): void {
    for (const timer of [reconnectTimer, readyTimer, offlineTimer]) clearTimeout(timer);
  }
  function onSignedOut(): void {
    stop();
    handlers.signedOut();
  }
  function stop(): void {
    isRunning = false;
    isConnecting = false;
    isReady = false;
    clearTimers();
    socket.disconnect();
  }

  /** Does nothing while connecting: `socket.connect()` would send CONNECT a second time, and the server would close the connection. */
  function connect(): void {
    if (isConnecting) return;
    isConnecting = true;
    socket.connect();
  }
  function connectNow(): void {
    clearTimeout(reconnectTimer);
    retryDelay.reset();
    connect();
  }
  async function probeConnection(): Promise<void> {
    if (!isReady || isProbing) return;
    isProbing = true;
    const { id } = socket;
    const isDead = await request(socket, "presence.update", probe(), probeTimeoutMs).then(
      () => false,
      () => isRunning && socket.id === id,
    );
    isProbing = false;
    if (!isDead) return;
    socket.disconnect();
    connectNow();
  }

  socket.on("connect", () => {
    isConnecting = false;
    readyTimer = setTimeout(() => socket.disconnect(), readyTimeoutMs);
  });
  socket.on("connect_error", (error) =>
    error.message === "unauthenticated" ? onSignedOut() : onConnectionLost(error.message === "busy"),
  );
  socket.on("disconnect", () => onConnectionLost());
  socket.on("ready", (event) => {
    clearTimers();
    retryDelay.reset();
    isReady = true;
    handlers.ready(event);
  });
  socket.on("bye", ({ reason, afterMs }) => {
    if (reason === "signed_out") return onSignedOut();
    reconnectPlan = { afterMs, drain: reason === "drain" };
    // From now on, calls go over HTTP, for example to the server that replaces this one.
    isReady = false;
  });
  socket.on("frame", handlers.frame);
  socket.on("me", handlers.me);
  socket.on("presence", handlers.presence);
  socket.on("typing", handlers.typing);
  socket.on("organization", handlers.organization);

  return {
    start() {
      isRunning = true;
      connect();
    },
    stop,
    wake() {
      if (!isRunning) return;
      if (socket.connected) void probeConnection();
      else connectNow();
    },
    isReady: () => isReady && socket.connected,
    request: (name, input, timeoutMs) => request(socket, name, input, timeoutMs),
  };
}

function request(socket: Socket, name: OperationName, input: unknown, timeoutMs: number): Promise<Answer<unknown>> {
  return new Promise((resolve, reject) => {
    socket.timeout(timeoutMs).emit(name, input, (error: Error | null, answer: Answer<unknown>) => {
      if (error) reject(offlineError());
      else resolve(answer);
    });
  });
}
