import { toCallError } from "@/lib/client/call-error";

interface FormFailure {
  message: string;
  fields: Record<string, string>;
  /** The address to open instead of the current one. `message` contains it. */
  openAt?: string;
}

/** Turns the error of a call into a message to show. `fields` has a message for each invalid input. */
export function toFormFailure(thrown: unknown): FormFailure {
  const error = toCallError(thrown);
  const message = error.code === "rate_limited" ? rateLimitSentence(error.retryAfterMs) : error.message;
  return { message, fields: error.fields ?? {}, ...(error.openAt && { openAt: error.openAt }) };
}

function rateLimitSentence(retryAfterMs = 60_000): string {
  const seconds = Math.ceil(retryAfterMs / 1_000);
  const wait = seconds <= 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return `Too many attempts. Wait ${seconds === 1 ? "a second" : wait} and try again.`;
}
