/** A failure that the user can fix. It is shown as one sentence, without a stack trace. */
export class PlainError extends Error {
  constructor(sentence) {
    super(printable(sentence));
  }
}

/** Replaces characters that control a terminal, because a sentence may quote a file that someone else wrote. */
export function printable(text) {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (sign) =>
    /[\n\t]/.test(sign) ? sign : "\ufffd",
  );
}

/** Prints the error (one sentence, or with its stack trace if it is a bug) and exits with 1. */
export function exitWith(error) {
  console.error(error instanceof PlainError ? error.message : error);
  process.exit(1);
}
