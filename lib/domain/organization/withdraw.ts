import { revokeWithoutRight } from "@/lib/domain/invite/revoke-without-right";
import { lockRooms } from "@/lib/domain/room/find";
import { withdrawWithoutRight } from "@/lib/domain/room/withdraw";
import { changeLogs } from "@/lib/server/announcements";
import type { Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";
import { withRoomLocks } from "@/lib/server/room-locks";

/**
 * Ends the invites and ask links whose creators may no longer create them after a change of the organization's rules. Runs in its
 * own transaction, because it locks rooms. Even before it commits, they cannot be used: each use checks the creator's rights.
 */
export async function withdrawWithoutRightIn(organizationId: string): Promise<void> {
  const where = { organizationId, roomInvites: { some: { state: "pending" as const } } };
  const withdraw = async (tx: Tx, announce: Announce) => {
    const rooms = await tx.room.findMany({ where, select: { id: true } });
    const roomIds = rooms.map(({ id }) => id);
    await lockRooms(tx, organizationId, roomIds);
    await withdrawWithoutRight(tx, announce, { roomIds });
    if ((await revokeWithoutRight(tx, { organizationId })) > 0) announce.administration(organizationId);
  };
  await withRoomLocks(() => changeLogs(withdraw));
}
