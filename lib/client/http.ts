import type { Answer } from "@/lib/contract/errors";
import type { Input, OperationName, Output } from "@/lib/contract/index";
import { CallError, offlineError } from "./call-error";
import type { Fetch, HttpOptions } from "./http-request";

export type Call = <N extends OperationName>(name: N, input: Input<N>) => Promise<Output<N>>;

export type { Fetch, HttpOptions };

// The table of all routes is large, so it is not part of the code with which a page starts.
const loadCode = () => import("./http-request");

/** Calls operations over HTTP. Throws `CallError`. Its code is `offline` if the answer is not from our server. */
export function createHttpCall(options: HttpOptions): Call {
  // The first call should not have to wait. If the code can't be fetched now, each call tries again.
  loadCode().catch(() => {});
  return async <N extends OperationName>(name: N, input: Input<N>) => {
    const { fetchAnswer } = await loadCode().catch(() => {
      throw offlineError();
    });
    return dataOf(await fetchAnswer(options, name, input), options.onRepeated) as Output<N>;
  };
}

/** Returns the data of an answer. Throws if the answer is an error. */
export function dataOf(answer: Answer<unknown>, onRepeated?: () => void): unknown {
  if (!answer.ok) throw new CallError(answer.error);
  if (answer.repeated) onRepeated?.();
  return answer.data;
}
