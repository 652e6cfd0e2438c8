import type { Server as HttpServer } from "node:http";
import { stopBus } from "./bus";
import { db } from "./db";
import { isDraining, startDraining } from "./health";
import { log } from "./log";
import type { ParleyServer } from "./audience";

const limitMs = 10_000;

/** Ends this process without losing anything: on SIGTERM and SIGINT, when the supervisor is gone, and after a fault nobody caught. */
export function drainOnSignals(http: HttpServer, io: ParleyServer): void {
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
  process.on("uncaughtException", (error) => {
    log().fatal({ err: error.stack ?? String(error) }, "uncaught exception");
    drain("uncaught exception", 1);
  });
  process.on("unhandledRejection", (reason) => {
    log().fatal({ err: reason instanceof Error ? reason.stack : String(reason) }, "unhandled rejection");
    drain("unhandled rejection", 1);
  });
}

async function finish(http: HttpServer, io: ParleyServer): Promise<void> {
  for (const socket of io.sockets.sockets.values()) {
    socket.emit("bye", { reason: "drain", afterMs: Math.round(Math.random() * 2_000) });
  }
  // Closes the listening port at once and each connection when its answer is out.
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  http.closeIdleConnections();
  await new Promise((resolve) => setTimeout(resolve, 200));
  io.disconnectSockets(true);
  http.closeIdleConnections();
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 5_000).unref())]);
  await stopBus();
  await db().$disconnect();
}
