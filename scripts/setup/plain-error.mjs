/** A failure that the user can fix: shown as one sentence, without a stack trace. */
export class PlainError extends Error {
  constructor(sentence) {
    super(printable(sentence));
  }
}

/** Replaces characters that control a terminal: a sentence may quote a file from somebody else. */
export function printable(text) {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (sign) =>
    /[\n\t]/.test(sign) ? sign : "\ufffd",
  );
}

/** Prints the error (one sentence, or everything if it is a bug of ours) and exits with 1. */
export function exitWith(error) {
  console.error(error instanceof PlainError ? error.message : error);
  process.exit(1);
}
