import { randomBytes } from "node:crypto";
import { connect, createServer, type Server, type Socket } from "node:net";
import { freePortFor } from "../../scripts/setup/ports.mjs";

export interface Gate {
  /** The address of the database through this proxy. */
  url: string;
  open(): Promise<void>;
  /** Closes all connections and refuses new ones. */
  shut(): Promise<void>;
  /** Delays the next query that uses the prepared statement of this name. Other queries pass. */
  hold(statement: string): Held;
}

export interface Held {
  /** Resolves when the query has arrived. */
  came: Promise<void>;
  /** Lets the query pass. */
  letGo(): void;
}

/**
 * Starts a proxy to the database. Shutting it simulates a database that is down or unreachable. `watch` is called for each
 * connection, and returns a function that gets what the server sends to the database.
 */
export async function gateTo(database: string, watch?: () => (bytes: Buffer) => void): Promise<Gate> {
  const target = new URL(database);
  const port = await freePortFor(randomBytes(8).toString("hex"));
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let holding: { text: string; came: () => void; release: Promise<void> } | undefined;

  function carry(near: Socket, far: Socket): void {
    const read = watch?.();
    near.on("data", (bytes) => {
      read?.(bytes);
      if (!holding || !bytes.includes(holding.text)) return void far.write(bytes);
      const { came, release } = holding;
      holding = undefined;
      near.pause();
      came();
      void release.then(() => {
        far.write(bytes);
        near.resume();
      });
    });
    near.on("end", () => far.end());
    far.pipe(near);
  }
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
        carry(near, far);
      });
      await new Promise<void>((resolve) => server?.listen(port, "127.0.0.1", resolve));
    },
    async shut() {
      const closed = new Promise((resolve) => server?.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    hold(statement) {
      let letGo = () => {};
      const release = new Promise<void>((resolve) => (letGo = resolve));
      // In Postgres' Bind message, the statement's name ends with a zero byte.
      const came = new Promise<void>((resolve) => (holding = { text: `${statement}\0`, came: resolve, release }));
      return { came, letGo };
    },
  };
  await gate.open();
  return gate;
}
