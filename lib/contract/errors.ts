/** Every code an operation may fail with, and the HTTP status it travels as. Programs branch on the code. */
export const errorStatus = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  room_archived: 410,
  too_large: 413,
  rate_limited: 429,
  internal: 500,
  busy: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/**
 * What went wrong. `fields` names the inputs at fault; `retryAfterMs` says when to try again; `openAt` is the address to open
 * instead, where this one is not answered. The message names it too.
 */
export interface Failure {
  code: ErrorCode;
  message: string;
  fields?: Record<string, string>;
  retryAfterMs?: number;
  openAt?: string;
}

/**
 * The one shape of every answer, over both doors. `repeated`: `data` is what the first request of this `intentId` was answered,
 * and may be stale by now.
 */
export type Answer<T> = { ok: true; data: T; repeated?: true } | { ok: false; error: Failure };
