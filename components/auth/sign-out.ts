import { api, isCallError } from "@/lib/client/api";
import { csrfToken } from "./sign-in";

/** Ends this login on the server first, then forgets its cookie, and leaves nothing of the page behind. Throws when the server cannot be reached. */
export async function signOut(to = "/sign-in"): Promise<void> {
  try {
    await api("session.end", {});
  } catch (error) {
    // Ended already: in another tab, or by an admin.
    if (!(isCallError(error) && error.code === "unauthenticated")) throw error;
  }
  const body = new URLSearchParams({ csrfToken: await csrfToken(), json: "true" });
  await fetch("/api/auth/signout", { method: "POST", body });
  location.replace(to);
}
