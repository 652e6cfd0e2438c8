/** A failure that the user can fix. It is shown as one sentence, without a stack trace. */
export class PlainError extends Error {
  constructor(sentence) {
    super(printable(sentence));
  }
}

/** Replaces terminal control characters, because a sentence may quote an untrusted file. */
export function printable(text) {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (sign) =>
    /[\n\t]/.test(sign) ? sign : "\ufffd",
  );
}

/** Prints the error and exits with 1. A PlainError is printed as one sentence, any other error with its stack trace. */
export function exitWith(error) {
  console.error(error instanceof PlainError ? error.message : error);
  process.exit(1);
}
