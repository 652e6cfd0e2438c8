import { api, isCallError } from "@/lib/client/api";
import { forgetLinks } from "@/components/invites/kept-link";
import { csrfToken } from "./csrf-token";
import { openPage } from "./open-page";

/**
 * An event of the window. `detail` is whether signing out is in progress; the page then does not report that the session
 * ended.
 */
export const signingOutEvent = "parley:signing-out";

/** Ends this session on the server, removes its cookie and leaves the page. Rejects if the session could not be ended. */
export async function signOut(to = "/sign-in"): Promise<void> {
  dispatchEvent(new CustomEvent(signingOutEvent, { detail: true }));
  try {
    await api("session.end", {});
  } catch (error) {
    // If the session has already ended, in another tab or by an admin, there is nothing left to end.
    if (!(isCallError(error) && error.code === "unauthenticated")) {
      dispatchEvent(new CustomEvent(signingOutEvent, { detail: false }));
      throw error;
    }
  }
  forgetLinks();
  try {
    const body = new URLSearchParams({ csrfToken: await csrfToken(), json: "true" });
    await fetch("/api/auth/signout", { method: "POST", body });
  } finally {
    // Even if the cookie could not be removed, its session has ended.
    await openPage(to);
  }
}
