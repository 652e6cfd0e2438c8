import type { Metadata } from "next";
import { OrganizationChoice } from "@/components/auth/organization-choice";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { Gate } from "@/components/shell/gate";
import { pathsOf } from "@/lib/contract/paths";
import listOrganizations from "@/lib/domain/organization/list";
import { pageCaller, pageSessions, redirect, redirectToSignIn } from "@/lib/server/auth-page";
import { env } from "@/lib/server/env";
import { execute } from "@/lib/server/execute";

export const metadata: Metadata = { title: { absolute: "Choose an organization · Parley" } };

/** Asks an account in several organizations which one to open. The one that it used last is listed first. */
export default async function Page() {
  const sessions = await pageSessions();
  const [last] = sessions;
  if (!last) return redirectToSignIn();
  const answer = await execute(listOrganizations, await pageCaller(null), {});
  if (!answer.ok) {
    if (answer.error.code === "unauthenticated") return redirectToSignIn();
    throw new Error(answer.error.message);
  }
  const { organizations } = answer.data;
  if (organizations.length < 2) return redirect(pathsOf(last.handle).home);
  const places = sessions.map(({ handle }) => handle);
  const placeOf = ({ handle }: { handle: string }) =>
    places.includes(handle) ? places.indexOf(handle) : places.length;
  return (
    <Gate
      title="Choose an organization"
      lead={env().publicUrl.host}
      foot={
        <SignOutButton variant="link" size="text">
          Sign out
        </SignOutButton>
      }
    >
      <OrganizationChoice organizations={organizations.toSorted((a, b) => placeOf(a) - placeOf(b))} />
    </Gate>
  );
}
