/** A failure the person at the keyboard can act on: shown as its one sentence, never with a stack trace. */
export class PlainError extends Error {}

/** Prints what went wrong (one sentence, or the whole error when it is a defect of ours) and ends the process. */
export function exitWith(error) {
  console.error(error instanceof PlainError ? error.message : error);
  process.exit(1);
}
