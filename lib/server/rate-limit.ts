import { createHash } from "node:crypto";
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
} from "rate-limiter-flexible";
import type { Limit } from "@/lib/contract/operation";
import { AppError } from "./app-error";
import { hasPeers } from "./bus";
import { redis } from "./bus-redis";
import { pool } from "./pool";
import { env } from "./env";
import { log } from "./log";
import { metrics } from "./metrics";
import { once } from "./once";

/** The counters of one kind of thing, by its name: this process's own, and those that all processes share. */
interface Limiter {
  own: RateLimiterAbstract;
  shared: () => RateLimiterAbstract;
}

/** What the table of shared counters can hold as it is: 255 characters, the limit's name among them. */
const plainKey = /^[\x20-\x7e]{1,128}$/;
const keyOf = (given: string) =>
  plainKey.test(given) ? given : createHash("sha256").update(given).digest("base64url");

function limiter(name: string, limit: Limit): Limiter {
  return once(`limit:${name}`, () => {
    const options = { keyPrefix: name, points: limit.points * env().limitFactor, duration: limit.seconds };
    let shared: RateLimiterAbstract | undefined;
    return { own: new RateLimiterMemory(options), shared: () => (shared ??= sharedBy(options)) };
  });
}

function sharedBy(options: { keyPrefix: string; points: number; duration: number }): RateLimiterAbstract {
  // Whoever has used up everything is refused without asking.
  const all = { ...options, inMemoryBlockOnConsumed: options.points + 1 };
  if (env().redisUrl) {
    return new RateLimiterRedis({
      ...all,
      keyPrefix: `parley:${options.keyPrefix}`,
      storeClient: redis(),
      useRedisPackage: true,
    });
  }
  const table = { schemaName: "parley_moment", tableName: "limits", tableCreated: true, clearExpiredByTimeout: true };
  return new RateLimiterPostgres({ ...all, ...table, storeClient: pool() });
}

/**
 * Counts one use of `name` by whoever `given` names; throws `rate_limited` with the time to wait when that is too often. Where other
 * processes serve the same people, all of them count together, in Redis or Postgres.
 */
export async function takePoint(name: string, given: string, limit: Limit): Promise<void> {
  const { own, shared } = limiter(name, limit);
  const key = keyOf(given);
  try {
    await own.consume(key);
    if (hasPeers()) await shared().consume(key);
  } catch (refused) {
    // What cannot be asked does not stop anybody: this process has counted for itself.
    if (!isRefusal(refused)) return log().warn({ err: String(refused) }, "shared limits cannot be asked");
    metrics().rateLimited.inc({ limit: name });
    throw new AppError("rate_limited", undefined, undefined, Math.max(1, Math.round(refused.msBeforeNext)));
  }
}

function isRefusal(error: unknown): error is RateLimiterRes {
  return error instanceof RateLimiterRes || typeof (error as RateLimiterRes)?.msBeforeNext === "number";
}

/** Takes back one use: it was none that the limit is about. */
export async function giveOneBack(name: string, given: string, limit: Limit): Promise<void> {
  const { own, shared } = limiter(name, limit);
  const key = keyOf(given);
  await own.reward(key, 1);
  if (hasPeers()) await shared().reward(key, 1);
}

/** Forgets what `given` used of `name`. */
export async function givePointsBack(name: string, given: string, limit: Limit): Promise<void> {
  const { own, shared } = limiter(name, limit);
  const key = keyOf(given);
  await own.delete(key);
  if (hasPeers()) await shared().delete(key);
}
