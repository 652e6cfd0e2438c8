import type { OwnOrganization } from "@/lib/contract/own-organizations";
import listOrganizations from "@/lib/domain/organization/list";
import type { LoginSession } from "@/lib/server/actor";
import { pageCaller, redirectToSignIn } from "@/lib/server/auth-page";
import { execute } from "@/lib/server/execute";

/** The organizations of the account to which these sessions belong. The one that it used last is the first. */
export async function ownOrganizations(sessions: readonly LoginSession[]): Promise<OwnOrganization[]> {
  const answer = await execute(listOrganizations, await pageCaller(null), {});
  if (!answer.ok) {
    if (answer.error.code === "unauthenticated") return redirectToSignIn();
    throw new Error(answer.error.message);
  }
  const places = sessions.map(({ handle }) => handle);
  const placeOf = ({ handle }: OwnOrganization) => (places.includes(handle) ? places.indexOf(handle) : places.length);
  return answer.data.organizations.toSorted((a, b) => placeOf(a) - placeOf(b));
}
