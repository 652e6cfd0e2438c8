// A proxy to the server that drops some of the events. Requests and answers always pass.
import { randomBytes } from "node:crypto";
import { createServer, connect, type Socket } from "node:net";
import { freePortFor } from "../../scripts/setup/ports.mjs";
import type { Random } from "./random";
import { cutter } from "./websocket";

export interface LossyWay {
  url: string;
  /** From now on, drops this share of `frame` and `me` events, from 0 to 1. */
  lose(share: number): void;
  counts: { passed: number; lost: number };
  close(): void;
}

const losable = /^42\["(frame|me)",/;

export async function lossyWay(server: { port: number }, random: Random): Promise<LossyWay> {
  const port = await freePortFor(randomBytes(8).toString("hex"));
  const sockets = new Set<Socket>();
  const counts = { passed: 0, lost: 0 };
  let share = 0;
  const mayPass = (text: string) => {
    if (!losable.test(text)) return true;
    const passes = random() >= share;
    counts[passes ? "passed" : "lost"]++;
    return passes;
  };
  const listening = createServer((near) => {
    const far = connect(server.port, "127.0.0.1");
    const cut = cutter();
    near.pipe(far);
    far.on("data", (read) => {
      for (const { bytes, text } of cut(read)) if (text === null || mayPass(text)) near.write(bytes);
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.end();
      });
    }
  });
  await new Promise<void>((resolve) => listening.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    lose(next) {
      share = next;
    },
    counts,
    close() {
      listening.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
