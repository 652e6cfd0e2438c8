"use client";
import Link from "next/link";
import { useStore } from "zustand";
import { type Loss, LossList } from "@/components/groups/loss-list";
import { roleNames } from "@/components/people/room-roles";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMe } from "@/lib/client/hooks/use-me";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { OrganizationLosses } from "@/lib/contract/own-organizations";
import { leaveOrganization } from "./leave-organization";
import type { DialogState } from "./open-dialog";
import { usePaths } from "./place";

/** Asks before leaving the organization, and lists what is lost. Its only owner, or its only person, is told what to do first. */
export default function LeaveOrganizationDialog(dialog: DialogState) {
  const call = useCall();
  const parley = useParley();
  const paths = usePaths();
  const { organization } = useMe();
  const hasUnsent = useStore(parley.stores.outbox, ({ entries }) => entries.length > 0);
  const { data, error } = useQuery(dialog.open ? {} : null, (ask) => ask("organization.losses", {}));
  const leaving = useMutation(() => leaveOrganization(call, parley));
  const { isLastOwner = false, isAlone = false } = data ?? {};
  const more = data ? data.roomCount - data.rooms.length : 0;
  const warning = [
    "You're signed out of it on every device right away, and need a new invite to come back. What you wrote stays.",
    hasUnsent ? "Your drafts and your messages that are not sent are lost." : "Your drafts are lost.",
  ].join(" ");
  return (
    <Dialog
      {...dialog}
      role="alertdialog"
      onOpenChange={(open) => !leaving.isPending && dialog.onOpenChange(open)}
      title={
        <>
          Leave <bdi>{organization.name}</bdi>?
        </>
      }
      description={
        !isLastOwner
          ? warning
          : isAlone
            ? "No one else is in it, and an organization always has an owner, so you can't leave it. It can't be deleted yet either. To hand it over, invite someone and make them an owner."
            : "You're its only owner, and an organization always has one. Make someone else an owner first."
      }
      footer={
        <>
          <Button variant="ghost" onClick={() => dialog.onOpenChange(false)} autoFocus>
            Cancel
          </Button>
          {isLastOwner ? (
            <Button asChild variant="primary">
              <Link href={paths.setting(isAlone ? "invites" : "people")} prefetch={false}>
                {isAlone ? "Invite people" : "Choose an owner"}
              </Link>
            </Button>
          ) : (
            <Button
              variant="danger"
              disabled={!data && !error}
              busy={leaving.isPending}
              onClick={() => void leaving.run()}
            >
              Leave organization
            </Button>
          )}
        </>
      }
    >
      {leaving.error && (
        <Banner tone="danger" className="mb-3 rounded-control">
          {leaving.error.message}
        </Banner>
      )}
      {!isLastOwner && <LossList label="What you lose" losses={data && lossesOf(data)} problem={error?.message} />}
      {!isLastOwner && more > 0 && (
        <p className="mt-2 text-sm text-ink-faint">
          {more === 1 ? "And 1 more room." : `And ${more.toLocaleString()} more rooms.`}
        </p>
      )}
    </Dialog>
  );
}

function lossesOf({ groups, rooms }: OrganizationLosses): Loss[] {
  const ofGroups = groups.map(({ id, name }): Loss => {
    return { id, name, reason: "Group", tone: "neutral", words: "You leave it" };
  });
  const ofRooms = rooms.map(({ id, name, access, role, isLastAdmin }): Loss => {
    const way = {
      public: "Public: you can join it again if you come back",
      restricted: "Restricted: only its groups can join it",
      private: "Private: someone in it has to add you again",
    }[access];
    if (isLastAdmin) return { id, name, reason: way, tone: "danger", words: "No other admin" };
    return {
      id,
      name,
      reason: way,
      tone: access === "public" ? "neutral" : "danger",
      words: role === "member" ? "You leave it" : `No longer ${roleNames[role].toLowerCase()}`,
    };
  });
  return [...ofGroups, ...ofRooms];
}
