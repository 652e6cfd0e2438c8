// A proxy to the server whose connections can go silent without being closed, like those of a laptop that was asleep.
import { randomBytes } from "node:crypto";
import { connect, createServer, type Socket } from "node:net";
import { freePortFor } from "../../scripts/setup/ports.mjs";

export interface StallingWay {
  url: string;
  /** Stops forwarding on the current connections without closing them. New connections work. */
  stall(): void;
  close(): void;
}

export async function stallingWay(server: { port: number }): Promise<StallingWay> {
  const port = await freePortFor(randomBytes(8).toString("hex"));
  const pairs = new Set<[Socket, Socket]>();
  const listening = createServer((near) => {
    const far = connect(server.port, "127.0.0.1");
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    near.pipe(far).pipe(near);
    for (const socket of pair) {
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        for (const each of pair) each.destroy();
        pairs.delete(pair);
      });
    }
  });
  await new Promise<void>((resolve) => listening.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    stall() {
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        near.resume();
        far.resume();
      }
    },
    close() {
      listening.close();
      for (const pair of pairs) for (const socket of pair) socket.destroy();
    },
  };
}
