import { AppError } from "./app-error";

const halfPair = /\p{Surrogate}/u;
const halfPairs = /\p{Surrogate}/gu;

/** The largest request of our client, `sync` of 2,000 rooms, has fewer fields and entries. */
const valuesAtMost = 5_000;

/**
 * Replaces lone surrogates in a request by U+FFFD, in place. UTF-8 cannot encode them, so what we
 * broadcast would differ from what we store. Throws `invalid_input` if the request has too many values.
 */
export function wellFormed(input: unknown): unknown {
  const root = { input };
  // A loop instead of recursion, because JSON may be nested deeper than the call stack.
  const waiting: object[] = [root];
  let values = 0;
  for (let object = waiting.pop(); object; object = waiting.pop()) {
    for (const [key, value] of Object.entries(object)) {
      if (++values > valuesAtMost) throw new AppError("invalid_input", "That's too much at once.");
      if (typeof value === "string" && halfPair.test(value)) {
        Object.defineProperty(object, key, { value: value.replaceAll(halfPairs, "\ufffd"), enumerable: true });
      } else if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value)) waiting.push(value);
    }
  }
  return root.input;
}
