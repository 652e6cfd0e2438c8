import { randomBytes } from "node:crypto";
import { connect, createServer, type Server, type Socket } from "node:net";
import { freePortFor } from "../../scripts/setup/ports.mjs";

export interface Gate {
  /** The database's address through the gate. */
  url: string;
  open(): Promise<void>;
  /** Nothing gets through any more; what is under way is cut off. */
  shut(): Promise<void>;
}

/** A way to the database that can be shut, as when it is stopped or cannot be reached. */
export async function gateTo(database: string): Promise<Gate> {
  const target = new URL(database);
  const port = await freePortFor(randomBytes(8).toString("hex"));
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  const gate: Gate = {
    url: Object.assign(new URL(database), { hostname: "127.0.0.1", port: String(port) }).href,
    async open() {
      server = createServer((near) => {
        const far = connect(Number(target.port), target.hostname);
        for (const socket of [near, far]) {
          sockets.add(socket);
          socket.on("error", () => socket.destroy());
          socket.on("close", () => {
            near.destroy();
            far.destroy();
            sockets.delete(socket);
          });
        }
        near.pipe(far).pipe(near);
      });
      await new Promise<void>((resolve) => server?.listen(port, "127.0.0.1", resolve));
    },
    async shut() {
      const closed = new Promise((resolve) => server?.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  await gate.open();
  return gate;
}
