import type { ErrorCode, Failure } from "@/lib/contract/errors";

/** `offline` is the client's own: no answer came, so nobody knows whether it was done. */
export type CallErrorCode = ErrorCode | "offline";

/** A refusal by the server, or no answer at all. */
export class CallError extends Error {
  override readonly name = "CallError";
  readonly code: CallErrorCode;
  readonly fields: Record<string, string> | undefined;
  readonly retryAfterMs: number | undefined;
  /** The address to open instead: this page is not at one that the server answers. */
  readonly openAt: string | undefined;

  constructor(failure: Omit<Failure, "code"> & { code: CallErrorCode }) {
    super(failure.message);
    this.code = failure.code;
    this.fields = failure.fields;
    this.retryAfterMs = failure.retryAfterMs;
    this.openAt = failure.openAt;
  }
}

/** Recognised by name: a module may be loaded more than once, and then `instanceof` says no. */
export function isCallError(error: unknown): error is CallError {
  return error instanceof Error && error.name === "CallError";
}

export function offline(): CallError {
  return new CallError({ code: "offline", message: "Can't reach the server. Check your connection." });
}

/** Whatever was thrown, as something with a code and a sentence. */
export function toCallError(error: unknown): CallError {
  return isCallError(error) ? error : new CallError({ code: "internal", message: "Something went wrong. Try again." });
}
