import { api, isCallError } from "@/lib/client/api";
import { csrfToken } from "./sign-in";

/** Ends this login on the server first, then forgets its cookie, and leaves nothing of the page behind. Throws when the login goes on. */
export async function signOut(to = "/sign-in"): Promise<void> {
  try {
    await api("session.end", {});
  } catch (error) {
    // Ended already: in another tab, or by an admin.
    if (!(isCallError(error) && error.code === "unauthenticated")) throw error;
  }
  try {
    const body = new URLSearchParams({ csrfToken: await csrfToken(), json: "true" });
    await fetch("/api/auth/signout", { method: "POST", body });
  } finally {
    // A cookie that stays names a login that is over.
    location.replace(to);
  }
}
