import type { RoomAccess } from "@/lib/contract/room-role";
import { makePersonal } from "@/lib/domain/membership/following";
import { endRequestsTo } from "@/lib/domain/join-request/announce";
import { announceInvitesTo } from "@/lib/domain/room-invite/announce";
import type { Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";
import { tickAllWithNotice } from "./clock";
import { withdrawWithoutRight } from "./withdraw";

interface Access {
  access: RoomAccess;
  /** The groups that a restricted room is open to. Without any, only owners and admins find it. */
  groupIds?: string[];
  /** Whether newcomers to a private room that opens see its earlier messages. */
  showEarlier?: boolean;
}

interface Changed {
  id: string;
  organizationId: string;
  access: RoomAccess;
}

/**
 * Changes who can find and join rooms of an organization. The number of statements does not depend on the number of rooms,
 * because a group may open thousands. Removes nobody, but ends invites and ask links whose creators may no longer create them:
 * invites by people outside a room that becomes private, and the ask link of a room that is no longer private. The caller has
 * locked the groups and rooms.
 */
export async function changeAccess(
  tx: Tx,
  announce: Announce,
  rooms: readonly Changed[],
  { access, groupIds = [], showEarlier = false }: Access,
  byId: string,
): Promise<void> {
  const [first] = rooms;
  if (!first) return;
  const { organizationId } = first;
  const idsOf = (some: readonly Changed[]) => some.map(({ id }) => id);
  const ids = idsOf(rooms);
  await tickAllWithNotice(tx, rooms, byId, (room) => ({ type: "access", from: room.access, access }));
  // For newcomers to a room that was private, the notice of this tick is the first message.
  await tx.$executeRaw`
    UPDATE "Room" SET access = ${access}::"RoomAccess", "forAdmins" = ${access === "restricted" && groupIds.length === 0},
      "floorSeq" = CASE WHEN access <> 'private' THEN "floorSeq" WHEN ${showEarlier} THEN 0 ELSE clock - 1 END
    WHERE id = ANY(${ids}::uuid[])`;
  await tx.roomGroup.deleteMany({ where: { roomId: { in: ids } } });
  const opened = ids.flatMap((roomId) => groupIds.map((groupId) => ({ organizationId, roomId, groupId })));
  if (opened.length > 0) await tx.roomGroup.createMany({ data: opened });
  const same = rooms.filter((room) => room.access === access);
  const others = rooms.filter((room) => room.access !== access);
  if (same.length > 0) await makePersonal(tx, idsOf(same), "notOpened");
  if (others.length > 0) await makePersonal(tx, idsOf(others), "all");
  await withdrawWithoutRight(tx, announce, { roomIds: ids });
  if (access === "public") await endRequestsTo(tx, announce, ids);
  await announceInvitesTo(tx, announce, ids);
  for (const id of ids) announce.room(id);
  announce.organization(organizationId);
}
