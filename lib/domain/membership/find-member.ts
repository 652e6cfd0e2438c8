import { personFields } from "@/lib/domain/person/to-person";
import { findRoomFor } from "@/lib/domain/room/find";
import type { Actor } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";

/** Finds a room and one of its members. The room stays locked until the transaction ends. Options as for `findRoomFor`. */
export async function findMemberFor(
  tx: Tx,
  actor: Actor,
  { roomId, personId }: { roomId: string; personId: string },
  { administer = false } = {},
) {
  const found = await findRoomFor(tx, actor, roomId, { lock: true, administer });
  const target =
    found &&
    (await tx.membership.findUnique({
      where: { roomId_personId: { roomId, personId } },
      include: { person: { select: personFields } },
    }));
  return found && target && { ...found, target };
}
