import type { Dice, Run } from "./run-state";

export interface Fault {
  name: string;
  /** Its shortest and longest duration, in milliseconds. */
  ms: readonly [number, number];
  /** What a run needs to have this fault. */
  needs?: "several processes" | "a small disk";
  /** Too long for normal runs: only if it is chosen by name. */
  rare?: boolean;
  /** Mended only at the end of the run. */
  forGood?: boolean;
  /** Breaks something. Returns the function that mends it, or nothing if there was nothing to break. */
  strike(run: Run, dice: Dice): Promise<Mend | undefined> | Mend | undefined;
}
export type Mend = () => unknown;
