import { findRoomFor } from "@/lib/domain/room/find";
import type { Actor } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";

/** Finds a request to join a room that the actor is in. The room stays locked until the transaction ends. */
export async function findJoinRequest(tx: Tx, actor: Actor, id: string) {
  const where = { id, organizationId: actor.organizationId };
  const location = await tx.joinRequest.findFirst({ where, select: { roomId: true } });
  const found = location && (await findRoomFor(tx, actor, location.roomId, { lock: true }));
  const request = found?.membership && (await tx.joinRequest.findFirst({ where }));
  return found && request ? { ...found, request } : null;
}
