"use client";
import { MessageCirclePlus, UserPlus } from "lucide-react";
import { useAsker } from "@/components/people/use-asker";
import { useOpenDialog } from "@/components/shell/open-dialog";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import type { Membership, Room } from "@/lib/contract/room";
import { mayAddMembers } from "@/lib/policy/room";
import { RoomIcon } from "./room-icon";
import { roomLabel } from "./room-name";

type RoomStartProps = { room: Room; membership: Membership | null; isEmpty: boolean; onWrite?: () => void };

/** The beginning of a room's log: an invitation while nobody has said anything, afterwards only a sign. */
export function RoomStart({ room, membership, isEmpty, onWrite }: RoomStartProps) {
  const asker = useAsker();
  const open = useOpenDialog();
  const title = `This is the start of ${roomLabel(room)}`;
  if (!isEmpty) {
    return (
      <div className="px-5 pt-6 max-md:px-4">
        <span aria-hidden className="well mb-3 grid size-12 place-items-center rounded-thing text-ink-soft">
          <RoomIcon room={room} className="size-5" />
        </span>
        <h2 className="text-lg wrap-anywhere">{title}</h2>
        {room.description && <p className="mt-0.5 max-w-160 text-ui text-ink-soft wrap-anywhere">{room.description}</p>}
      </div>
    );
  }
  return (
    <Empty
      icon={<MessageCirclePlus />}
      title={title}
      className="py-10"
      actions={
        <>
          {mayAddMembers(asker, room, membership).ok && (
            <Button icon={<UserPlus aria-hidden />} onClick={() => open({ kind: "addPeople", roomId: room.id })}>
              Add people
            </Button>
          )}
          {onWrite && (
            <Button variant="primary" onClick={onWrite}>
              Write the first message
            </Button>
          )}
        </>
      }
    >
      {room.description ||
        (room.archivedAt && "Nothing was written here.") ||
        "Say what the room is for, or bring in the people it is for."}
    </Empty>
  );
}
