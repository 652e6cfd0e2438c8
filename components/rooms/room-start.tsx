"use client";
import dynamic from "next/dynamic";
import { useIsAlone } from "@/components/people/use-alone";
import { retrying } from "@/components/ui/on-demand";
import type { RoomOfLog } from "./empty-room";
import { RoomTile } from "./room-icon";
import { roomLabel } from "./room-name";

/** Whoever fetches it ahead calls this function, because another `import` would be another file. */
export const loadEmptyRoom = () => import("./empty-room");
const EmptyRoom = dynamic(retrying(loadEmptyRoom), { ssr: false });
// Loaded only for somebody who is alone.
const RoomInvite = dynamic(
  retrying(() => import("./room-invite")),
  { ssr: false },
);

type RoomStartProps = RoomOfLog & { isEmpty: boolean };

/**
 * The top of a room's log. While there are no messages, it suggests what to do. Later it shows the room's icon, title and description.
 * Somebody who is alone in the organization can invite people here.
 */
export function RoomStart({ isEmpty, ...props }: RoomStartProps) {
  const { room, membership } = props;
  const isAlone = useIsAlone();
  const hidesEarlier = membership ? membership.floorSeq > 0 : room.history === "fromJoining" || room.floorSeq > 0;
  const title = hidesEarlier
    ? `You can't see earlier messages in ${roomLabel(room)}`
    : `This is the start of ${roomLabel(room)}`;
  if (isEmpty) return <EmptyRoom {...props} title={title} hidesEarlier={hidesEarlier} />;
  return (
    <div className="px-5 pt-6 max-md:px-4">
      <RoomTile room={room} className="well mb-3 size-12 rounded-thing" />
      <h2 className="text-lg wrap-anywhere">{title}</h2>
      {room.description && <p className="mt-0.5 max-w-160 text-ui text-ink-soft wrap-anywhere">{room.description}</p>}
      {isAlone && membership && room.memberCount === 1 && (
        <div className="mt-3">
          <RoomInvite room={room} membership={membership} />
        </div>
      )}
    </div>
  );
}
