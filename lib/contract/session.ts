import { z } from "zod";
import { fields, Id, Nothing, operation, Time } from "./operation";
import { nextPage, page } from "./page";
import { Password } from "./person";

/** One browser in which the caller is signed in. Its login may also be signed in to other organizations of the account. */
export const Session = fields({
  id: Id,
  userAgent: z.string(),
  address: z.string(),
  createdAt: Time,
  lastUsedAt: Time,
  current: z.boolean(),
});
export type Session = z.infer<typeof Session>;

export const listSessions = operation({
  name: "session.list",
  http: "GET /api/sessions",
  summary: "List where you're signed in, last used first",
  input: fields(page({ maxLimit: 100, defaultLimit: 50 })),
  output: fields({ sessions: z.array(Session), ...nextPage }),
});

export const revokeSession = operation({
  name: "session.revoke",
  http: "DELETE /api/sessions/{sessionId}",
  repeat: "intent",
  audit: null,
  summary: "Sign out one of your browsers, in all your organizations; its sockets close",
  input: fields({ sessionId: Id }),
  output: Nothing,
  errors: ["not_found"],
  emits: ["bye"],
});

export const endSession = operation({
  name: "session.end",
  http: "POST /api/sign-out",
  // A retry fails with `unauthenticated`, which also means that the session has ended.
  repeat: "safe",
  audit: null,
  summary: "Sign out of all your organizations in this browser; its sockets close",
  input: fields({}),
  output: Nothing,
  emits: ["bye"],
});

export const changePassword = operation({
  name: "password.change",
  http: "PUT /api/password",
  // A retry fails because the current password has changed. An intent would store a hash of the input, which contains passwords.
  repeat: "never",
  audit: null,
  summary: "Change your password; all your other browsers are signed out",
  input: fields({ current: z.string().max(1_000), next: Password }),
  output: Nothing,
  errors: ["forbidden"],
  emits: ["bye"],
  limit: { points: 5, seconds: 60 },
});

export const makePasswordLink = operation({
  name: "password.link",
  http: "POST /api/people/{personId}/password-link",
  // A retry creates a second link. The first answer is not stored for retries, because it contains a secret token.
  repeat: "never",
  audit: "person",
  summary: "Create a link that lets someone set a new password once, within a day",
  input: fields({ personId: Id }),
  output: fields({ token: z.string(), expiresAt: Time }),
  errors: ["forbidden", "not_found"],
  limit: { points: 10, seconds: 60 },
});

export const resetPassword = operation({
  name: "password.reset",
  http: "POST /api/password-reset/{token}",
  // A retry fails because the link was used. The person can sign in. Without a session, no intent can be stored.
  repeat: "never",
  audit: null,
  summary: "Set a new password with a link; all of that person's sessions end",
  access: "public",
  input: fields({ token: z.string().regex(/^[A-Za-z0-9_-]{20,100}$/), password: Password }),
  output: fields({ email: z.string() }),
  errors: ["gone"],
  emits: ["bye"],
  limit: { points: 10, seconds: 60 },
});
