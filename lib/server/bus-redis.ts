import type { BusConnect } from "./bus-connection";
import { env } from "./env";
import { log } from "./log";
import { once } from "./once";

/**
 * Each process receives its own heartbeats. If a connection receives and sends nothing for this long, it has failed without an error.
 */
const maxSilenceMs = 10_000;
/** If Redis does not answer for this long, what waits for it fails. */
const answersWithinMs = 5_000;

/** The Redis client for all commands of this process. It reconnects by itself. Subscribing needs another connection. */
export function redis() {
  return once("redis", async () => {
    const client = await newClient();
    client.connect().catch(() => {});
    return client;
  });
}

async function newClient() {
  // The package takes a fifth of a second to load, and most installations have no Redis.
  const { createClient } = await import("redis");
  const client = createClient({
    url: env().redisUrl ?? undefined,
    // While it is disconnected, fail commands at once instead of queueing them.
    disableOfflineQueue: true,
    socket: {
      reconnectStrategy: (tries: number) => Math.min(100 * 2 ** tries, 2_000),
      connectTimeout: 5_000,
      socketTimeout: maxSilenceMs,
    },
  });
  // Each try to reconnect fails with the same message: log it once.
  let lastError = "";
  client.on("error", (error: Error) => {
    if (lastError !== error.message) log().warn({ err: error.message }, "redis");
    lastError = error.message;
  });
  return client;
}

/** Redis as the bus: PUBLISH and SUBSCRIBE. */
export const connectRedis: BusConnect = ({ channel, onMessage, onConnect }) => {
  const subscriber = newClient();
  async function subscribe() {
    const client = await subscriber;
    // At each connection: a subscription that had no answer is not repeated by the library.
    client.on("ready", () => void client.subscribe(channel, onMessage).then(onConnect, onError));
    await client.connect();
  }
  const onError = (error: unknown) => log().error({ err: String(error) }, "redis");
  subscribe().catch(onError);
  return {
    async send(texts) {
      const client = await redis();
      // New commands would keep a connection that has failed: it never counts as silent.
      const replace = setTimeout(() => {
        client.destroy();
        client.connect().catch(() => {});
      }, answersWithinMs).unref();
      await Promise.all(texts.map((text) => client.publish(channel, text))).finally(() => clearTimeout(replace));
    },
    async close() {
      for (const client of [await subscriber, await redis()]) client.destroy();
    },
  };
};
