import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { closedStandings, whyInviteFails } from "@/components/auth/invite-words";
import { JoinForm } from "@/components/auth/join-form";
import { JoinSignedIn } from "@/components/auth/join-signed-in";
import { Landing } from "@/components/invites/landing";
import { Gate } from "@/components/shell/gate";
import { Button } from "@/components/ui/button";
import showInvite from "@/lib/domain/invite/show";
import { signInPath } from "@/lib/contract/sign-in-path";
import { pageCaller, pageSessions } from "@/lib/server/auth-page";
import { env } from "@/lib/server/env";
import { execute } from "@/lib/server/execute";

export const metadata: Metadata = { title: { absolute: "Join · Parley" }, robots: { index: false } };

type PageProps = { params: Promise<{ token: string }> };

export default async function Page({ params }: PageProps) {
  const { token } = await params;
  const caller = await pageCaller(null);
  const answer = await execute(showInvite, caller, { token });
  const invite = answer.ok ? answer.data : null;
  if (invite?.state !== "open") return <ClosedGate {...whyInviteFails(answer)} />;
  const { standing } = invite;
  if (standing === "deactivated" || standing === "ended") return <ClosedGate {...closedStandings[standing]} />;
  const [signedIn] = await pageSessions();
  const { publicUrl, publicUrlGiven } = env();
  const host = publicUrlGiven ? publicUrl.host : ((await headers()).get("host") ?? "");
  return (
    <Landing invite={invite} host={host}>
      {signedIn ? (
        <JoinSignedIn token={token} name={signedIn.name} handle={signedIn.handle} obstacle={invite.obstacle} />
      ) : (
        <>
          <JoinForm token={token} organization={invite.organization.name} email={invite.email} />
          <p className="mt-5 text-center text-sm text-ink-faint">
            Already have an account?{" "}
            <Link href={signInPath(`/join/${token}`)} className="font-medium text-accent-ink hover:underline">
              Sign in to join
            </Link>
          </p>
        </>
      )}
    </Landing>
  );
}

function ClosedGate(words: { title: string; lead: string }) {
  return (
    <Gate {...words}>
      <Button asChild size="touch" block>
        <Link href="/">Go to Parley</Link>
      </Button>
    </Gate>
  );
}
