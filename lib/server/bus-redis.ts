import { createClient } from "redis";
import type { BusConnect } from "./bus-connection";
import { env } from "./env";
import { log } from "./log";
import { once } from "./once";

/** The one client for Redis that asks; whoever listens needs a connection of its own. Connects again by itself. */
export function redis() {
  return once("redis", () => {
    const client = newClient();
    client.connect().catch(() => {});
    return client;
  });
}

function newClient() {
  const client = createClient({
    url: env().redisUrl ?? undefined,
    // While it is away, say so at once instead of holding everything back.
    disableOfflineQueue: true,
    socket: { reconnectStrategy: (tries: number) => Math.min(100 * 2 ** tries, 2_000), connectTimeout: 5_000 },
    pingInterval: 10_000,
  });
  let told = "";
  client.on("error", (error: Error) => {
    if (told !== error.message) log().warn({ err: error.message }, "redis");
    told = error.message;
  });
  return client;
}

/** Redis as the bus. */
export const connectRedis: BusConnect = ({ channel, heard, connected }) => {
  const listener = newClient();
  listener.on("ready", connected);
  const listening = listener.connect().then(() => listener.subscribe(channel, heard));
  listening.catch((error: unknown) => log().error({ err: String(error) }, "redis"));
  return {
    async send(texts) {
      await Promise.all(texts.map((text) => redis().publish(channel, text)));
    },
    async close() {
      listener.destroy();
      if (redis().isReady) await redis().close();
    },
  };
};
