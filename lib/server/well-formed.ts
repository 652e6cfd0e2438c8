import { AppError } from "./app-error";

const halfPair = /\p{Surrogate}/u;
const halfPairs = /\p{Surrogate}/gu;

/** More fields and entries than the largest honest question has: `sync` names 2,000 rooms. */
const valuesAtMost = 5_000;

/**
 * What somebody said, fit to be looked at: half a surrogate pair, which UTF-8 and so the database cannot hold, is the
 * replacement character from here on, so that what is told and what is stored are the same.
 */
export function wellFormed(said: unknown): unknown {
  const whole = { said };
  // Not by recursion: JSON may be nested deeper than the stack.
  const waiting: object[] = [whole];
  let values = 0;
  for (let object = waiting.pop(); object; object = waiting.pop()) {
    for (const [key, value] of Object.entries(object)) {
      if (++values > valuesAtMost) throw new AppError("invalid_input", "That's too much at once.");
      if (typeof value === "string" && halfPair.test(value)) {
        Object.defineProperty(object, key, { value: value.replaceAll(halfPairs, "\ufffd"), enumerable: true });
      } else if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value)) waiting.push(value);
    }
  }
  return whole.said;
}
