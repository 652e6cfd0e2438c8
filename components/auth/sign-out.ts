import { api, isCallError } from "@/lib/client/api";
import { forgetLinks } from "@/components/invites/kept-link";
import { csrfToken } from "./csrf-token";
import { openPage } from "./leave-for";

/** An event of the window. `detail` is whether signing out is in progress; the page then does not report that the session ended. */
export const signingOut = "parley:signing-out";

/** Ends this session on the server, removes its cookie and leaves the page. Rejects if the session could not be ended. */
export async function signOut(to = "/sign-in"): Promise<void> {
  dispatchEvent(new CustomEvent(signingOut, { detail: true }));
  try {
    await api("session.end", {});
  } catch (error) {
    // The session has already ended: in another tab, or by an admin.
    if (!(isCallError(error) && error.code === "unauthenticated")) {
      dispatchEvent(new CustomEvent(signingOut, { detail: false }));
      throw error;
    }
  }
  forgetLinks();
  try {
    const body = new URLSearchParams({ csrfToken: await csrfToken(), json: "true" });
    await fetch("/api/auth/signout", { method: "POST", body });
  } finally {
    // The cookie could not be removed, but its session has ended.
    await openPage(to);
  }
}
