import { CallError, offlineError } from "@/lib/client/call-error";
import type { Failure } from "@/lib/contract/errors";
import { csrfToken } from "./csrf-token";

export type SignedIn = { ok: true } | { ok: false; error: Error };

const sentences: Record<string, string> = {
  CredentialsSignin: "Wrong email or password.",
  // The server received the form's CSRF token without the matching cookie.
  csrf: "Your browser didn't keep the cookie that signing in needs. Allow cookies for this address and try again.",
};
const toRefusal = (message: string) => new CallError({ code: "unauthenticated", message });
const unknownFailure = "Couldn't sign in. Try again.";
/** How many times to try while the server is busy. */
const maxTries = 5;

interface SignInAnswer {
  url?: string;
  error?: Failure;
}

/** Signs this browser in. Never rejects: the result holds an error that a form can show. */
export async function signIn(email: string, password: string): Promise<SignedIn> {
  try {
    const result = await retryWhileBusy(async () => {
      const body = new URLSearchParams({ csrfToken: await csrfToken(), email, password, json: "true" });
      const answer = await fetch("/api/auth/callback/credentials", { method: "POST", body });
      return (await answer.json()) as SignInAnswer;
    });
    if (result.error) return { ok: false, error: new CallError(result.error) };
    const { searchParams } = new URL(result.url ?? "", location.origin);
    // If next-auth rejects the token, it redirects to the form with the parameter `csrf` instead of `error`.
    const error = searchParams.get("error") ?? (searchParams.has("csrf") ? "csrf" : null);
    return error === null ? { ok: true } : { ok: false, error: toRefusal(sentences[error] ?? unknownFailure) };
  } catch {
    return { ok: false, error: offlineError() };
  }
}

async function retryWhileBusy(request: () => Promise<SignInAnswer>): Promise<SignInAnswer> {
  for (let tries = 1; ; tries++) {
    const result = await request();
    if (result.error?.code !== "busy" || tries === maxTries) return result;
    // Jitter, so that clients do not all retry at the same time.
    const waitMs = (result.error.retryAfterMs ?? 1_000) * (0.5 + Math.random());
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}
