import { uuidv7 } from "uuidv7";
import { nameKey } from "@/lib/contract/alike";
import type { DefaultRoom } from "@/lib/contract/default-rooms";
import { lockGroups } from "@/lib/domain/group/lock";
import { tickWithNotice } from "@/lib/domain/room/clock";
import { newFigures } from "@/lib/domain/room/figures";
import { nameFields } from "../page-by-name";
import type { Tx } from "@/lib/server/db";

/**
 * Creates one of the first rooms, and its group if it has one. The owner is in both. Returns their ids. The caller has locked the
 * organization's names.
 */
export async function makeRoom(
  tx: Tx,
  organizationId: string,
  ownerId: string,
  room: Omit<DefaultRoom, "isPreselected">,
): Promise<{ roomId: string; groupId: string | null }> {
  const { name, description, access, joinsEveryone } = room;
  const roomId = uuidv7();
  await tx.room.create({
    data: {
      id: roomId,
      organizationId,
      ...nameFields(name),
      nameKey: nameKey(name),
      description,
      access,
      joinsEveryone,
      forAdmins: isForAdmins(room),
      figures: { create: newFigures },
    },
  });
  const groupId = room.group ? await findOrCreateGroup(tx, organizationId, name) : null;
  if (groupId) {
    await tx.groupMember.createMany({ data: [{ organizationId, groupId, personId: ownerId }], skipDuplicates: true });
    await tx.roomGroup.create({ data: { organizationId, roomId, groupId } });
  }
  const seq = await tickWithNotice(tx, { id: roomId, organizationId }, ownerId, { type: "created" });
  await tx.membership.create({
    data: { organizationId, roomId, personId: ownerId, role: "admin", joinedSeq: seq, lastReadSeq: seq },
  });
  return { roomId, groupId };
}

export const isForAdmins = ({ access, group }: Pick<DefaultRoom, "access" | "group">): boolean =>
  access === "restricted" && !group;

async function findOrCreateGroup(tx: Tx, organizationId: string, name: string): Promise<string> {
  const handle = nameKey(name);
  const existing = await tx.group.findUnique({ where: { organizationId_handle: { organizationId, handle } } });
  if (existing) await lockGroups(tx, organizationId, [existing.id], { change: true });
  return (
    existing?.id ?? (await tx.group.create({ data: { id: uuidv7(), organizationId, ...nameFields(name), handle } })).id
  );
}
