import type { Metadata } from "next";
import Link from "next/link";
import { refusedInvite } from "@/components/auth/invite-words";
import { JoinForm } from "@/components/auth/join-form";
import { JoinSignedIn } from "@/components/auth/join-signed-in";
import { Gate } from "@/components/shell/gate";
import { Button } from "@/components/ui/button";
import { Tag } from "@/components/ui/tag";
import showInvite from "@/lib/domain/invite/show";
import { pageCaller } from "@/lib/server/auth-page";
import { execute } from "@/lib/server/execute";

export const metadata: Metadata = { title: { absolute: "Join · Parley" }, robots: { index: false } };

type PageProps = { params: Promise<{ token: string }> };

export default async function Page({ params }: PageProps) {
  const { token } = await params;
  const caller = await pageCaller();
  const answer = await execute(showInvite, caller, { token });
  const invite = answer.ok ? answer.data : null;
  if (invite?.state !== "open") {
    const { title, lead } = refusedInvite(answer);
    return (
      <Gate title={title} lead={lead}>
        <Button asChild size="touch" block>
          <Link href="/">Go to Parley</Link>
        </Button>
      </Gate>
    );
  }
  const { organization, inviter, role, rooms } = invite;
  return (
    <Gate
      title={`Join ${organization}`}
      lead={`${inviter} invites you as ${role === "admin" ? "an admin" : `a ${role}`}.`}
      foot={
        !caller.actor && (
          <>
            You have an account?{" "}
            <Link href="/sign-in" className="font-medium text-accent-ink hover:underline">
              Sign in
            </Link>
          </>
        )
      }
    >
      {rooms.length > 0 && (
        <div className="mb-5 border-b pb-5">
          <h2 className="mb-2 text-sm font-strong">Rooms it opens for you</h2>
          <ul className="flex flex-wrap gap-1.5">
            {rooms.map((room) => (
              <li key={room} className="min-w-0">
                <Tag>{room}</Tag>
              </li>
            ))}
          </ul>
        </div>
      )}
      {caller.actor ? (
        <JoinSignedIn name={caller.actor.name} />
      ) : (
        <JoinForm token={token} organization={organization} />
      )}
    </Gate>
  );
}
