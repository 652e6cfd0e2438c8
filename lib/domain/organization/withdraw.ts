import { revokeUnsupported } from "@/lib/domain/invite/revoke-unsupported";
import { lockRooms } from "@/lib/domain/room/find";
import { withdrawUnsupported } from "@/lib/domain/room/withdraw";
import { changeLogs } from "@/lib/server/announcements";
import type { Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";
import { waitingForRooms } from "@/lib/server/room-locks";

/**
 * Ends all that people of an organization made and may no longer make, after its rules have changed. It is a transaction of its
 * own, because it locks rooms. Until it commits, nobody can use any of it, since each use looks at what its maker may.
 */
export async function withdrawUnsupportedIn(organizationId: string): Promise<void> {
  const where = { organizationId, roomInvites: { some: { state: "pending" as const } } };
  const withdraw = async (tx: Tx, announce: Announce) => {
    const rooms = await tx.room.findMany({ where, select: { id: true } });
    const roomIds = rooms.map(({ id }) => id);
    await lockRooms(tx, organizationId, roomIds);
    await withdrawUnsupported(tx, announce, { roomIds });
    if ((await revokeUnsupported(tx, { organizationId })) > 0) announce.administration(organizationId);
  };
  await waitingForRooms(() => changeLogs(withdraw));
}
