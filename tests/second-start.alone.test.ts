import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { newPlace, start } from "./started";

const READY = "Press Ctrl-C to stop";

test("a second start is ready within three seconds and repeats no step", async () => {
  const place = await newPlace();
  const first = start(place);
  await first.says(READY);
  first.process.kill("SIGTERM");
  expect(await first.ended).toBe(0);

  const startedAt = Date.now();
  const second = start(place);
  await second.says(READY);
  expect(Date.now() - startedAt).toBeLessThan(3000);
  expect(second.output()).not.toMatch(/Creating|Applying|Building|Installing/);
  second.process.kill("SIGTERM");
  await second.ended;
  rmSync(place.folder, { recursive: true, force: true });
});
