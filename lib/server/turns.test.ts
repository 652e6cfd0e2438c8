import { expect, test } from "vitest";
import { makeTurns } from "./turns";

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("As many run at once as may, the others in the order in which they came", async () => {
  const turns = makeTurns({ atOnce: 2, waitingAtMost: 10 });
  const began: number[] = [];
  const ends: (() => void)[] = [];
  for (let each = 0; each < 5; each++) {
    void turns.take().then((end) => {
      began.push(each);
      ends.push(end);
    });
  }
  await settled();
  expect(began).toEqual([0, 1]);
  ends[1]?.();
  ends[1]?.();
  await settled();
  expect(began).toEqual([0, 1, 2]);
  expect(turns.size()).toBe(4);
  for (let each = 0; each < 5; each++) {
    ends[each]?.();
    await settled();
  }
  expect([began, turns.size()]).toEqual([[0, 1, 2, 3, 4], 0]);
});

test("Whoever comes when too many wait is told that it is busy, and takes nobody's place", async () => {
  const turns = makeTurns({ atOnce: 1, waitingAtMost: 1 });
  const end = await turns.take();
  const second = turns.take();
  await expect(turns.take()).rejects.toMatchObject({ name: "AppError", code: "busy" });
  end();
  (await second)();
  expect(turns.size()).toBe(0);
});
