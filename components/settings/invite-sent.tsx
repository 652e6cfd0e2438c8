"use client";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Output } from "@/lib/contract/index";
import { CopyField } from "./copy-field";

type Sent = Output<"invite.send">;
type InviteSentProps = { open: boolean; onOpenChange: (open: boolean) => void; sent: readonly Sent[] };

/** Confirms that invites were sent by email, or shows the links to send. The links are shown only once. */
export function InviteSent({ open, onOpenChange, sent }: InviteSentProps) {
  const { title, description } = wordsFor(sent);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={[description, replacedWords(sent)].filter(Boolean).join(" ")}
      footer={<Button onClick={() => onOpenChange(false)}>Done</Button>}
    >
      {sent.map(({ invite, token, reach }) => {
        if (token === null) return null;
        return (
          <CopyField
            key={invite.id}
            label={sent.length > 1 && invite.email ? invite.email : "Link"}
            value={`${location.origin}/join/${token}`}
            hint="Copy it now. You won't be able to see it again."
            reach={reach}
          />
        );
      })}
    </Dialog>
  );
}

/** A sentence about earlier open invites to the same addresses, which the new invites replace. */
function replacedWords(sent: readonly Sent[]): string | null {
  const emails = sent.filter(({ replaced }) => replaced > 0).map(({ invite }) => invite.email);
  if (emails.length === 0) return null;
  return sent.length === 1
    ? "The earlier invite to this address no longer works."
    : `Earlier invites to ${emails.join(", ")} no longer work.`;
}

function wordsFor(sent: readonly Sent[]): { title: string; description: string } {
  const [first] = sent;
  const email = first?.invite.email;
  if (sent.length > 1) {
    const addresses = sent.map(({ invite }) => invite.email).join(", ");
    return first?.token === null
      ? {
          title: `${sent.length} invites sent`,
          description: `They're on their way to ${addresses}. Each link works once, and only for its address.`,
        }
      : {
          title: `${sent.length} invite links created`,
          description: "Parley has no mail server, so send each link to its address yourself.",
        };
  }
  if (first?.token === null)
    return {
      title: "Invite sent",
      description: `It's on its way to ${email}. Its link works once, and only for this address.`,
    };
  return {
    title: "Invite link created",
    description: email
      ? `Parley has no mail server, so send this link to ${email} yourself.`
      : "Send this link to the people you're inviting.",
  };
}
