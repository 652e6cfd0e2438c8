import type { Answer } from "@/lib/contract/errors";
import type { Input, OperationName, Output } from "@/lib/contract/index";
import { limits } from "@/lib/contract/limits";
import { repeats } from "@/lib/generated/contract/repeats";
import { isCallError } from "./call-error";
import { type Call, createHttpCall, dataOf, type HttpOptions } from "./http";
import { newId } from "./new-id";

/** The part of the socket that calls need. */
export interface CallSocket {
  /** Whether the socket is connected and the server has sent `ready`. */
  isReady(): boolean;
  /** Rejects if no acknowledgement arrives before the timeout, or the connection is lost. */
  request(name: OperationName, input: unknown, timeoutMs: number): Promise<Answer<unknown>>;
}

/** Below the server's packet limit of 32 KiB, with room for the envelope. */
const maxInputBytes = 30_000;

/** Calls operations over the socket while it is ready, otherwise over HTTP. Throws `CallError`. */
export function createCall(options: HttpOptions & { getSocket: () => CallSocket | null }): Call {
  const overHttp = createHttpCall(options);
  return async <N extends OperationName>(name: N, inputWithoutId: Input<N>): Promise<Output<N>> => {
    const input = withRetryId(name, inputWithoutId);
    const socket = options.getSocket();
    if (!socket?.isReady() || byteLength(input) > maxInputBytes) return overHttp(name, input);
    try {
      return dataOf(await socket.request(name, input, limits.requestMs), options.onRepeated) as Output<N>;
    } catch (error) {
      // The request may have arrived. Send it again only if the server recognizes the repeat.
      if (!isCallError(error) || error.code !== "offline" || repeats[name] === "never") throw error;
      return overHttp(name, input);
    }
  };
}

/** Adds the id by which the server recognizes a retry, unless the input has one. */
function withRetryId<N extends OperationName>(name: N, input: Input<N>): Input<N> {
  const repeat = repeats[name];
  if (repeat === "named") return { id: newId(), ...input };
  return repeat === "intent" ? { intentId: newId(), ...input } : input;
}

function byteLength(input: unknown): number {
  return new TextEncoder().encode(JSON.stringify(input)).length;
}
