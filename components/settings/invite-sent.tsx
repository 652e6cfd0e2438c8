"use client";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Output } from "@/lib/contract/index";
import { CopyField } from "./copy-field";

type InviteSentProps = { open: boolean; onOpenChange: (open: boolean) => void; sent: Output<"invite.send"> };

/** Says that an invite was sent by email, or shows the link to send, once. */
export function InviteSent({ open, onOpenChange, sent: { invite, token, reach } }: InviteSentProps) {
  const footer = <Button onClick={() => onOpenChange(false)}>Done</Button>;
  if (token === null) {
    return (
      <Dialog
        open={open}
        onOpenChange={onOpenChange}
        title="Invite sent"
        description={`It's on its way to ${invite.email}. Its link works once, and only for this address.`}
        footer={footer}
      />
    );
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Invite link created"
      description={
        invite.email
          ? `Parley has no mail server, so send this link to ${invite.email} yourself.`
          : "Send this link to the people you're inviting."
      }
      footer={footer}
    >
      <CopyField
        label="Link"
        value={`${location.origin}/join/${token}`}
        hint="Copy it now. You won't be able to see it again."
        reach={reach}
      />
    </Dialog>
  );
}
