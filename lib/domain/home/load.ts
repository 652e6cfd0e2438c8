import type { Home } from "@/lib/contract/home";
import { organizationExists } from "@/lib/domain/organization/exists";
import { pageCaller, redirect, redirectToSignIn } from "@/lib/server/auth-page";
import { execute } from "@/lib/server/execute";
import show from "./show";

/**
 * Loads what the client needs first (the home: its rooms, people and clocks), for the person who requests the page. Without a
 * session it redirects to sign-in, or to set-up if there is no organization.
 */
export async function loadHome(): Promise<Home> {
  const caller = await pageCaller();
  if (!caller.actor) return (await organizationExists()) ? redirectToSignIn() : redirect("/setup");
  const answer = await execute(show, caller, {});
  if (!answer.ok) {
    if (answer.error.code === "unauthenticated") return redirectToSignIn();
    throw new Error(answer.error.message);
  }
  return answer.data;
}
