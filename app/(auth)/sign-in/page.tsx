import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import { EndedWords, isOut } from "@/components/auth/ended-words";
import { nextPath } from "@/components/auth/next-path";
import { OrganizationChoice } from "@/components/auth/organization-choice";
import { OtherAccount } from "@/components/auth/other-account";
import { SignInForm } from "@/components/auth/sign-in-form";
import { Gate } from "@/components/shell/gate";
import { OrganizationAvatar } from "@/components/shell/organization-avatar";
import { Banner } from "@/components/ui/banner";
import { handleIn, organizationsPath } from "@/lib/contract/paths";
import { onlyOrganization } from "@/lib/domain/organization/exists";
import { whyEnded } from "@/lib/domain/session/ended";
import { pageSessions } from "@/lib/server/auth-page";
import { env } from "@/lib/server/env";
import { ownOrganizations } from "../own-organizations";

export const metadata: Metadata = { title: { absolute: "Sign in · Parley" } };

type PageProps = { searchParams: Promise<{ next?: string | string[] }> };

export default async function Page({ searchParams }: PageProps) {
  const organization = await onlyOrganization();
  if (organization === undefined) redirect("/setup");
  const { next } = await searchParams;
  const path = nextPath(typeof next === "string" ? next : undefined);
  const handle = handleIn(path);
  const sessions = await pageSessions();
  if (handle ? sessions.some((session) => session.handle === handle.toLowerCase()) : sessions.length > 0)
    redirect(path);
  const ended = await whyEnded((await headers()).get("cookie"), handle);
  const why = ended && (
    <Banner tone="neutral" className="mb-5 rounded-control py-2.5">
      <EndedWords {...ended} />
    </Banner>
  );
  if (sessions.length > 0 && isOut(ended?.ending)) {
    const organizations = (await ownOrganizations(sessions)).filter(({ isSignedIn }) => isSignedIn);
    return (
      <Gate title="Switch to another organization" lead={env().publicUrl.host} foot={<OtherAccount next={path} />}>
        {why}
        <OrganizationChoice organizations={organizations} />
      </Gate>
    );
  }
  const whose = organization?.name ?? "Parley";
  return (
    <Gate
      title={
        <>
          Sign in to <bdi>{whose}</bdi>
        </>
      }
      lead={env().publicUrl.host}
      mark={
        organization && (
          <OrganizationAvatar organization={organization} size={48} className="rounded-thing shadow-popover" />
        )
      }
      foot={
        sessions.length > 0 ? (
          <>
            You&apos;re signed in to another organization.{" "}
            <Link href={organizationsPath} className="font-medium text-accent-ink hover:underline">
              Open it
            </Link>
          </>
        ) : (
          <>New here? Ask an admin{organization && <Of name={organization.name} />} for an invite link.</>
        )
      }
    >
      {why}
      <SignInForm next={path} organization={organization?.name ?? null} />
    </Gate>
  );
}

function Of({ name }: { name: string }) {
  return (
    <>
      {" "}
      of <bdi>{name}</bdi>
    </>
  );
}
