import { BaseSequencer } from "vitest/node";

/** Small test files that take long, because they run a program, wait, or go through all operations. */
const LONG = ["chaos", "both-doors", "stall", "silent-database", "several-processes", "told-late", "kill"];

/**
 * Starts the slowest test files first, so that none of them runs alone at the end. Vitest orders files by their duration in
 * earlier runs. A fresh clone has no earlier runs, and Vitest would order the files by size.
 */
export default class LongFirst extends BaseSequencer {
  async sort(files) {
    // oxlint-disable-next-line unicorn/no-array-sort -- a method of Vitest, not of an array
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }) => LONG.some((name) => moduleId.endsWith(`/tests/${name}.test.ts`));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
