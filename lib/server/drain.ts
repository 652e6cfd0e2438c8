import type { Server as HttpServer } from "node:http";
import type { SocketServer } from "./audience";
import { stopBus } from "./bus";
import { db } from "./db";
import { env } from "./env";
import { isDraining, startDraining } from "./health";
import { log } from "./log";
import { isUnderWay } from "./under-way";

/** It ends after so long in any case. */
const limitMs = 10_000;
/** How long it goes on as before: a balancer that asks `/readyz` each second sends nobody here any more. */
const noticeMs = 1_000;
/** So long apart, on average, do they come back. */
const apartMs = 5;
/** For the last words to get out. */
const farewellMs = 200;
/** How long answers are waited for, from the beginning: over sockets, and over HTTP. */
const asksWithinMs = 6_000;
const requestsWithinMs = 9_000;

/** Ends this process without losing anything: on SIGTERM and SIGINT, when the supervisor is gone, and after a fault nobody caught. */
export function drainOnSignals(http: HttpServer, io: SocketServer): void {
  const drain = (why: string, code: number) => {
    if (isDraining()) return;
    startDraining();
    log().info({ why }, "draining");
    setTimeout(() => process.exit(code || 1), limitMs).unref();
    finish(http, io)
      .catch((error) => log().error({ err: String(error) }, "drain failed"))
      .finally(() => process.exit(code));
  };
  process.on("SIGTERM", () => drain("SIGTERM", 0));
  process.on("SIGINT", () => drain("SIGINT", 0));
  // The supervisor is gone, whatever ended it: nobody would stop us any more.
  process.on("disconnect", () => drain("supervisor gone", 0));
  if (process.send && !process.connected) drain("supervisor gone", 0); // it went before we listened
  process.on("uncaughtException", (error) => {
    log().fatal({ err: error.stack ?? String(error) }, "uncaught exception");
    drain("uncaught exception", 1);
  });
  process.on("unhandledRejection", (reason) => {
    log().fatal({ err: reason instanceof Error ? reason.stack : String(reason) }, "unhandled rejection");
    drain("unhandled rejection", 1);
  });
}

async function finish(http: HttpServer, io: SocketServer): Promise<void> {
  const began = performance.now();
  const left = (limit: number) => limit - (performance.now() - began);
  const { sockets } = io.sockets;
  // Not all at once, wherever they go.
  const spreadMs = Math.min(2_000, sockets.size * apartMs);
  for (const socket of sockets.values()) {
    socket.emit("bye", { reason: "drain", afterMs: Math.round(Math.random() * spreadMs) });
  }
  // Until here everything was as before. Those who were told ask nothing more over their sockets.
  await pause(env().production ? noticeMs : farewellMs);
  while (isUnderWay() && left(asksWithinMs) > 0) await pause(20);
  // Closes the listening port at once and each connection when its answer is out.
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  // `local`: the other processes' sockets are none of our business.
  io.local.disconnectSockets(true);
  http.closeIdleConnections();
  await pause(farewellMs);
  // Whoever was about to connect.
  io.engine.close();
  http.closeIdleConnections();
  await Promise.race([closed, pause(left(requestsWithinMs))]);
  await stopBus();
  await db().$disconnect();
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
