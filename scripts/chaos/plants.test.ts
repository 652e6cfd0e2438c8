import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { killPoints } from "./kill-points.mjs";
import { plants } from "./plants.mjs";

const root = path.resolve(import.meta.dirname, "../..");

it.each([
  ...killPoints.map((point) => ({ name: "a kill point", ...point })),
  ...plants.flatMap(({ name, changes }) => changes.map((change) => ({ name, ...change }))),
])("the text that $name replaces occurs once in $in", ({ in: file, text }) => {
  expect(readFileSync(path.join(root, file), "utf8").split(text)).toHaveLength(2);
});
