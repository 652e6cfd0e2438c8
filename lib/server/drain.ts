import type { Server as HttpServer } from "node:http";
import type { SocketServer } from "./audience";
import { stopBus } from "./bus";
import { db } from "./db";
import { env } from "./env";
import { isDraining, startDraining } from "./health";
import { log } from "./log";
import { hasWork } from "./socket-requests";

/** If draining takes longer than this, the process ends anyway. */
const maxDrainMs = 10_000;
/**
 * New requests are served for this long after the drain began. Load balancers check `/readyz` every second, and then stop sending
 * requests.
 */
const noticeMs = 1_000;
/** The average time between two clients that reconnect. */
const reconnectGapMs = 5;
/** The time that sending the last events may take. */
const lastEventsMs = 200;
/** Requests in progress may be answered until this long after the drain began: over sockets, and over HTTP. */
const socketRequestsMs = 6_000;
const httpRequestsMs = 9_000;

/** Ends this process after answering requests in progress: on SIGTERM, SIGINT, loss of the supervisor, or an uncaught error. */
export function drainOnSignals(http: HttpServer, io: SocketServer): void {
  const drain = (why: string, code: number) => {
    if (isDraining()) return;
    startDraining();
    log().info({ why }, "draining");
    setTimeout(() => process.exit(code || 1), maxDrainMs).unref();
    finishRequests(http, io)
      .catch((error) => log().error({ err: String(error) }, "drain failed"))
      .finally(() => process.exit(code));
  };
  process.on("SIGTERM", () => drain("SIGTERM", 0));
  process.on("SIGINT", () => drain("SIGINT", 0));
  // Without the supervisor nothing would stop this process.
  process.on("disconnect", () => drain("supervisor gone", 0));
  // If the supervisor ended earlier, there is no `disconnect`.
  if (process.send && !process.connected) drain("supervisor gone", 0);
  process.on("uncaughtException", (error) => {
    log().fatal({ err: error.stack ?? String(error) }, "uncaught exception");
    drain("uncaught exception", 1);
  });
  process.on("unhandledRejection", (reason) => {
    log().fatal({ err: reason instanceof Error ? reason.stack : String(reason) }, "unhandled rejection");
    drain("unhandled rejection", 1);
  });
}

async function finishRequests(http: HttpServer, io: SocketServer): Promise<void> {
  const startedAt = performance.now();
  const remainingMs = (limitMs: number) => limitMs - (performance.now() - startedAt);
  const { sockets } = io.sockets;
  // Each client receives a different delay, so that they do not all reconnect at once.
  const spreadMs = Math.min(2_000, sockets.size * reconnectGapMs);
  for (const socket of sockets.values()) {
    socket.emit("bye", { reason: "drain", afterMs: Math.round(Math.random() * spreadMs) });
  }
  // A client that received `bye` sends no more requests over its socket.
  await pause(env().production ? noticeMs : lastEventsMs);
  while (hasWork() && remainingMs(socketRequestsMs) > 0) await pause(20);
  // Closes the listening port at once, and each connection when its answer has been sent.
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  // `local`: only the sockets of this process.
  io.local.disconnectSockets(true);
  http.closeIdleConnections();
  await pause(lastEventsMs);
  // Closes the WebSockets that are not Socket.IO sockets yet.
  io.engine.close();
  http.closeIdleConnections();
  await Promise.race([closed, pause(remainingMs(httpRequestsMs))]);
  await stopBus();
  await db().$disconnect();
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
