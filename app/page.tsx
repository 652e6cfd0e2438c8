import { pathsOf } from "@/lib/contract/paths";
import { organizationExists } from "@/lib/domain/organization/exists";
import { pagePath, pageSessions, redirect, redirectToSignIn } from "@/lib/server/auth-page";

/**
 * Redirects to the organization that this browser used last. Old addresses without an organization also end here (see
 * `next.config.js`) and are redirected to the same page of that organization.
 */
export default async function Page(): Promise<never> {
  const [last] = await pageSessions();
  if (!last) return (await organizationExists()) ? redirectToSignIn() : redirect("/setup");
  const path = await pagePath();
  return redirect(pathsOf(last.handle).home + path.replace(/^\/(?=\?|$)/, ""));
}
