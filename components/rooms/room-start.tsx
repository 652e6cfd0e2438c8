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
 * The beginning of a room's log. It suggests what to do while there are no messages; later it shows only a title. A person who
 * is alone in the organization is offered to invite people first.
 */
export function RoomStart({ room, membership, isEmpty, onWrite }: RoomStartProps) {
  const asker = useAsker();
  const open = useOpenDialog();
  const paths = usePaths();
  const { organization } = useMe();
  const isAlone = useIsAlone();
  const isOnlyMe = membership !== null && room.memberCount === 1;
  const offers = offeredTo(asker);
  const inRoom = useRoomOffers({ room, membership });
  const mayAdd = !isAlone && inRoom.has("addPeople");
  const mayInvite = isOnlyMe && (isAlone || offers.has("inviteMember"));
  const hidesEarlier = membership ? membership.floorSeq > 0 : room.history === "fromJoining" || room.floorSeq > 0;
  const title = hidesEarlier
    ? `Earlier messages in ${roomLabel(room)} are hidden from newcomers`
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
        {isAlone && invite && <div className="mt-3">{invite}</div>}
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
          {isOnlyMe && onWrite && !(mayAdd && mayInvite) && <Button onClick={onWrite}>Write the first message</Button>}
          {isAlone && room.joinsEveryone && offers.has("addFirstRooms") && (
            <Button asChild>
              <a href={paths.setup("rooms")}>
                <Plus aria-hidden />
                Add rooms
              </a>
            </Button>
          )}
          {mayAdd && (
            <Button
              variant={isOnlyMe && !mayInvite ? "primary" : "secondary"}
              icon={<UserPlus aria-hidden />}
              onClick={() => open({ kind: "addPeople", roomId: room.id })}
            >
              Add people
            </Button>
          )}
          {invite}
          {!isOnlyMe && onWrite && (
            <Button variant="primary" onClick={onWrite}>
              Write the first message
            </Button>
          )}
        </>
      }
    >
      {room.description ||
        (room.archivedAt && "Nothing was posted here.") ||
        "Say what this room is for, or add the people who belong here."}
    </Empty>
  );
}
