import { z } from "zod";
import { fields, Id, Nothing, operation, Time } from "./operation";
import { nextPage, page } from "./page";
import { Password } from "./person";

/** One login of the caller. */
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
  input: fields(page({ most: 100, usual: 50 })),
  output: fields({ sessions: z.array(Session), ...nextPage }),
});

export const revokeSession = operation({
  name: "session.revoke",
  http: "DELETE /api/sessions/{sessionId}",
  repeat: "intent",
  summary: "End one of your sessions; its sockets close",
  input: fields({ sessionId: Id }),
  output: Nothing,
  errors: ["not_found"],
  emits: ["bye"],
});

export const endSession = operation({
  name: "session.end",
  http: "POST /api/sign-out",
  // A repeat is answered `unauthenticated`, which is what was wanted.
  repeat: "safe",
  summary: "Sign out: end this session; its sockets close",
  input: fields({}),
  output: Nothing,
  emits: ["bye"],
});

export const changePassword = operation({
  name: "password.change",
  http: "PUT /api/password",
  // A repeat is told that the current password is wrong. No hash of what it was asked with is kept: it holds passwords.
  repeat: "never",
  summary: "Change your password; all your other sessions end",
  input: fields({ current: z.string().max(1_000), next: Password }),
  output: Nothing,
  errors: ["forbidden"],
  emits: ["bye"],
  limit: { points: 5, seconds: 60 },
});

export const makePasswordLink = operation({
  name: "password.link",
  http: "POST /api/people/{personId}/password-link",
  // A repeat makes a second link. Its answer is not kept, because the token is stored nowhere.
  repeat: "never",
  summary: "Create a link that lets someone set a new password once, within a day",
  input: fields({ personId: Id }),
  output: fields({ token: z.string(), expiresAt: Time }),
  errors: ["forbidden", "not_found"],
  limit: { points: 10, seconds: 60 },
});

export const resetPassword = operation({
  name: "password.reset",
  http: "POST /api/password-reset/{token}",
  // A repeat is told that the link was used: sign in. Nobody is signed in whose intents could be kept.
  repeat: "never",
  summary: "Set a new password with a link; all of that person's sessions end",
  access: "public",
  input: fields({ token: z.string().regex(/^[A-Za-z0-9_-]{20,100}$/), password: Password }),
  output: fields({ email: z.string() }),
  errors: ["gone"],
  emits: ["bye"],
  limit: { points: 10, seconds: 60 },
});
