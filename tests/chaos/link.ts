// A TCP proxy whose connection can be slow, stalled, cut or half-open. The near side is the client, the far side the server.
import { randomBytes } from "node:crypto";
import { connect, createServer, type Socket } from "node:net";
import { freePortFor } from "../../scripts/setup/ports.mjs";

export interface LineState {
  /** Whether new connections are accepted. */
  up: boolean;
  /** Nothing passes and no one is notified: data waits, as when packets are lost. */
  stalled: boolean;
  latencyMs: number;
  bytesPerSecond: number;
  /** What the far side sends is lost. */
  losesAnswers: boolean;
  /** Whether WebSockets get through. A proxy may let only HTTP through. */
  letsSocketsThrough: boolean;
  /** Connections on which Postgres announces notifications are stalled, and all others are not. */
  stallsListeners: boolean;
}

export interface Link {
  port: number;
  /** Changes the state of the line. */
  change(state: Partial<LineState>): void;
  /** Resets every connection, on both sides. */
  cut(): void;
  /** Leaves connections half-open: resets the near side; the far side does not notice and keeps waiting. */
  abandon(): void;
  close(): void;
}

/** Gets the bytes from the far side of a connection, and which side closed it. */
export interface Tap {
  read(bytes: Buffer): void;
  closed(by: "near" | "far"): void;
}

const healthy: LineState = {
  up: true,
  stalled: false,
  latencyMs: 0,
  bytesPerSecond: Number.POSITIVE_INFINITY,
  losesAnswers: false,
  letsSocketsThrough: true,
  stallsListeners: false,
};
/** How the request for a WebSocket begins. */
const socketRequest = "GET /socket.io/";
/** What asks Postgres for notifications. */
const listenQuery = 'LISTEN "';

/** `target` gives the port for each new connection, or null if no process can take it. */
export async function openLink(target: () => number | null, tap?: (port: number) => Tap): Promise<Link> {
  const port = await freePortFor(randomBytes(8).toString("hex"));
  const state = { ...healthy };
  const pairs = new Set<{ near: Socket; far: Socket; ended: (by: "near" | "far") => void }>();
  /** Far sides of half-open connections. */
  const orphans = new Set<Socket>();
  const waiting: (() => void)[] = [];

  async function delay(pair: { listens: boolean }, bytes: number): Promise<void> {
    while (state.stalled || (state.stallsListeners && pair.listens))
      await new Promise<void>((resolve) => waiting.push(resolve));
    const ms = state.latencyMs + (bytes / state.bytesPerSecond) * 1_000;
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
  }
  /** `drops`: whether these bytes are lost. */
  function carry(pair: { listens: boolean }, from: Socket, to: Socket, drops: (bytes: Buffer) => boolean): void {
    from.on("data", (bytes: Buffer) => {
      if (drops(bytes)) return;
      from.pause();
      void delay(pair, bytes.length).then(() => {
        const resume = () => void (orphans.has(from) || from.resume());
        if (to.destroyed || to.writableEnded || to.write(bytes)) return resume();
        to.once("drain", resume);
      });
    });
    from.on("end", () => void delay(pair, 0).then(() => to.end()));
    from.on("error", () => from.destroy());
    from.on("close", (hadError) => void delay(pair, 0).then(() => (hadError ? to.resetAndDestroy() : to.destroy())));
  }

  const server = createServer({ allowHalfOpen: true }, (near) => {
    near.on("error", () => near.destroy());
    const to = state.up ? target() : null;
    if (to === null) return void near.resetAndDestroy();
    const far = connect({ port: to, host: "127.0.0.1", allowHalfOpen: true });
    const recorder = tap?.(to);
    if (recorder) far.on("data", (bytes: Buffer) => recorder.read(bytes));
    let over = false;
    const ended = (by: "near" | "far") => {
      if (!over) recorder?.closed(by);
      over = true;
      pairs.delete(pair);
    };
    const pair = { near, far, ended, listens: false };
    pairs.add(pair);
    near.on("close", () => ended("near"));
    far.on("close", () => ended("far"));
    carry(pair, near, far, (bytes) => {
      pair.listens ||= bytes.includes(listenQuery);
      const isRefused =
        !state.letsSocketsThrough && bytes.toString("latin1", 0, socketRequest.length) === socketRequest;
      if (isRefused) near.resetAndDestroy();
      return isRefused;
    });
    carry(pair, far, near, () => state.losesAnswers);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));

  const link: Link = {
    port,
    change(change) {
      Object.assign(state, change);
      // Those that still have to wait begin to wait again.
      for (const go of waiting.splice(0)) go();
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
      link.change(healthy);
      link.cut();
      for (const far of orphans) far.destroy();
    },
  };
  return link;
}
