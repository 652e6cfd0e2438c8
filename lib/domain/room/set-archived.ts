import type { Room } from "@/lib/contract/room";
import type { MembershipSubject, RoomSubject } from "@/lib/policy/room";
import type { Tx } from "@/lib/server/db";
import type { Announce, Audit } from "@/lib/server/handler";
import { announceInvitesTo } from "@/lib/domain/room-invite/announce";
import { announceListed } from "./announce-listed";
import { tickWithNotice } from "./clock";
import { readChangedRoom } from "./to-room";

/**
 * Archives or unarchives a room, with a notice in its log. Does nothing if the room is already in that state. The caller has
 * locked the room.
 */
export async function setArchived(
  tx: Tx,
  { announce, audit }: { announce: Announce; audit: Audit },
  { room, membership }: { room: RoomRow; membership: MembershipSubject | null },
  byId: string,
  isArchived: boolean,
): Promise<Room> {
  const { id } = room;
  if ((room.archivedAt !== null) !== isArchived) {
    const archivedAt = isArchived ? new Date() : null;
    await tx.room.update({ where: { id }, data: { archivedAt }, select: { id: true } });
    await tickWithNotice(tx, room, byId, { type: isArchived ? "archived" : "unarchived" });
    audit({ subjectId: id, roomId: id, before: { archived: !isArchived }, after: { archived: isArchived } });
    announce.room(id);
    // Announces the room's invites, because nobody can accept one while the room is archived.
    await announceInvitesTo(tx, announce, [id]);
    announceListed(announce, room);
  }
  return readChangedRoom(tx, room, membership);
}

interface RoomRow extends Pick<RoomSubject, "bansAsker"> {
  id: string;
  organizationId: string;
  access: string;
  archivedAt: Date | null;
}
