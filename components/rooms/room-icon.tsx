import { Hash, Lock, Megaphone, MessageCircle, UsersRound } from "lucide-react";
import type { Room } from "@/lib/contract/room";

type Kind = Pick<Room, "kind" | "access" | "postingPolicy">;

/** What kind of room it is, in one sign. */
export function RoomIcon({ room, className }: { room: Kind; className?: string }) {
  const Icon = iconOf(room);
  return <Icon aria-hidden className={className ?? "size-4"} />;
}

function iconOf(room: Kind) {
  if (room.kind === "direct") return MessageCircle;
  if (room.access === "private") return Lock;
  if (room.access === "restricted") return UsersRound;
  return room.postingPolicy === "moderators" ? Megaphone : Hash;
}
