"use client";
import { Archive, Hash, Lock, Megaphone, UsersRound } from "lucide-react";
import { useState } from "react";
import { usePaths } from "@/components/shell/place";
import { cn } from "@/components/ui/cn";
import type { Room } from "@/lib/contract/room";
import { DirectIcon } from "./direct-icon";

type IconRoom = Pick<
  Room,
  "id" | "kind" | "access" | "postingPolicy" | "archivedAt" | "emoji" | "picture" | "directIds"
>;
type RoomIconProps = {
  room: IconRoom;
  /** The ask link's token. People who may not read the room need it to load the picture. */
  askToken?: string | undefined;
  className?: string;
};

/** A room's picture or emoji. A room without one gets the icon of its kind, or the icon of archived rooms. */
export function RoomIcon({ room, askToken, className = "size-4" }: RoomIconProps) {
  const props = { "aria-hidden": true, className };
  const [failed, setFailed] = useState<string>();
  if (room.picture && room.picture !== failed)
    return (
      <PictureIcon room={room} askToken={askToken} picture={room.picture} className={className} onFailed={setFailed} />
    );
  if (room.emoji) return <EmojiIcon emoji={room.emoji} className={className} />;
  if (room.archivedAt) return <Archive {...props} />;
  if (room.kind === "direct") return <DirectIcon room={room} />;
  if (room.access === "private") return <Lock {...props} />;
  if (room.access === "restricted") return <UsersRound {...props} />;
  return room.postingPolicy === "moderators" ? <Megaphone {...props} /> : <Hash {...props} />;
}

type PictureIconProps = RoomIconProps & { picture: string; onFailed: (picture: string) => void };

/** A separate component, because `usePaths` would render every room's row again whenever the address changes. */
function PictureIcon({ room, askToken, picture, className, onFailed }: PictureIconProps) {
  return (
    <img
      src={usePaths().picture("room", room.id, picture, 96) + (askToken ? `?ask=${askToken}` : "")}
      alt=""
      decoding="async"
      className={cn("flex-none rounded-[25%] object-cover", className)}
      onError={() => onFailed(picture)}
    />
  );
}

/** An SVG, so that a class sets its size, as with icons. */
function EmojiIcon({ emoji, className }: { emoji: string; className: string }) {
  return (
    <svg aria-hidden viewBox="0 0 24 24" className={cn("flex-none", className)}>
      <text x="12" y="13" fontSize="20" textAnchor="middle" dominantBaseline="central">
        {emoji}
      </text>
    </svg>
  );
}

/** A room's icon on a tile of the size in `className`. A picture fills the tile. */
export function RoomTile({
  room,
  askToken,
  className,
  iconClassName = "size-5",
}: RoomIconProps & { iconClassName?: string }) {
  return (
    <span aria-hidden className={cn("grid flex-none place-items-center text-ink-soft", className)}>
      <RoomIcon
        room={room}
        askToken={askToken}
        className={room.picture ? cn(className, "bg-transparent") : room.emoji ? "size-[62%]" : iconClassName}
      />
    </span>
  );
}

/** The fields of a room that an invite or an ask link contains. */
type NamedRoom = Pick<Room, "id" | "access" | "emoji" | "picture">;

/** `RoomTile` for a room with only these fields. */
export function NamedRoomTile({ room, ...props }: Omit<Parameters<typeof RoomTile>[0], "room"> & { room: NamedRoom }) {
  return (
    <RoomTile
      room={{ ...room, kind: "channel", directIds: [], postingPolicy: "everyone", archivedAt: null }}
      {...props}
    />
  );
}
