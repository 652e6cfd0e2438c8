import { roomName } from "@/components/rooms/room-name";
import type { Room } from "@/lib/contract/room";
import type { Asker } from "@/lib/policy/decision";
import { mayAddMembers, type MembershipSubject } from "@/lib/policy/room";

/**
 * The room that people join, in addition to General, through an invite created in `room`. Undefined if everyone joins `room`
 * anyway, if the asker may not add people to it, and for the room of owners and admins: invited people become plain members.
 */
export function roomOfInvite(asker: Asker, room: Room, membership: MembershipSubject | null) {
  if (room.joinsEveryone || room.forAdmins || !mayAddMembers(asker, room, membership).ok) return undefined;
  return { id: room.id, name: roomName(room) };
}
