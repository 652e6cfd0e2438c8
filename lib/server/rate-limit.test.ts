import { afterEach, expect, it, vi } from "vitest";
import { takePoint } from "./rate-limit";

process.env.DATABASE_URL = "postgres://unused";
process.env.AUTH_SECRET = "a secret of the tests of limits, never used";

afterEach(() => {
  vi.useRealTimers();
});

it("Nobody waits longer than a limit lasts, though the clock is put back", async () => {
  vi.useFakeTimers();
  const take = () => takePoint("test.limit", "ada", { points: 1, seconds: 60 });
  await take();
  vi.setSystemTime(Date.now() - 3_600_000);
  await expect(take()).rejects.toMatchObject({ code: "rate_limited", retryAfterMs: 60_000 });
  await vi.advanceTimersByTimeAsync(60_000);
  await take();
});
