import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import type { Limit } from "@/lib/contract/operation";
import { AppError } from "./app-error";
import { env } from "./env";
import { metrics } from "./metrics";
import { once } from "./once";

/** The counters of one kind of thing, by its name. One per process. */
function limiter(name: string, { points, seconds }: Limit): RateLimiterMemory {
  return once(`limit:${name}`, () => new RateLimiterMemory({ points: points * env().limitFactor, duration: seconds }));
}

/** Counts one use of `name` by `key`; throws `rate_limited` with the time to wait when that is too often. */
export async function takePoint(name: string, key: string, limit: Limit): Promise<void> {
  try {
    await limiter(name, limit).consume(key);
  } catch (refused) {
    metrics().rateLimited.inc({ limit: name });
    const { msBeforeNext } = refused as RateLimiterRes;
    throw new AppError("rate_limited", undefined, undefined, Math.max(1, Math.round(msBeforeNext ?? 1_000)));
  }
}

/** Forgets what `key` used of `name`. */
export async function givePointsBack(name: string, key: string, limit: Limit): Promise<void> {
  await limiter(name, limit).delete(key);
}
