import { CallError, offline } from "@/lib/client/call-error";
import type { Failure } from "@/lib/contract/errors";

export type SignedIn = { ok: true } | { ok: false; error: Error };

const sentences: Record<string, string> = {
  CredentialsSignin: "Wrong email or password.",
  // The token of the form came back without its cookie.
  csrf: "Your browser didn't keep the cookie that signing in needs. Allow cookies for this address and try again.",
};
const refusal = (message: string) => new CallError({ code: "unauthenticated", message });
const failed = "Couldn't sign in. Try again.";
/** While many sign in at once, a browser asks again by itself this often. */
const triesWhileBusy = 5;

interface Said {
  url?: string;
  error?: Failure;
}

/** What next-auth needs to know that a form is ours. */
export async function csrfToken(): Promise<string> {
  const answer = await fetch("/api/auth/csrf", { cache: "no-store" });
  return ((await answer.json()) as { csrfToken: string }).csrfToken;
}

/** Signs this browser in. Never throws: what went wrong is an error that a form can show. */
export async function signIn(email: string, password: string): Promise<SignedIn> {
  try {
    const said = await tryWhileBusy(async () => {
      const body = new URLSearchParams({ csrfToken: await csrfToken(), email, password, json: "true" });
      const answer = await fetch("/api/auth/callback/credentials", { method: "POST", body });
      return (await answer.json()) as Said;
    });
    if (said.error) return { ok: false, error: new CallError(said.error) };
    const { searchParams } = new URL(said.url ?? "", location.origin);
    // A refused token leads back to the form without naming an error.
    const error = searchParams.get("error") ?? (searchParams.has("csrf") ? "csrf" : null);
    return error === null ? { ok: true } : { ok: false, error: refusal(sentences[error] ?? failed) };
  } catch {
    return { ok: false, error: offline() };
  }
}

async function tryWhileBusy(ask: () => Promise<Said>): Promise<Said> {
  for (let tries = 1; ; tries++) {
    const said = await ask();
    if (said.error?.code !== "busy" || tries === triesWhileBusy) return said;
    // Not all at the same moment.
    const waitMs = (said.error.retryAfterMs ?? 1_000) * (0.5 + Math.random());
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}
