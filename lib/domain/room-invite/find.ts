import { lockRoom } from "@/lib/domain/room/find";
import type { RoomInviteSubject } from "@/lib/policy/room-invite";
import type { Actor } from "@/lib/server/actor";
import type { Prisma, Tx } from "@/lib/server/db";
import { roomInviteFields, type RoomInviteRow } from "./to-room-invite";

export interface FoundInvite {
  row: RoomInviteRow;
  /** What the policies need to know of it. */
  invite: RoomInviteSubject;
}

/**
 * Finds an invite that the actor received (`as: "invitee"`) or sent (`as: "inviter"`). With `lock`, it also locks the
 * room and then the invite, until the transaction ends.
 */
export async function findRoomInvite(
  tx: Tx,
  { organizationId, personId, rules }: Actor,
  id: string,
  { as, lock = false }: { as: "invitee" | "inviter"; lock?: boolean },
): Promise<FoundInvite | null> {
  const where = {
    id,
    organizationId,
    ...(as === "invitee" ? { personId } : { inviterId: personId }),
  } satisfies Prisma.RoomInviteWhereInput;
  const unlocked = await tx.roomInvite.findFirst({ where, select: { roomId: true } });
  if (!unlocked) return null;
  if (lock) {
    await lockRoom(tx, organizationId, unlocked.roomId);
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
          memberships: { where: { roomId: unlocked.roomId }, select: { role: true } },
          bans: { where: { roomId: unlocked.roomId }, select: { personId: true } },
        },
      },
    },
  });
  if (!row) return null;
  const { state, expiresAt, room, inviter } = row;
  const { name, access, emoji, picture, archivedAt } = room;
  const { memberships, bans, ...inviterPerson } = inviter;
  return {
    row: {
      ...row,
      room: { name, access, emoji, picture, archivedAt },
      inviter: { id: inviterPerson.id, name: inviterPerson.name, picture: inviterPerson.picture },
    },
    invite: {
      state,
      expiresAt,
      room,
      inviter: { ...inviterPerson, personId: inviterPerson.id, rules },
      inviterMembership: memberships[0] ?? null,
      inviterIsBanned: bans.length > 0,
    },
  };
}
