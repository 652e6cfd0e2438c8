import { once } from "./once";

const state = () => once("underWay", () => ({ count: 0 }));

/** Counts what was asked over a socket until it is answered: a drain waits for it. HTTP counts its own requests. */
export function underWay<T>(work: Promise<T>): Promise<T> {
  state().count++;
  return work.finally(() => state().count--);
}

export function isUnderWay(): boolean {
  return state().count > 0;
}
