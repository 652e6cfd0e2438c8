import { repeats } from "@/lib/generated/contract/repeats";
import type { Call } from "./http";
import type { ConnectionStore } from "./stores/connection";

const slowAfterMs = 3000;

/**
 * Wraps `call`. `slowChanges` in the store counts the changes that have been unanswered for three seconds. Reads do not count.
 * Messages do not count either, because the log marks unsent messages itself.
 */
export function countSlowChanges(call: Call, store: ConnectionStore): Call {
  const add = (count: number) => store.setState(({ slowChanges }) => ({ slowChanges: slowChanges + count }));
  return async (name, input) => {
    const repeat = repeats[name];
    if (repeat !== "intent" && repeat !== "never") return call(name, input);
    let isSlow = false;
    const timer = setTimeout(() => {
      isSlow = true;
      add(1);
    }, slowAfterMs);
    try {
      return await call(name, input);
    } finally {
      clearTimeout(timer);
      if (isSlow) add(-1);
    }
  };
}
