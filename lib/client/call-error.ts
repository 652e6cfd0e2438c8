import type { ErrorCode, Failure } from "@/lib/contract/errors";

/**
 * `offline` is never sent by the server. It means that no answer arrived, so the request may or may not have been carried out.
 */
export type CallErrorCode = ErrorCode | "offline";

/** A refusal by the server, or no answer at all. */
export class CallError extends Error {
  override readonly name = "CallError";
  readonly code: CallErrorCode;
  readonly fields: Record<string, string> | undefined;
  readonly retryAfterMs: number | undefined;
  /** The address to open instead, because the server does not accept this page's address. */
  readonly openAt: string | undefined;

  constructor(failure: Omit<Failure, "code"> & { code: CallErrorCode }) {
    super(failure.message);
    this.code = failure.code;
    this.fields = failure.fields;
    this.retryAfterMs = failure.retryAfterMs;
    this.openAt = failure.openAt;
  }
}

/** Compares the name, because `instanceof` fails if the module was loaded twice. */
export function isCallError(error: unknown): error is CallError {
  return error instanceof Error && error.name === "CallError";
}

export function offlineError(): CallError {
  return new CallError({ code: "offline", message: "Can't reach the server. Check your connection." });
}

/** Converts anything thrown to a `CallError`. */
export function toCallError(error: unknown): CallError {
  return isCallError(error) ? error : new CallError({ code: "internal", message: "Something went wrong. Try again." });
}

const temporary: ReadonlySet<CallErrorCode> = new Set([
  "offline",
  "busy",
  "internal",
  "rate_limited",
  "unauthenticated",
]);
/** Whether the same request may succeed later, perhaps after signing in again. */
export const isTemporary = (code: CallErrorCode): boolean => temporary.has(code);
