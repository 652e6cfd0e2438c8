import type { Home } from "@/lib/contract/home";
import { handleIn, pathsOf } from "@/lib/contract/paths";
import { organizationExists } from "@/lib/domain/organization/exists";
import { mayKnowOrganization } from "@/lib/domain/session/may-know";
import { notFound, pageCaller, pagePath, pageSessions, redirect, redirectToSignIn } from "@/lib/server/auth-page";
import { execute } from "@/lib/server/execute";
import show from "./show";

/**
 * Loads the home (rooms, people and clocks) for a page of the organization with this handle. Redirects to sign-in if the person has
 * no session there, or to the set-up if there is no organization. An organization that they are not in is answered like one that does
 * not exist.
 */
export async function loadHome(handle: string): Promise<Home> {
  const caller = await pageCaller(handle);
  if (!caller.actor) {
    if (!(await organizationExists())) redirect("/setup");
    const isSignedInElsewhere = caller.login && (await pageSessions()).length > 0;
    if (caller.login && isSignedInElsewhere && !(await mayKnowOrganization(caller.login, handle))) notFound();
    return redirectToSignIn();
  }
  const answer = await execute(show, caller, {});
  if (!answer.ok) {
    if (answer.error.code === "unauthenticated") return redirectToSignIn();
    throw new Error(answer.error.message);
  }
  const home = answer.data;
  // Each page has only one address, with the handle in lower case and not URL-encoded.
  const path = await pagePath();
  if (handleIn(path) !== home.organization.handle)
    redirect(path.replace(/^\/o\/[^/?]+/, pathsOf(home.organization.handle).home));
  return home;
}
