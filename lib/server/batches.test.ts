import { expect, it } from "vitest";
import { batchLookups, inBatches } from "./batches";

/** Finds each key as the key in capitals. The test settles each lookup by calling the next function in `answers`. */
function start() {
  const asked: string[][] = [];
  const answers: (() => void)[] = [];
  const find = batchLookups<string>(
    (keys) =>
      new Promise((resolve, reject) => {
        asked.push(keys);
        answers.push(() => {
          if (keys.includes("bad")) reject(new Error("refused"));
          else resolve(new Map(keys.filter((key) => key !== "nobody").map((key) => [key, key.toUpperCase()])));
        });
      }),
  );
  const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  return { asked, answers, find, turn };
}

it("asks about all that come in one turn together, each once", async () => {
  const { asked, answers, find, turn } = start();
  const found = Promise.all([find("a"), find("b"), find("a"), find("nobody")]);
  await turn();
  expect(asked).toEqual([["a", "b", "nobody"]]);
  answers[0]?.();
  expect(await found).toEqual(["A", "B", "A", undefined]);
});

it("asks at most two questions at once, and then about everybody who came meanwhile", async () => {
  const { asked, answers, find, turn } = start();
  const found = [find("a")];
  await turn();
  found.push(find("b"));
  await turn();
  found.push(find("c"), find("d"));
  await turn();
  expect(asked).toEqual([["a"], ["b"]]);
  answers[0]?.();
  await turn();
  expect(asked).toEqual([["a"], ["b"], ["c", "d"]]);
  answers[1]?.();
  answers[2]?.();
  expect(await Promise.all(found)).toEqual(["A", "B", "C", "D"]);
});

it("fails those who were asked about together, and nobody who comes later", async () => {
  const { answers, find, turn } = start();
  const bad = Promise.allSettled([find("bad"), find("a")]);
  await turn();
  answers[0]?.();
  expect((await bad).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const later = find("a");
  await turn();
  answers[1]?.();
  expect(await later).toBe("A");
});

it("processes an item that is asked for again as soon as its batch has ended, one batch at a time", async () => {
  const batches: number[][] = [];
  const process = inBatches(
    async (items: number[]) => {
      batches.push(items);
      return items;
    },
    { concurrent: 1 },
  );
  const again = async () => [await process(1), await process(2), await process(3)];
  expect(await again()).toEqual([1, 2, 3]);
  expect(batches).toEqual([[1], [2], [3]]);
});
