import type { Dice, Run } from "./run-state";

export interface Fault {
  name: string;
  /** How long it lasts, at least and at most, in milliseconds. */
  ms: readonly [number, number];
  /** Where it cannot be done there is nothing to break. */
  needs?: "several processes" | "a small disk";
  /** Too long for every run: only when it is asked for by name. */
  rare?: boolean;
  /** Is mended only in the end; all others get used to it. */
  forGood?: boolean;
  /** Breaks something. Returns what mends it, or nothing when there was nothing to break. */
  strike(run: Run, dice: Dice): Promise<Mend | undefined> | Mend | undefined;
}
export type Mend = () => unknown;
