"use client";
import { MessageCirclePlus, Plus, UserPlus } from "lucide-react";
import { useIsAlone } from "@/components/people/use-alone";
import { useAsker } from "@/components/people/use-asker";
import { useOpenDialog } from "@/components/shell/open-dialog";
import { offeredTo } from "@/components/shell/organization-offers";
import { usePaths } from "@/components/shell/place";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import type { Membership, Room } from "@/lib/contract/room";
import { RoomTile } from "./room-icon";
import RoomInvite from "./room-invite";
import { useRoomOffers } from "./use-room-offers";

/** The room of a log. `onWrite` moves the focus to the composer, if there is one. */
export type RoomOfLog = { room: Room; membership: Membership | null; onWrite?: () => void };

type EmptyRoomProps = RoomOfLog & { title: string; hidesEarlier: boolean };

/** A room's log while there are no messages: what to do first. */
export default function EmptyRoom({ room, membership, title, hidesEarlier, onWrite }: EmptyRoomProps) {
  const open = useOpenDialog();
  const paths = usePaths();
  const offers = offeredTo(useAsker());
  const isAloneInOrganization = useIsAlone();
  const isAloneInRoom = membership !== null && room.memberCount === 1;
  const roomOffers = useRoomOffers({ room, membership });
  const mayAdd = !isAloneInOrganization && roomOffers.has("addPeople");
  const mayInvite = isAloneInRoom && (isAloneInOrganization || offers.has("inviteMember"));
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
          {mayInvite && <RoomInvite room={room} membership={membership} />}
          {!isAloneInRoom && onWrite && (
            <Button variant="primary" onClick={onWrite}>
              Write the first message
            </Button>
          )}
        </>
      }
    >
      {room.description ||
        (room.archivedAt && (hidesEarlier ? "There are no newer messages." : "Nothing was posted here.")) ||
        (mayAdd ? "Say what this room is for, or add the people who belong here." : "Say what this room is for.")}
    </Empty>
  );
}
