import type { z } from "zod";
import type { ErrorCode, Failure } from "@/lib/contract/errors";
import { codesOf, isRetryable, isUnavailable, violatedConstraint } from "./database-error";
import { log } from "./log";
import { metrics } from "./metrics";

const sentences: Record<ErrorCode, string> = {
  invalid_input: "Something in this request isn't valid. Check it and try again.",
  unauthenticated: "Sign in to continue.",
  forbidden: "You don't have permission to do this.",
  not_found: "This doesn't exist, or you can't see it.",
  conflict: "This already exists.",
  gone: "This no longer exists.",
  room_archived: "This room is archived. No one can post in it.",
  too_large: "This is too large. Send less at once.",
  rate_limited: "Too many requests. Wait a moment and try again.",
  internal: "Something went wrong on the server.",
  busy: "The server is busy. Try again in a moment.",
};

/**
 * A refusal with one of the contract's codes. Recognise it by name, never by `instanceof`: a process has several copies of this
 * class.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  constructor(
    readonly code: ErrorCode,
    message?: string,
    readonly fields?: Record<string, string>,
    readonly retryAfterMs?: number,
    readonly openAt?: string,
  ) {
    super(message ?? sentences[code]);
  }
}

/** The error for a request that must name one of the caller's organizations. `name` is the header or field for the handle. */
export const organizationMissing = (name: string): AppError =>
  new AppError("invalid_input", undefined, { [name]: "You're in several organizations. Send the handle of one." });

export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === "AppError";
}

/**
 * The most fields in an error, and the most characters of a field's name and of a text. Clients choose the field names and their
 * number.
 */
const maxShown = { fields: 20, name: 100, text: 300 };
const truncate = (text: string, length: number) => (text.length > length ? `${text.slice(0, length)}…` : text);

function fromZod(error: z.ZodError): Failure {
  const fields = new Map<string, string>();
  for (const issue of error.issues) {
    const isUnknown = issue.code === "unrecognized_keys";
    for (const name of isUnknown ? issue.keys : [issue.path.join(".")]) {
      if (fields.size >= maxShown.fields) break;
      if (!fields.has(name)) fields.set(name, isUnknown ? "Unknown field." : issue.message);
    }
  }
  return { code: "invalid_input", message: sentences.invalid_input, fields: Object.fromEntries(fields) };
}

/** Shortens an error, because it may quote a long input. */
function truncateFailure({ fields, ...failure }: Failure): Failure {
  const shownFields = Object.entries(fields ?? {}).slice(0, maxShown.fields);
  const truncated = shownFields.map(
    ([name, text]) => [truncate(name, maxShown.name), truncate(text, maxShown.text)] as const,
  );
  return {
    ...failure,
    message: truncate(failure.message, maxShown.text),
    ...(fields && { fields: Object.fromEntries(truncated) }),
  };
}

/** Converts a thrown error to the one that clients receive. Unexpected errors are logged and become `internal`. */
export function toFailure(error: unknown, requestId: string): Failure {
  return truncateFailure(toUntruncatedFailure(error, requestId));
}

function toUntruncatedFailure(error: unknown, requestId: string): Failure {
  if (isAppError(error)) {
    const { code, message, fields, retryAfterMs, openAt } = error;
    const optional = { ...(retryAfterMs !== undefined && { retryAfterMs }), ...(openAt && { openAt }) };
    return { code, message, ...(fields && { fields }), ...optional };
  }
  if (error instanceof Error && error.name === "ZodError") return fromZod(error as z.ZodError);
  if (violatedConstraint(error) !== null) return { code: "conflict", message: sentences.conflict };
  const text = error instanceof Error ? error.message : String(error);
  if (isUnavailable(error)) {
    metrics().databaseUnavailable.inc();
    log().error({ requestId, err: text }, "database unavailable");
    return { code: "busy", message: sentences.busy, retryAfterMs: 2_000 };
  }
  if (isRetryable(error)) {
    log().error({ requestId, codes: codesOf(error), err: text }, "transaction given up");
    return { code: "busy", message: sentences.busy, retryAfterMs: 1_000 };
  }
  const err = error instanceof Error ? error.stack : text;
  log().error({ requestId, codes: codesOf(error), err }, "unexpected error");
  return {
    code: "internal",
    message: `${sentences.internal} If it keeps happening, give an admin this code: ${requestId}.`,
  };
}
