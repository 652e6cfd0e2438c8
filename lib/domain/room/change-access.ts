import type { RoomAccess } from "@/lib/contract/room-role";
import { makePersonal } from "@/lib/domain/membership/following";
import { announceInvitesTo } from "@/lib/domain/room-invite/announce";
import type { Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";
import { tickWithNotice } from "./clock";
import { withdrawUnsupported } from "./withdraw";

interface Access {
  access: RoomAccess;
  /** Of a restricted room. Without groups, it is for owners and admins. */
  groupIds?: string[];
  /** A private room that opens shows what was said until now. */
  showEarlier?: boolean;
}

/**
 * Changes who can find and join a room. Removes nobody, but ends what its makers may no longer make: invites from outside a room
 * that becomes private, and the link to ask to join one that is private no longer. The caller has locked the groups and the room.
 */
export async function changeAccess(
  tx: Tx,
  announce: Announce,
  room: { id: string; organizationId: string; access: RoomAccess },
  { access, groupIds = [], showEarlier = false }: Access,
  byId: string,
): Promise<void> {
  const { id } = room;
  const seq = await tickWithNotice(tx, room, byId, { type: "access", from: room.access, access });
  await tx.room.update({
    where: { id },
    data: {
      access,
      forAdmins: access === "restricted" && groupIds.length === 0,
      // Newcomers see this notice first.
      ...(room.access === "private" && { floorSeq: showEarlier ? 0 : seq - 1 }),
      groups: { deleteMany: {}, create: groupIds.map((groupId) => ({ groupId })) },
    },
    select: { id: true },
  });
  await makePersonal(tx, id, access === room.access ? "notOpened" : "all");
  await withdrawUnsupported(tx, announce, { roomIds: [id] });
  await announceInvitesTo(tx, announce, id);
  announce.room(id);
  announce.organization(room.organizationId);
}
