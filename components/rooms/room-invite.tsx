"use client";
import { InvitePeople } from "@/components/invites/invite-people";
import { roomOfInvite } from "@/components/invites/room-of-invite";
import { useAsker } from "@/components/people/use-asker";
import { useMe } from "@/lib/client/hooks/use-me";
import type { Membership, Room } from "@/lib/contract/room";

/** Invites people to the organization and to this room, in which there is only one person. */
export default function RoomInvite({ room, membership }: { room: Room; membership: Membership | null }) {
  const asker = useAsker();
  const { organization } = useMe();
  return (
    <InvitePeople
      asker={asker}
      organization={organization.name}
      room={roomOfInvite(asker, room, membership)}
      side="top"
    />
  );
}
