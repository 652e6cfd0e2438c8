import { findRoomFor } from "@/lib/domain/room/find";
import { floorFor } from "@/lib/policy/room";
import type { Actor } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";

/**
 * Finds a message and its room. Null if the actor may not see the message, or is not a member; with `preview`, who can find the room need
 * not be one. With `lock`, the room stays locked until the transaction ends.
 */
export async function findMessageFor(
  tx: Tx,
  actor: Actor,
  messageId: string,
  { lock = false, preview = false }: { lock?: boolean; preview?: boolean } = {},
) {
  const { organizationId } = actor;
  const location = await tx.message.findFirst({ where: { id: messageId, organizationId }, select: { roomId: true } });
  if (!location) return null;
  const found = await findRoomFor(tx, actor, location.roomId, { lock });
  if (!found || (!found.membership && !preview)) return null;
  const message = await tx.message.findUniqueOrThrow({
    where: { organizationId_id: { organizationId, id: messageId } },
  });
  return message.seq > floorFor(found.room, found.membership) ? { ...found, message } : null;
}
