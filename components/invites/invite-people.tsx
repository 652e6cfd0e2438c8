"use client";
import { UserRoundPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { phone, useMedia } from "@/components/shell/use-media";
import { Button } from "@/components/ui/button";
import { MissingNote } from "@/components/ui/missing-note";
import { dialogOnDemand, retrying } from "@/components/ui/on-demand";
import { Popover } from "@/components/ui/popover";
import type { Asker } from "@/lib/policy/decision";
import { handledInvites, mayInviteAs } from "@/lib/policy/organization";
import { useInviteLink } from "./use-invite-link";

const load = () => import("./invite-panel");
const InvitePanel = dynamic(
  retrying(async () => ({ default: (await load()).InvitePanel }), MissingNote),
  { ssr: false },
);
const InviteSheet = dialogOnDemand(async () => ({ default: (await load()).InviteSheet }));

type InvitePeopleProps = {
  asker: Asker;
  organization: string;
  /** The room that the invited people join besides General. */
  room?: { id: string; name: string };
  variant?: "primary" | "secondary";
  side?: "top" | "bottom";
  align?: "start" | "center" | "end";
  onCreated?: () => void;
};

/**
 * A button that creates an invite link to the organization and copies it. People who may not invite see a sentence that says
 * who may. Use it in every list of people that may be empty.
 */
export function InvitePeople({
  asker,
  organization,
  room,
  variant = "primary",
  onCreated,
  ...position
}: InvitePeopleProps) {
  const invite = useInviteLink(asker.personId, room?.id, onCreated);
  const [open, setOpen] = useState(false);
  const isPhone = useMedia(phone);
  const mayInvite = mayInviteAs(asker, "member");
  if (!mayInvite.ok) return <p className="max-w-85 text-balance text-sm text-ink-soft">{mayInvite.reason}</p>;

  function openAndCopy(next: boolean) {
    setOpen(next);
    if (next) void invite.createAndCopy();
  }
  const showsOwn = handledInvites(asker) === "own";
  const panel = { invite, organization, room: room?.name, showsOwn, onClose: () => openAndCopy(false) };
  const button = (
    <Button variant={variant} icon={<UserRoundPlus aria-hidden />} onPointerEnter={preload}>
      Invite people
    </Button>
  );
  if (isPhone) {
    return (
      <>
        <Button variant={variant} icon={<UserRoundPlus aria-hidden />} onClick={() => openAndCopy(true)}>
          Invite people
        </Button>
        {(open || invite.created) && <InviteSheet open={open} onOpenChange={openAndCopy} {...panel} />}
      </>
    );
  }
  return (
    <Popover open={open} onOpenChange={openAndCopy} trigger={button} label="Invite people" align="center" {...position}>
      <InvitePanel {...panel} />
    </Popover>
  );
}

const preload = () => void load().catch(() => {});
