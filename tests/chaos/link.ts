// A TCP proxy whose line can be made bad in the ways lines are.
import { randomBytes } from "node:crypto";
import { connect, createServer, type Socket } from "node:net";
import { freePortFor } from "../../scripts/setup/ports.mjs";

export interface Weather {
  /** Whether new connections are taken. */
  up: boolean;
  /** Nothing passes, and nobody is told: what is sent waits, as when packets are lost. */
  stalled: boolean;
  latencyMs: number;
  bytesPerSecond: number;
}

export interface Link {
  port: number;
  /** Changes how the line is. */
  become(weather: Partial<Weather>): void;
  /** Every connection is reset, on both sides. */
  cut(): void;
  /** Half-open: the near side is reset, the far side hears nothing of it and keeps waiting. */
  abandon(): void;
  close(): void;
}

/** Looks at the bytes that come from the far side, and hears when a connection ends and who ended it. */
export interface Tap {
  read(bytes: Buffer): void;
  closed(by: "near" | "far"): void;
}

const fine: Weather = { up: true, stalled: false, latencyMs: 0, bytesPerSecond: Number.POSITIVE_INFINITY };

/** `target` says for each new connection which port it leads to, null when there is nobody. */
export async function openLink(target: () => number | null, tap?: (port: number) => Tap): Promise<Link> {
  const port = await freePortFor(randomBytes(8).toString("hex"));
  const weather = { ...fine };
  const pairs = new Set<{ near: Socket; far: Socket; ended: (by: "near" | "far") => void }>();
  /** Far sides that were left behind. */
  const orphans = new Set<Socket>();
  let waiting: (() => void)[] = [];

  async function passes(bytes: number): Promise<void> {
    while (weather.stalled) await new Promise<void>((resolve) => waiting.push(resolve));
    const ms = weather.latencyMs + (bytes / weather.bytesPerSecond) * 1_000;
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
  }
  function carry(from: Socket, to: Socket): void {
    from.on("data", (bytes: Buffer) => {
      from.pause();
      void passes(bytes.length).then(() => {
        const goOn = () => void (orphans.has(from) || from.resume());
        if (to.destroyed || to.writableEnded || to.write(bytes)) return goOn();
        to.once("drain", goOn);
      });
    });
    from.on("end", () => void passes(0).then(() => to.end()));
    from.on("error", () => from.destroy());
    from.on("close", (broke) => void passes(0).then(() => (broke ? to.resetAndDestroy() : to.destroy())));
  }

  const server = createServer({ allowHalfOpen: true }, (near) => {
    near.on("error", () => near.destroy());
    const to = weather.up ? target() : null;
    if (to === null) return void near.resetAndDestroy();
    const far = connect({ port: to, host: "127.0.0.1", allowHalfOpen: true });
    const watching = tap?.(to);
    if (watching) far.on("data", (bytes: Buffer) => watching.read(bytes));
    let over = false;
    const ended = (by: "near" | "far") => {
      if (!over) watching?.closed(by);
      over = true;
      pairs.delete(pair);
    };
    const pair = { near, far, ended };
    pairs.add(pair);
    near.on("close", () => ended("near"));
    far.on("close", () => ended("far"));
    carry(near, far);
    carry(far, near);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));

  const link: Link = {
    port,
    become(change) {
      Object.assign(weather, change);
      if (weather.stalled) return;
      for (const go of waiting) go();
      waiting = [];
    },
    cut() {
      for (const { near, far } of pairs) {
        near.resetAndDestroy();
        far.resetAndDestroy();
      }
    },
    abandon() {
      for (const { near, far, ended } of pairs) {
        orphans.add(far);
        far.pause().once("close", () => orphans.delete(far));
        near.removeAllListeners("close").resetAndDestroy();
        ended("near");
      }
    },
    close() {
      server.close();
      link.become(fine);
      link.cut();
      for (const far of orphans) far.destroy();
    },
  };
  return link;
}

export { fine };
