import { createHash } from "node:crypto";
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { Limit } from "@/lib/contract/operation";
import { AppError } from "./app-error";
import { hasPeers } from "./bus";
import { redis } from "./bus-redis";
import { durationWords } from "./duration-words";
import { env } from "./env";
import { log } from "./log";
import { metrics } from "./metrics";
import { once } from "./once";
import { SharedLimits } from "./shared-limits";

/** The counters of one limit: those of this process, and those that all processes share. */
interface Limiter {
  local: RateLimiterAbstract;
  shared: () => Promise<RateLimiterAbstract>;
}

/**
 * Keys that are stored unchanged: with the limit's name, they fit the 255 characters of the table's column. Other keys are
 * hashed.
 */
const storableKey = /^[\x20-\x7e]{1,128}$/;
const storable = (key: string) => (storableKey.test(key) ? key : createHash("sha256").update(key).digest("base64url"));

function limiter(name: string, limit: Limit): Limiter {
  return once(`limit:${name}`, () => {
    const options = { keyPrefix: name, points: limit.points * env().limitFactor, duration: limit.seconds };
    let shared: Promise<RateLimiterAbstract> | undefined;
    return { local: new RateLimiterMemory(options), shared: () => (shared ??= sharedBy(options)) };
  });
}

async function sharedBy(options: {
  keyPrefix: string;
  points: number;
  duration: number;
}): Promise<RateLimiterAbstract> {
  // Remember in memory which keys exceeded the limit, and refuse them without a query.
  const all = { ...options, inMemoryBlockOnConsumed: options.points + 1 };
  if (env().redisUrl) {
    return new RateLimiterRedis({
      ...all,
      keyPrefix: `parley:${options.keyPrefix}`,
      storeClient: await redis(),
      useRedisPackage: true,
    });
  }
  return new SharedLimits(all);
}

/**
 * Takes one point from the limit `name` for `key`. Throws `rate_limited`, with the time to wait, if no point is left. If there
 * are other processes, all of them share a counter, in Redis or Postgres.
 */
export async function takePoint(name: string, key: string, limit: Limit): Promise<void> {
  const { local, shared } = limiter(name, limit);
  try {
    await local.consume(storable(key));
    if (hasPeers()) await (await shared()).consume(storable(key));
  } catch (error) {
    if (!isRefusal(error)) return warnOfStore(error);
    metrics().rateLimited.inc({ limit: name });
    // The store reckons by the wall clock. If that was put back meanwhile, the wait would be longer than the limit lasts.
    const waitMs = Math.min(limit.seconds * 1_000, Math.max(1, Math.round(error.msBeforeNext)));
    throw new AppError("rate_limited", `Too many requests. Try again in ${durationWords(waitMs)}.`, undefined, waitMs);
  }
}

/** Logs an error of the shared store. While the store fails, only this process's own counter applies. */
const warnOfStore = (error: unknown) => log().warn({ err: String(error) }, "shared limits not available");

function isRefusal(error: unknown): error is RateLimiterRes {
  return error instanceof RateLimiterRes || typeof (error as RateLimiterRes)?.msBeforeNext === "number";
}

/** Gives one point back to `key`. */
export async function giveOneBack(name: string, key: string, limit: Limit): Promise<void> {
  const { local, shared } = limiter(name, limit);
  await local.reward(storable(key), 1);
  if (hasPeers())
    await shared()
      .then((store) => store.reward(storable(key), 1))
      .catch(warnOfStore);
}

/** Gives all points back to `key`. */
export async function givePointsBack(name: string, key: string, limit: Limit): Promise<void> {
  const { local, shared } = limiter(name, limit);
  await local.delete(storable(key));
  if (hasPeers())
    await shared()
      .then((store) => store.delete(storable(key)))
      .catch(warnOfStore);
}
