import { roomName } from "@/components/rooms/room-name";
import type { Membership, Room } from "@/lib/contract/room";
import type { Asker } from "@/lib/policy/decision";
import { mayAddMembers } from "@/lib/policy/room";

/**
 * The room that people join, besides General, through an invite created in it. Undefined if the asker can't add people to it,
 * and for the room of owners and admins: people who use such a link become plain members.
 */
export function roomOfInvite(asker: Asker, room: Room, membership: Membership | null) {
  if (room.joinsEveryone || room.forAdmins || !mayAddMembers(asker, room, membership).ok) return undefined;
  return { id: room.id, name: roomName(room) };
}
