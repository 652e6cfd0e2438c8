// A proxy to the server that drops some of the events, or one answer. Requests always pass.
import { randomBytes } from "node:crypto";
import { createServer, connect, type Socket } from "node:net";
import { freePortFor } from "../../scripts/setup/ports.mjs";
import type { Random } from "./random";
import { cutter } from "./websocket";

export interface LossyWay {
  url: string;
  /** From now on, drops this share of `frame` and `me` events, from 0 to 1. */
  lose(share: number): void;
  /** Drops the next answer to this operation over a socket, and every connection with it. Nothing passes until `goOn`. */
  loseAnswer(name: string): { lost: Promise<void>; goOn(): void };
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
  let losing: { request: string; ack?: string; isLost: () => void } | null = null;
  let open = Promise.resolve();
  const breakAll = () => sockets.forEach((socket) => socket.destroy());
  /** Whether this is the answer to be lost. */
  const isLost = (text: string) => losing?.ack !== undefined && text.startsWith(losing.ack);
  const listening = createServer((near) => {
    // A client that gives up while its connection is held is no error.
    near.on("error", () => near.destroy());
    near.pause();
    void open.then(() => carry(near));
  });
  function carry(near: Socket): void {
    const far = connect(server.port, "127.0.0.1");
    const [cut, cutRequests] = [cutter(), cutter("client")];
    near.on("data", (read) => {
      for (const { bytes, text } of cutRequests(read)) {
        const id = losing && text && /^42(\d+)(.*)$/s.exec(text);
        if (losing && id?.[2]?.startsWith(losing.request)) losing.ack = `43${id[1]}[`;
        far.write(bytes);
      }
    });
    near.on("end", () => far.end());
    near.resume();
    far.on("data", (read) => {
      for (const { bytes, text } of cut(read)) {
        if (text !== null && isLost(text)) {
          losing?.isLost();
          losing = null;
          return breakAll();
        }
        if (text === null || mayPass(text)) near.write(bytes);
      }
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
  }
  await new Promise<void>((resolve) => listening.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    lose(next) {
      share = next;
    },
    loseAnswer(name) {
      let goOn = () => {};
      const lost = new Promise<void>((resolve) => {
        losing = {
          request: `["${name}",`,
          isLost() {
            open = new Promise<void>((letThrough) => (goOn = letThrough));
            resolve();
          },
        };
      });
      return { lost, goOn: () => goOn() };
    },
    counts,
    close() {
      listening.close();
      breakAll();
    },
  };
}
