import { AppError } from "./app-error";

const loneSurrogate = /\p{Surrogate}/u;
const loneSurrogates = /\p{Surrogate}/gu;

/** The most fields and entries in a request. The largest request of our client, `sync` of 2,000 rooms, has fewer. */
const maxValues = 5_000;

/**
 * Replaces lone surrogates in a request by U+FFFD, in place. UTF-8 cannot encode them, so the text that we broadcast would differ
 * from the text that we store. Throws `invalid_input` if the request has too many values.
 */
export function replaceLoneSurrogates(input: unknown): unknown {
  const root = { input };
  // A loop instead of recursion, because JSON may be nested deeper than the call stack.
  const stack: object[] = [root];
  let values = 0;
  for (let object = stack.pop(); object; object = stack.pop()) {
    for (const [key, value] of Object.entries(object)) {
      if (++values > maxValues) throw new AppError("invalid_input", "That's too much at once.");
      if (typeof value === "string" && loneSurrogate.test(value)) {
        Object.defineProperty(object, key, { value: value.replaceAll(loneSurrogates, "\ufffd"), enumerable: true });
      } else if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value)) stack.push(value);
    }
  }
  return root.input;
}
