import { expect, test, vi } from "vitest";
import { uuidv7 } from "uuidv7";
import { SharedLimits } from "./shared-limits";

const points = 10;
const duration = 60;
const limits = () => new SharedLimits({ keyPrefix: uuidv7(), points, duration });

test("Of 25 requests of each of three keys at once, exactly ten are accepted for each key", async () => {
  const shared = limits();
  const keys = ["ada", "ben", "mia"];
  const requests = Array.from({ length: 25 * keys.length }, (_, at) => keys[at % keys.length] as string);
  const outcomes = await Promise.allSettled(requests.map((key) => shared.consume(key)));
  for (const key of keys) {
    const ofKey = outcomes.filter((_, at) => requests[at] === key);
    const left = ofKey.flatMap((one) => (one.status === "fulfilled" ? one.value.remainingPoints : []));
    expect(left).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    for (const refused of ofKey.slice(points)) {
      const { msBeforeNext } = (refused as PromiseRejectedResult).reason as { msBeforeNext: number };
      expect(msBeforeNext).toBeGreaterThan((duration - 5) * 1_000);
      expect(msBeforeNext).toBeLessThanOrEqual(duration * 1_000);
    }
  }
});

test("A point that is given back can be taken again", async () => {
  const shared = limits();
  for (let time = 0; time < points; time++) await shared.consume("ada");
  await shared.reward("ada", 1);
  expect((await shared.consume("ada")).remainingPoints).toBe(0);
  await expect(shared.consume("ada")).rejects.toMatchObject({ remainingPoints: 0 });
});

test("A counter that has expired starts again", async () => {
  const options = { keyPrefix: uuidv7(), points: 1, duration };
  const [before, after] = [new SharedLimits(options), new SharedLimits(options)];
  await before.consume("ada", 1, { customDuration: 0.001 });
  await expect.poll(() => after.consume("ada").catch(() => null)).toMatchObject({ consumedPoints: 1 });
});

test("A counter does not last longer because the clock was put back", async () => {
  const options = { keyPrefix: uuidv7(), points: 1, duration };
  const [before, after] = [new SharedLimits(options), new SharedLimits(options)];
  await before.consume("ada");
  await expect(after.consume("ada")).rejects.toMatchObject({ consumedPoints: 2 });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 3_600_000 });
  expect(await after.consume("ada")).toMatchObject({ consumedPoints: 1 });
  await expect(after.consume("ada")).rejects.toMatchObject({ consumedPoints: 2 });
});
