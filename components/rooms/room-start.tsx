"use client";
import { MessageCirclePlus, Plus, UserPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { roomOfInvite } from "@/components/invites/room-of-invite";
import { useIsAlone } from "@/components/people/use-alone";
import { useAsker } from "@/components/people/use-asker";
import { useOpenDialog } from "@/components/shell/open-dialog";
import { usePaths } from "@/components/shell/place";
import { Button } from "@/components/ui/button";
import { retrying } from "@/components/ui/on-demand";
import { Empty } from "@/components/ui/empty";
import { useMe } from "@/lib/client/hooks/use-me";
import type { Membership, Room } from "@/lib/contract/room";
import { offeredTo } from "@/components/shell/organization-offers";
import { RoomTile } from "./room-icon";
import { roomLabel } from "./room-name";
import { useRoomOffers } from "./use-room-offers";

// Loaded only for rooms with one person.
const InvitePeople = dynamic(
  retrying(async () => ({ default: (await import("@/components/invites/invite-people")).InvitePeople })),
  { ssr: false },
);

type RoomStartProps = { room: Room; membership: Membership | null; isEmpty: boolean; onWrite?: () => void };

/**
 * The top of a room's log. While there are no messages, it suggests what to do. Later it shows the room's icon, title and description.
 * Somebody who is alone in the organization can invite people here.
 */
export function RoomStart({ room, membership, isEmpty, onWrite }: RoomStartProps) {
  const asker = useAsker();
  const open = useOpenDialog();
  const paths = usePaths();
  const { organization } = useMe();
  const isAloneInOrganization = useIsAlone();
  const isAloneInRoom = membership !== null && room.memberCount === 1;
  const offers = offeredTo(asker);
  const roomOffers = useRoomOffers({ room, membership });
  const mayAdd = !isAloneInOrganization && roomOffers.has("addPeople");
  const mayInvite = isAloneInRoom && (isAloneInOrganization || offers.has("inviteMember"));
  const hidesEarlier = membership ? membership.floorSeq > 0 : room.history === "fromJoining" || room.floorSeq > 0;
  const title = hidesEarlier
    ? `You can't see earlier messages in ${roomLabel(room)}`
    : `This is the start of ${roomLabel(room)}`;
  const invite = mayInvite && (
    <InvitePeople
      asker={asker}
      organization={organization.name}
      room={roomOfInvite(asker, room, membership)}
      side="top"
    />
  );
  if (!isEmpty) {
    return (
      <div className="px-5 pt-6 max-md:px-4">
        <RoomTile room={room} className="well mb-3 size-12 rounded-thing" />
        <h2 className="text-lg wrap-anywhere">{title}</h2>
        {room.description && <p className="mt-0.5 max-w-160 text-ui text-ink-soft wrap-anywhere">{room.description}</p>}
        {isAloneInOrganization && invite && <div className="mt-3">{invite}</div>}
      </div>
    );
  }
  return (
    <Empty
      icon={<MessageCirclePlus />}
      tile={(room.emoji ?? room.picture) && <RoomTile room={room} className="well size-14 rounded-thing" />}
      title={title}
      className="py-10"
      actions={
        <>
          {isAloneInRoom && onWrite && !(mayAdd && mayInvite) && (
            <Button onClick={onWrite}>Write the first message</Button>
          )}
          {isAloneInOrganization && room.joinsEveryone && offers.has("addFirstRooms") && (
            <Button asChild>
              <a href={paths.setup("rooms")}>
                <Plus aria-hidden />
                Add rooms
              </a>
            </Button>
          )}
          {mayAdd && (
            <Button
              variant={isAloneInRoom && !mayInvite ? "primary" : "secondary"}
              icon={<UserPlus aria-hidden />}
              onClick={() => open({ kind: "addPeople", roomId: room.id })}
            >
              Add people
            </Button>
          )}
          {invite}
          {!isAloneInRoom && onWrite && (
            <Button variant="primary" onClick={onWrite}>
              Write the first message
            </Button>
          )}
        </>
      }
    >
      {room.description ||
        (room.archivedAt && (hidesEarlier ? "There are no later ones." : "Nothing was posted here.")) ||
        (mayAdd ? "Say what this room is for, or add the people who belong here." : "Say what this room is for.")}
    </Empty>
  );
}
