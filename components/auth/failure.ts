import { isCallError } from "@/lib/client/api";

/** A sentence that a form shows as it stands. */
export class Refusal extends Error {}

interface Failed {
  message: string;
  fields: Record<string, string>;
  /** The address to open instead, which `message` names. */
  openAt?: string;
}

/** What went wrong with a call, in a sentence for the person, and which inputs it concerns. */
export function failureOf(error: unknown): Failed {
  if (error instanceof Refusal) return { message: error.message, fields: {} };
  if (!isCallError(error)) return { message: "Something went wrong. Try again.", fields: {} };
  const message = error.code === "rate_limited" ? tooOften(error.retryAfterMs) : error.message;
  return { message, fields: error.fields ?? {}, ...(error.openAt && { openAt: error.openAt }) };
}

function tooOften(retryAfterMs = 60_000): string {
  const seconds = Math.ceil(retryAfterMs / 1_000);
  const wait = seconds <= 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return `Too many attempts. Wait ${seconds === 1 ? "a second" : wait} and try again.`;
}
