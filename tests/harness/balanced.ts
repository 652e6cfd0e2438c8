// The set-up of docs/deploying.md: several processes on one database behind nginx, with Redis.
import { randomBytes } from "node:crypto";
import { freePortFor } from "../../scripts/setup/ports.mjs";
import { startNginx } from "../../scripts/test/nginx.mjs";
import { startRedis } from "../../scripts/test/redis.mjs";
import { type RunningServer, startServer } from "./server";

export interface Balanced {
  /** The address of nginx. */
  url: string;
  /** The output of nginx. */
  log(): string;
  ports: number[];
  /** The running processes by port. Each also answers directly at its port. */
  servers: Map<number, RunningServer>;
  /** Starts or restarts the process of a port. */
  start(port: number): Promise<RunningServer>;
  /** Ends everything that still runs. */
  stop(): Promise<void>;
}

/** Starts nginx, Redis unless `redis` is false, and the first `running` of `of` processes. */
export async function startBalanced(
  of: number,
  {
    redis: withRedis = true,
    running = of,
    env = {},
  }: { redis?: boolean; running?: number; env?: Record<string, string> } = {},
): Promise<Balanced> {
  const ports: number[] = [];
  while (ports.length < of) {
    const port = await freePortFor(randomBytes(8).toString("hex"));
    if (!ports.includes(port)) ports.push(port);
  }
  const nginx = await startNginx(ports);
  const redis = withRedis ? await startRedis() : null;
  const servers = new Map<number, RunningServer>();
  const balanced: Balanced = {
    url: nginx.url,
    log: nginx.output,
    ports,
    servers,
    async start(port) {
      const shared = { PUBLIC_URL: nginx.url, TRUSTED_PROXIES: "1", ...(redis && { REDIS_URL: redis.url }) };
      const server = await startServer({ ...shared, ...env }, { port });
      servers.set(port, server);
      void server.ended.then(() => servers.get(port) === server && servers.delete(port));
      return server;
    },
    async stop() {
      await Promise.all([...servers.values()].map((server) => server.stop()));
      await Promise.all([nginx.stop(), redis?.stop()]);
    },
  };
  await Promise.all(ports.slice(0, running).map(balanced.start));
  return balanced;
}
