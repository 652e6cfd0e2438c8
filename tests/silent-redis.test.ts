import { expect, test } from "vitest";
import { connectRedis } from "@/lib/server/bus-redis";
import { startRedis } from "../scripts/test/redis.mjs";
import { stallingWay } from "./harness/stalling";

test("Connections to Redis that carry nothing any more are replaced", { timeout: 60_000 }, async () => {
  const redis = await startRedis();
  const way = await stallingWay(redis);
  process.env.REDIS_URL = Object.assign(new URL(redis.url), { port: new URL(way.url).port }).href;
  process.env.LOG_LEVEL = "silent";
  const received: string[] = [];
  const bus = connectRedis({ channel: "test", onMessage: (text) => received.push(text), onConnect: () => {} });
  const arrives = (text: string, timeout: number) =>
    expect
      .poll(
        () =>
          bus.send([text]).then(
            () => received.includes(text),
            () => false,
          ),
        { timeout },
      )
      .toBe(true);
  await arrives("before", 5_000);
  way.stall();
  await expect(bus.send(["lost"])).rejects.toThrow();
  await arrives("after", 20_000);
  await bus.close();
  way.close();
  await redis.stop();
});
