import { api, isCallError } from "@/lib/client/api";
import { forgetLinks } from "@/components/invites/kept-link";
import { leaveFor } from "./enter";
import { csrfToken } from "./sign-in";

/** Tells the page, by `detail`, that somebody is on their way out of it: the end of the login is then no news. */
export const signingOut = "parley:signing-out";

/** Ends this login on the server first, then forgets its cookie, and leaves nothing of the page behind. Throws when the login goes on. */
export async function signOut(to = "/sign-in"): Promise<void> {
  dispatchEvent(new CustomEvent(signingOut, { detail: true }));
  try {
    await api("session.end", {});
  } catch (error) {
    // Ended already: in another tab, or by an admin.
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
    // A cookie that stays names a login that is over.
    await leaveFor(to);
  }
}
