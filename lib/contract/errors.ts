/** Every error code and its HTTP status. Clients branch on the code. */
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
 * An error answer. `fields` has a message for each invalid input. `openAt` is the address to open instead, if Parley does not
 * answer at the address of the request. The message names this address too.
 */
export interface Failure {
  code: ErrorCode;
  message: string;
  fields?: Record<string, string>;
  retryAfterMs?: number;
  openAt?: string;
}

/**
 * The shape of every answer, over the socket and over HTTP. If `repeated` is true, `data` is the answer to the first request with
 * this `intentId`, which may be stale.
 */
export type Answer<T> = { ok: true; data: T; repeated?: true } | { ok: false; error: Failure };
