import type { Answer } from "@/lib/contract/errors";
import type { Input, OperationName, Output } from "@/lib/contract/index";
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

/** May be asked again over HTTP when nobody knows whether the first time arrived. */
const repeatable: ReadonlySet<OperationName> = new Set<OperationName>([
  "home.show",
  "sync",
  "room.list",
  "room.show",
  "room.read",
  "membership.list",
  "membership.join",
  "membership.leave",
  "membership.add",
  "membership.remove",
  "message.list",
  "message.edit",
  "message.delete",
  "message.history",
  "person.list",
  "group.list",
  "presence.update",
  "invite.list",
  "invite.revoke",
  "session.list",
  "session.revoke",
  "session.end",
]);

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

/** What is named by its sender may be sent twice: the same id again changes nothing. */
function mayRepeat(name: OperationName, input: object): boolean {
  const named = name === "message.send" || name === "room.create";
  return repeatable.has(name) || (named && "id" in input && typeof input.id === "string");
}

function bytes(input: unknown): number {
  return new TextEncoder().encode(JSON.stringify(input)).length;
}
