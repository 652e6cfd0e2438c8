/** A failure the person at the keyboard can act on: shown as its one sentence, never with a stack trace. */
export class PlainError extends Error {
  constructor(sentence) {
    super(printable(sentence));
  }
}

/** Without what would steer a terminal: a sentence may quote a file that somebody else has made. */
export function printable(text) {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (sign) =>
    /[\n\t]/.test(sign) ? sign : "\ufffd",
  );
}

/** Prints what went wrong (one sentence, or the whole error when it is a defect of ours) and ends the process. */
export function exitWith(error) {
  console.error(error instanceof PlainError ? error.message : error);
  process.exit(1);
}
