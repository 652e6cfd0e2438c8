import { roomName } from "@/components/rooms/room-name";
import type { Membership, Room } from "@/lib/contract/room";
import type { Asker } from "@/lib/policy/decision";
import { mayAddMembers } from "@/lib/policy/room";

/**
 * The room that an invite made in it opens besides General. None where the asker may let nobody in, and not the room of
 * owners and admins: who comes by such a link is a member.
 */
export function roomFor(asker: Asker, room: Room, membership: Membership | null) {
  const isForAdmins = room.access === "restricted" && room.groupIds.length === 0;
  if (room.joinsEveryone || isForAdmins || !mayAddMembers(asker, room, membership).ok) return undefined;
  return { id: room.id, name: roomName(room) };
}
