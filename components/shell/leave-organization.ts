import { openPage } from "@/components/auth/open-page";
import { signingOutEvent } from "@/components/auth/signing-out-event";
import { isCallError } from "@/lib/client/call-error";
import type { Call } from "@/lib/client/http";
import type { Parley } from "@/lib/client/parley";
import { signInPath } from "@/lib/contract/sign-in-path";

/** Leaves the organization, removes what this browser stored for the person there, and opens another organization. */
export async function leaveOrganization(call: Call, { stores, outbox }: Parley): Promise<void> {
  // The page must not report that the session has ended.
  dispatchEvent(new CustomEvent(signingOutEvent, { detail: true }));
  try {
    await call("organization.leave", {});
  } catch (error) {
    dispatchEvent(new CustomEvent(signingOutEvent, { detail: false }));
    if (!isCallError(error) || error.code !== "unauthenticated") throw error;
    // The answer of an earlier try was lost, or the session had ended before. The sign-in page tells which.
    await openPage(signInPath(location.pathname + location.search + location.hash));
  }
  for (const { id } of stores.outbox.getState().entries) outbox.remove(id);
  forgetStored(stores.rooms.getState().me.id);
  await openPage("/");
}

/** Removes drafts, recent rooms, places in rooms and links. The keys of all of them contain the person's id. */
function forgetStored(personId: string): void {
  try {
    for (const storage of [localStorage, sessionStorage])
      for (const key of Object.keys(storage)) if (key.includes(personId)) storage.removeItem(key);
  } catch {
    // The browser refuses storage, so it stored nothing.
  }
}
