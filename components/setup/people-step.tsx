"use client";
import { ArrowRight, RotateCw } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useRef } from "react";
import { CopyButton } from "@/components/invites/copy-button";
import { LocalLinkNote } from "@/components/invites/local-link-note";
import { TermsRow } from "@/components/invites/terms-row";
import { type InviteLink, useInviteLink } from "@/components/invites/use-invite-link";
import { WholeLink } from "@/components/invites/whole-link";
import { Banner } from "@/components/ui/banner";
import { retrying } from "@/components/ui/on-demand";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { StepFoot } from "./foot";
import { goToStep } from "./place";

const QrCode = dynamic(
  retrying(() => import("@/components/invites/qr-code")),
  { ssr: false },
);

/** Step 3: creates an invite link at once. The primary button is Copy until the link is copied; then it is "Go to General". */
export function PeopleStep({ personId, generalPath }: { personId: string; generalPath: string }) {
  const invite = useInviteLink(personId);
  const hasStarted = useRef(false);
  useEffect(() => {
    if (hasStarted.current) return;
    hasStarted.current = true;
    void invite.createOrReuse().catch(() => {});
  });

  return (
    <>
      {invite.errorText && (
        <Banner
          tone="danger"
          className="mb-3 rounded-control"
          action={
            <Button
              size="sm"
              icon={<RotateCw aria-hidden />}
              onClick={() => void invite.createOrReuse().catch(() => {})}
            >
              Try again
            </Button>
          }
        >
          {invite.errorText}
        </Banner>
      )}
      <LinkCard invite={invite} />
      <StepFoot
        back={
          <Button variant="ghost" size="lg" onClick={() => goToStep("rooms")}>
            Back
          </Button>
        }
      >
        <Button asChild variant={invite.copied ? "primary" : "secondary"} size="lg">
          {/* An ordinary link, because the chat must be loaded from the server. */}
          <a href={generalPath}>
            Go to General
            <ArrowRight aria-hidden />
          </a>
        </Button>
      </StepFoot>
    </>
  );
}

function LinkCard({ invite }: { invite: InviteLink }) {
  const { created, link, copied, busy, createOrReuse, createAndCopy } = invite;
  if (!created) {
    return (
      !invite.errorText && (
        <p
          role="status"
          className="flex min-h-38 items-center justify-center gap-2 rounded-card border bg-surface-sunken text-sm text-ink-faint"
        >
          <Spinner />
          Making a link
        </p>
      )
    );
  }
  return (
    <div className="grid gap-3">
      <div className="flex items-center gap-5 rounded-card border bg-surface-sunken p-4 max-md:flex-col max-md:items-stretch">
        <QrCode link={link} />
        <div className="grid min-w-0 flex-1 gap-3">
          <div>
            <p aria-hidden className="mb-0.5 text-xs font-medium text-ink-faint">
              Invite link
            </p>
            <WholeLink bare link={link} label="Invite link" />
          </div>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <CopyButton copied={copied} busy={busy} autoFocus onCopy={() => void createAndCopy()} />
          </div>
          <TermsRow created={created} onChoose={(terms) => void createOrReuse(terms).catch(() => {})} />
        </div>
      </div>
      <LocalLinkNote link={link} reach={created.reach} />
    </div>
  );
}
