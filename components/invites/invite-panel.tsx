"use client";
import { QrCode as QrIcon, RotateCw, X } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { retrying } from "@/components/ui/on-demand";
import { Button, IconButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Spinner } from "@/components/ui/spinner";
import { CopyButton } from "./copy-button";
import { LocalLinkNote } from "./local-link-note";
import { OwnLinks } from "./own-links";
import { defaultTerms } from "./terms";
import { TermsRow } from "./terms-row";
import type { InviteLink } from "./use-invite-link";
import { WholeLink } from "./whole-link";

const QrCode = dynamic(
  retrying(() => import("./qr-code")),
  { ssr: false },
);

type PanelProps = {
  invite: InviteLink;
  organization: string;
  room?: string;
  /** Whether to show the links that the viewer created earlier. */
  showsOwn: boolean;
  onClose: () => void;
};

const titleFor = (organization: string) => `Invite people to ${organization}`;
const descriptionFor = (organization: string, room?: string) =>
  `For people new to ${organization}. They join as members, in General${room ? ` and #${room}` : ""}.`;

/** The panel beside the button, with the link that was just copied. */
export function InvitePanel({ invite, organization, room, showsOwn, onClose }: PanelProps) {
  return (
    <div className="w-122 max-w-full text-left">
      <div className="px-4 pt-4">
        <div className="-mt-1 -mr-1.5 flex items-start gap-2">
          <h3 className="min-w-0 flex-1 pt-1 text-md wrap-anywhere">{titleFor(organization)}</h3>
          <IconButton label="Close" tooltip={false} size="sm" onClick={onClose}>
            <X aria-hidden />
          </IconButton>
        </div>
        <p className="mb-3 text-sm text-ink-soft wrap-anywhere">{descriptionFor(organization, room)}</p>
      </div>
      <PanelBody invite={invite} showsOwn={showsOwn} onClose={onClose} />
    </div>
  );
}

type SheetProps = PanelProps & { open: boolean; onOpenChange: (open: boolean) => void };

/** The panel on a phone: a sheet from the bottom. */
export function InviteSheet({ open, onOpenChange, invite, organization, room, showsOwn, onClose }: SheetProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={titleFor(organization)}
      description={descriptionFor(organization, room)}
    >
      <div className="-mx-4 -mb-4">
        <PanelBody invite={invite} showsOwn={showsOwn} onClose={onClose} />
      </div>
    </Dialog>
  );
}

function PanelBody({ invite, showsOwn, onClose }: Pick<PanelProps, "invite" | "showsOwn" | "onClose">) {
  const { created, link, copied, busy, errorText, createOrReuse, createAndCopy } = invite;
  const [showsQrCode, setShowsQrCode] = useState(false);
  return (
    <>
      <div className="grid gap-3 px-4 pb-3.5">
        {errorText && (
          <Banner
            tone="danger"
            className="rounded-control"
            action={
              !created && (
                <Button size="sm" icon={<RotateCw aria-hidden />} busy={busy} onClick={() => void createAndCopy()}>
                  Try again
                </Button>
              )
            }
          >
            {errorText}
          </Banner>
        )}
        {!created && !errorText && (
          <p role="status" className="flex min-h-44 items-center justify-center gap-2 text-sm text-ink-faint">
            <Spinner />
            Making a link
          </p>
        )}
        {created && (
          <>
            <WholeLink link={link} label="Invite link" />
            <div className="flex items-center gap-2">
              <CopyButton copied={copied} busy={busy} autoFocus onCopy={() => void createAndCopy()} />
              <IconButton
                label={showsQrCode ? "Hide QR code" : "Show QR code"}
                aria-expanded={showsQrCode}
                className="ml-auto"
                onClick={() => setShowsQrCode(!showsQrCode)}
              >
                <QrIcon aria-hidden />
              </IconButton>
            </div>
            {showsQrCode && (
              <div className="flex justify-center">
                <QrCode link={link} size={160} />
              </div>
            )}
            <LocalLinkNote link={link} reach={created.reach} />
          </>
        )}
      </div>
      {created && (
        <div className="border-t px-4 py-2.5">
          <TermsRow created={created} onChoose={(terms) => void createOrReuse(terms).catch(() => {})}>
            <Button
              variant="ghost"
              size="sm"
              className="-mr-2 ml-auto"
              onClick={() => void createAndCopy(defaultTerms)}
            >
              New link
            </Button>
          </TermsRow>
        </div>
      )}
      {showsOwn && <OwnLinks currentId={created?.invite.id} onRevoked={onClose} />}
    </>
  );
}
