import { CallError, offlineError } from "@/lib/client/call-error";
import { forgetLinks } from "@/components/invites/forget-links";
import type { Failure } from "@/lib/contract/errors";
import { csrfToken } from "./csrf-token";
import { openPage } from "./open-page";
import { signingOutEvent } from "./signing-out-event";

/** Ends this browser's login in all organizations, removes its cookie and leaves the page. Rejects with a `CallError`. */
export async function signOut(to = "/sign-in"): Promise<void> {
  dispatchEvent(new CustomEvent(signingOutEvent, { detail: true }));
  try {
    await endLogin();
  } catch (error) {
    dispatchEvent(new CustomEvent(signingOutEvent, { detail: false }));
    throw error;
  }
  forgetLinks();
  await openPage(to);
}

/** If the login has already ended, in another tab or by an admin, only its cookie is removed. */
async function endLogin(): Promise<void> {
  const answer = await askToEnd().catch(() => {
    throw offlineError();
  });
  if (answer.error) throw new CallError(answer.error);
  // next-auth rejected the token, so the login has not ended.
  if (!answer.url || new URL(answer.url, location.origin).searchParams.has("csrf")) throw offlineError();
}

async function askToEnd(): Promise<{ url?: string; error?: Failure }> {
  const body = new URLSearchParams({ csrfToken: await csrfToken(), json: "true" });
  return (await fetch("/api/auth/signout", { method: "POST", body })).json();
}
