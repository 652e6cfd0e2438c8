import { RoomIcon } from "@/components/rooms/room-icon";
import { cn } from "@/components/ui/cn";
import type { RoomInvite } from "@/lib/contract/room-invite";

/** The icon of the room that an invite is to, in a rounded square. */
export function InvitedRoomIcon({ room, className }: { room: RoomInvite["room"]; className?: string }) {
  return (
    <span
      className={cn("grid flex-none place-items-center rounded-thing bg-hover text-ink-soft [&>svg]:size-4", className)}
    >
      <RoomIcon
        room={{ ...room, kind: "channel", postingPolicy: "everyone", archivedAt: null, emoji: null, picture: null }}
      />
    </span>
  );
}
