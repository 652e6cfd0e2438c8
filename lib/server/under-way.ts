import { once } from "./once";

const state = () => once("underWay", () => ({ count: 0 }));

/** Counts what was asked over sockets until it is answered: a drain waits for it. HTTP counts its own requests. */
export function beginWork(): void {
  state().count++;
}

export function endWork(): void {
  state().count--;
}

export function isUnderWay(): boolean {
  return state().count > 0;
}
