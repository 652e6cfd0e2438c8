import type { RoomRole } from "@/lib/contract/room-role";
import { tickWithNotice } from "@/lib/domain/room/clock";
import { entriesOf } from "@/lib/domain/room/entries";
import { withdrawWithoutRight } from "@/lib/domain/room/withdraw";
import { AppError } from "@/lib/server/app-error";
import type { Tx } from "@/lib/server/db";
import type { Announce, Audit } from "@/lib/server/handler";

/** Gives a member of a room another role. The caller has locked the room and checked the policy. */
export async function changeRoomRole(
  tx: Tx,
  { announce, audit }: { announce: Announce; audit: Audit },
  room: { id: string; organizationId: string },
  { personId, role: before }: { personId: string; role: RoomRole },
  { role, byId }: { role: RoomRole; byId: string },
): Promise<void> {
  const roomId = room.id;
  const seq = await tickWithNotice(tx, room, byId, { type: "role", personIds: [personId], role });
  await tx.membership.update({
    where: { roomId_personId: { roomId, personId } },
    data: { role, roomTick: seq },
    select: { role: true },
  });
  const [entry] = await entriesOf(tx, personId, [roomId]);
  if (!entry) throw new AppError("internal");
  announce.me(personId, { type: "entry", entry });
  audit({ act: "membership.setRole", subjectId: personId, roomId, before: { role: before }, after: { role } });
  announce.room(roomId);
  await withdrawWithoutRight(tx, announce, { roomIds: [roomId], makerIds: [personId] });
}
