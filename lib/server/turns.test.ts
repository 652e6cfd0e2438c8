import { expect, test } from "vitest";
import { makeTurns } from "./turns";

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Gives these waiters their turns, one at a time, and returns their keys in the order in which they got them. */
async function order(waiters: { key: string | null; hasPriority?: boolean }[]): Promise<string[]> {
  const turns = makeTurns({ maxConcurrent: 1, maxWaitingPerKey: 10, maxWaiting: 100 });
  let end = await turns.take({ key: "holder" });
  const came: string[] = [];
  const all = waiters.map(async (waiter) => {
    const done = await turns.take(waiter);
    came.push(`${waiter.key}`);
    end = done;
  });
  for (const each of all) {
    end();
    await Promise.race([each, settled()]);
    await settled();
  }
  await Promise.all(all);
  expect(turns.waiting()).toBe(0);
  return came;
}

test("Those of one key go in the order in which they came", async () => {
  expect(await order([{ key: "a" }, { key: "a" }, { key: "a" }])).toEqual(["a", "a", "a"]);
});

test("Keys take turns, so that whoever comes late does not wait for all of a long line", async () => {
  expect(await order([...Array.from({ length: 4 }, () => ({ key: "a" })), { key: "b" }, { key: null }])).toEqual([
    "a",
    "b",
    "null",
    "a",
    "a",
    "a",
  ]);
});

test("Who goes first does so before all others", async () => {
  expect(await order([{ key: "a" }, { key: "b" }, { key: "c", hasPriority: true }])).toEqual(["c", "a", "b"]);
});

test("As many run at once as may, and a turn that is ended twice counts once", async () => {
  const turns = makeTurns({ maxConcurrent: 2, maxWaitingPerKey: 10, maxWaiting: 10 });
  const began: number[] = [];
  const ends: (() => void)[] = [];
  for (let each = 0; each < 4; each++) {
    void turns.take({ key: "a" }).then((end) => {
      began.push(each);
      ends.push(end);
    });
  }
  await settled();
  expect(began).toEqual([0, 1]);
  ends[1]?.();
  ends[1]?.();
  await settled();
  expect([began, turns.waiting()]).toEqual([[0, 1, 2], 1]);
});

test("Whoever comes when too many wait is told that it is busy: of one key, and of all", async () => {
  const turns = makeTurns({ maxConcurrent: 1, maxWaitingPerKey: 1, maxWaiting: 2 });
  const end = await turns.take({ key: "a" });
  const busy = { name: "AppError", code: "busy" };
  const waiting = turns.take({ key: "a" });
  await expect(turns.take({ key: "a" })).rejects.toMatchObject(busy);
  const other = turns.take({ key: "b" });
  await expect(turns.take({ key: "c" })).rejects.toMatchObject(busy);
  const known = turns.take({ key: "c", hasPriority: true });
  end();
  (await known)();
  (await waiting)();
  (await other)();
  expect(turns.waiting()).toBe(0);
});
