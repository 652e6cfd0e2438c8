export type SignedIn = { ok: true } | { ok: false; message: string };

const sentences: Record<string, string> = {
  CredentialsSignin: "That e-mail and password do not match.",
  rate_limited: "Too many tries. Wait a minute and try again.",
};
const failed = "Signing in did not work. Try again.";

/** What next-auth needs to know that a form is ours. */
export async function csrfToken(): Promise<string> {
  const answer = await fetch("/api/auth/csrf", { cache: "no-store" });
  return ((await answer.json()) as { csrfToken: string }).csrfToken;
}

/** Signs this browser in. Never throws: what went wrong is a sentence for the person. */
export async function signIn(email: string, password: string): Promise<SignedIn> {
  try {
    const body = new URLSearchParams({ csrfToken: await csrfToken(), email, password, json: "true" });
    const answer = await fetch("/api/auth/callback/credentials", { method: "POST", body });
    const { url } = (await answer.json()) as { url: string };
    const { searchParams } = new URL(url, location.origin);
    const error = searchParams.get("error");
    if (error !== null) return { ok: false, message: sentences[error] ?? failed };
    // A refused token leads back to the form without naming an error.
    if (!answer.ok || searchParams.has("csrf")) return { ok: false, message: failed };
    return { ok: true };
  } catch {
    return { ok: false, message: "The server cannot be reached. Check your connection and try again." };
  }
}
