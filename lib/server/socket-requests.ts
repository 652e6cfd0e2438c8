import { once } from "./once";

const state = () => once("socket-requests", () => ({ count: 0 }));

/** Counts a socket request as in progress, so that a drain can wait for it. The HTTP server tracks its own requests. */
export function beginWork(): void {
  state().count++;
}

export function endWork(): void {
  state().count--;
}

export function hasWork(): boolean {
  return state().count > 0;
}
