import type { Metadata } from "next";
import { OrganizationChoice } from "@/components/auth/organization-choice";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { Gate } from "@/components/shell/gate";
import { pathsOf } from "@/lib/contract/paths";
import { pageSessions, redirect, redirectToSignIn } from "@/lib/server/auth-page";
import { env } from "@/lib/server/env";
import { ownOrganizations } from "../own-organizations";

export const metadata: Metadata = { title: { absolute: "Choose an organization · Parley" } };

/** Asks which organization to open, if the account is in several. The one that was used last comes first. */
export default async function Page() {
  const sessions = await pageSessions();
  const [last] = sessions;
  if (!last) return redirectToSignIn();
  const organizations = await ownOrganizations(sessions);
  if (organizations.length < 2) return redirect(pathsOf(last.handle).home);
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
      <OrganizationChoice organizations={organizations} />
    </Gate>
  );
}
