import { repeats } from "@/lib/generated/contract/repeats";
import { isCallError } from "./call-error";
import type { Call } from "./http";
import { newId } from "./new-id";

/** Errors after which the change may or may not have been made. */
const uncertain: ReadonlySet<string> = new Set(["offline", "busy", "internal"]);

/**
 * Wraps `call` for one form or dialog. If it is uncertain whether a change was made, the person may make the same change again.
 * The request then has the same `intentId`, so the server makes the change once (decision 0031).
 */
export function keepIntents(call: Call): Call {
  /** Intent ids of requests without a certain result, by operation and input. */
  const unanswered = new Map<string, string>();
  return async (name, input) => {
    if (repeats[name] !== "intent") return call(name, input);
    const key = JSON.stringify([name, input]);
    const intentId = unanswered.get(key) ?? newId();
    unanswered.set(key, intentId);
    try {
      const answer = await call(name, { intentId, ...input });
      unanswered.delete(key);
      return answer;
    } catch (error) {
      if (!isCallError(error) || !uncertain.has(error.code)) unanswered.delete(key);
      throw error;
    }
  };
}
