import type { Answer } from "@/lib/contract/errors";
import type { Input, OperationName, Output } from "@/lib/contract/index";
import { routes } from "@/lib/generated/contract/routes";
import { isCallError } from "./call-error";
import { type Call, createHttpCall, dataOf, type Fetch } from "./http";

/** The socket as calls see it. */
export interface SocketDoor {
  /** Connected, and the server has said `ready`. */
  isReady(): boolean;
  /** Rejects when no acknowledgement came: timed out, or the connection went. */
  ask(name: OperationName, input: unknown, timeoutMs: number): Promise<Answer<unknown>>;
}

const ackTimeoutMs = 10_000;
/** Below the server's packet limit of 32 KiB, with room for the envelope. */
const largestPacket = 30_000;

/** Calls operations over the socket while it is up, else over HTTP. Throws `CallError`. */
export function createCall(options: { baseUrl: string; fetch: Fetch; getSocket: () => SocketDoor | null }): Call {
  const overHttp = createHttpCall(options);
  return async <N extends OperationName>(name: N, input: Input<N>): Promise<Output<N>> => {
    const socket = options.getSocket();
    if (!socket?.isReady() || bytes(input) > largestPacket) return overHttp(name, input);
    try {
      return dataOf(await socket.ask(name, input, ackTimeoutMs)) as Output<N>;
    } catch (error) {
      if (!isCallError(error) || error.code !== "offline" || !mayRepeat(name, input)) throw error;
      return overHttp(name, input);
    }
  };
}

/** Whether to send it again over HTTP when nobody knows if it arrived the first time. */
function mayRepeat(name: OperationName, input: object): boolean {
  const { repeat } = routes[name];
  return repeat === "named" ? "id" in input && typeof input.id === "string" : repeat !== "never";
}

function bytes(input: unknown): number {
  return new TextEncoder().encode(JSON.stringify(input)).length;
}
