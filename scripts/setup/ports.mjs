import { createHash } from "node:crypto";
import { createServer } from "node:net";

/** The error code (EADDRINUSE, EACCES, ...) of listening on a port. Undefined if the port is free. */
export function whyNotListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(error.code));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/**
 * Finds a free loopback port. The port is derived from `name`, so that it is usually the same at every start. It is below 32768,
 * because the system uses higher ports for outgoing connections.
 */
export async function freePortFor(name) {
  const first = createHash("sha256").update(name).digest().readUInt16BE(0);
  for (let step = 0; step < 500; step++) {
    const port = 20_000 + ((first + step) % 12_000);
    if (!(await whyNotListen(port, "127.0.0.1"))) return port;
  }
  throw new Error("no free port between 20000 and 32000");
}
