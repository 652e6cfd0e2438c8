import { Archive, Hash, Lock, Megaphone, MessageCircle, UsersRound } from "lucide-react";
import type { Room } from "@/lib/contract/room";

type Kind = Pick<Room, "kind" | "access" | "postingPolicy" | "archivedAt">;

/** The icon of a kind of room, or of an archived room. */
export function RoomIcon({ room, className }: { room: Kind; className?: string }) {
  const props = { "aria-hidden": true, className: className ?? "size-4" };
  if (room.archivedAt) return <Archive {...props} />;
  if (room.kind === "direct") return <MessageCircle {...props} />;
  if (room.access === "private") return <Lock {...props} />;
  if (room.access === "restricted") return <UsersRound {...props} />;
  return room.postingPolicy === "moderators" ? <Megaphone {...props} /> : <Hash {...props} />;
}
