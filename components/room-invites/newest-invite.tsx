"use client";
import { ChevronRight } from "lucide-react";
import { Time } from "@/components/messages/time";
import { NamedRoomTile } from "@/components/rooms/room-icon";
import { usePaths } from "@/components/shell/place";
import { PlaceLink } from "@/components/shell/place-link";
import { phone, useMedia } from "@/components/shell/use-media";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { RoomInvite } from "@/lib/contract/room-invite";
import { inviteTime } from "./invite-times";
import { useAnswer } from "./use-answer";

/** The newest invite and the number of other invites, above the list of rooms. */
export function NewestInvite({ invites }: { invites: readonly RoomInvite[] }) {
  const paths = usePaths();
  const [newest] = invites;
  if (!newest) return null;
  const more = invites.length - 1;
  return (
    <div className="pt-1.5 pb-2 max-md:px-2 max-md:pt-2">
      <InviteCard key={newest.id} invite={newest} />
      {more > 0 && (
        <PlaceLink
          href={paths.invites}
          className="mt-0.5 flex h-7 items-center rounded-control px-2 text-xs font-medium text-ink-soft hover:bg-hover max-md:h-touch max-md:text-sm"
        >
          <span className="flex-1">{more === 1 ? "1 more invite" : `${more} more invites`}</span>
          <ChevronRight aria-hidden className="size-3.5" />
        </PlaceLink>
      )}
    </div>
  );
}

function InviteCard({ invite }: { invite: RoomInvite }) {
  const { room, inviter, createdAt } = invite;
  const paths = usePaths();
  const { accept, decline } = useAnswer(invite);
  const isPhone = useMedia(phone);
  return (
    <article aria-label={`Invite to ${room.name}`} className="rounded-card border bg-surface p-3 shadow-card">
      <PlaceLink href={paths.invite(invite.id)} className="flex items-center gap-2.5 rounded-control">
        <NamedRoomTile room={room} className="size-8 rounded-thing bg-hover" iconClassName="size-4" />
        <span className="min-w-0 flex-1 leading-snug">
          <b className="block truncate text-ui font-strong">
            <bdi>{room.name}</bdi>
          </b>
          <span className="block truncate text-xs text-ink-soft">
            <bdi>{inviter.name}</bdi> invited you, <Time at={createdAt} format={inviteTime} />
          </span>
        </span>
      </PlaceLink>
      {room.archived && <p className="mt-2 text-xs text-ink-faint">It’s archived, so no one can join it now.</p>}
      <div className={cn("mt-2.5 grid gap-2", !room.archived && "grid-cols-2")}>
        <Button size={isPhone ? "lg" : "sm"} busy={decline.isPending} onClick={() => void decline.run()}>
          Decline
        </Button>
        {!room.archived && (
          <Button
            size={isPhone ? "lg" : "sm"}
            variant={isPhone ? "primary" : "secondary"}
            busy={accept.isPending}
            onClick={() => void accept.run()}
          >
            Accept
          </Button>
        )}
      </div>
    </article>
  );
}
