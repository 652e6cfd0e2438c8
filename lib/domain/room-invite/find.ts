import { lockRoom } from "@/lib/domain/room/find";
import type { RoomInviteSubject } from "@/lib/policy/room-invite";
import type { Actor } from "@/lib/server/actor";
import type { Prisma, Tx } from "@/lib/server/db";
import { roomInviteFields, type RoomInviteRow } from "./to-room-invite";

export interface FoundInvite {
  row: RoomInviteRow;
  /** The input of the policies. */
  invite: RoomInviteSubject;
}

/**
 * Finds an invite that the actor received (`as: "person"`) or sent (`as: "inviter"`). With `lock`, the room and the invite stay
 * locked.
 */
export async function findRoomInvite(
  tx: Tx,
  { organizationId, personId, rules }: Actor,
  id: string,
  { as, lock = false }: { as: "person" | "inviter"; lock?: boolean },
): Promise<FoundInvite | null> {
  const where = {
    id,
    organizationId,
    ...(as === "person" ? { personId } : { inviterId: personId }),
  } satisfies Prisma.RoomInviteWhereInput;
  const location = await tx.roomInvite.findFirst({ where, select: { roomId: true } });
  if (!location) return null;
  if (lock) {
    await lockRoom(tx, organizationId, location.roomId);
    await tx.$queryRaw`SELECT 1 FROM "RoomInvite" WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  }
  const row = await tx.roomInvite.findFirst({
    where,
    include: {
      ...roomInviteFields,
      room: true,
      inviter: {
        select: {
          id: true,
          name: true,
          picture: true,
          role: true,
          deactivatedAt: true,
          memberships: { where: { roomId: location.roomId }, select: { role: true } },
          bans: { where: { roomId: location.roomId }, select: { personId: true } },
        },
      },
    },
  });
  if (!row) return null;
  const { state, expiresAt, room, inviter } = row;
  const { name, access, emoji, picture, archivedAt } = room;
  const { memberships, bans, ...sender } = inviter;
  return {
    row: {
      ...row,
      room: { name, access, emoji, picture, archivedAt },
      inviter: { id: sender.id, name: sender.name, picture: sender.picture },
    },
    invite: {
      state,
      expiresAt,
      room,
      inviter: { ...sender, personId: sender.id, rules },
      inviterMembership: memberships[0] ?? null,
      inviterIsBanned: bans.length > 0,
    },
  };
}
