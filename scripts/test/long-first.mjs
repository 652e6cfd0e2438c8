import { BaseSequencer } from "vitest/node";

/** Small files that take long, because they run a program or wait. */
const LONG = ["chaos", "silent-database", "several-processes", "told-late", "kill"];

/**
 * Starts the files that take longest first, so that none runs alone at the end. Vitest orders files by their duration in
 * earlier runs. In a fresh clone there was none, so Vitest would order them by size.
 */
export default class LongFirst extends BaseSequencer {
  async sort(files) {
    // oxlint-disable-next-line unicorn/no-array-sort -- a method of Vitest, not of an array
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }) => LONG.some((name) => moduleId.endsWith(`/tests/${name}.test.ts`));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
