import { nameKey } from "@/lib/contract/alike";
import { deleteRoom } from "@/lib/contract/room";
import { lockOrganization } from "@/lib/domain/organization/lock";
import { endRequestsTo } from "@/lib/domain/join-request/announce";
import { endRoomInvites } from "@/lib/domain/room-invite/announce";
import { mayDelete } from "@/lib/policy/room-settings";
import { AppError } from "@/lib/server/app-error";
import { Prisma } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { announceListed } from "./announce-listed";
import { tickRoom } from "./clock";
import { findRoomFor } from "./find";

export default handle(deleteRoom, {
  async load({ tx, actor, input }) {
    // Locks the names, because the room's name becomes free.
    await lockOrganization(tx, actor.organizationId);
    return findRoomFor(tx, actor, input.roomId, { lock: true, administer: true });
  },
  allow: ({ actor, subject }) => mayDelete(actor, subject.room, subject.membership),
  async run({ tx, input, subject: { room }, announce, audit }) {
    const { id, access } = room;
    if (nameKey(input.name) !== room.nameKey) {
      throw new AppError("invalid_input", undefined, { name: "That's not the room's name. Type it as it is shown." });
    }
    // Changes the room's version, so that a send in progress is checked again and finds that its author is no longer a member.
    await tickRoom(tx, id);
    // Locks the memberships in the order of their person ids, as every transaction does.
    const members = await tx.$queryRaw<{ personId: string }[]>`
      WITH removed AS MATERIALIZED (
        SELECT "personId" FROM "Membership" WHERE "roomId" = ${id}::uuid ORDER BY "personId" FOR UPDATE)
      DELETE FROM "Membership" m USING removed
      WHERE m."roomId" = ${id}::uuid AND m."personId" = removed."personId" RETURNING m."personId"`;
    await tx.roomGroup.deleteMany({ where: { roomId: id } });
    await tx.inviteRoom.deleteMany({ where: { roomId: id } });
    await tx.askLink.deleteMany({ where: { roomId: id } });
    await endRequestsTo(tx, announce, [id]);
    await endRoomInvites(tx, announce, Prisma.sql`i."roomId" = ${id}::uuid`, "withdrawn");
    await tx.room.update({
      where: { id },
      data: { deletedAt: new Date(), nameKey: null, access: "private", isDefault: false },
      select: { id: true },
    });
    for (const { personId } of members) announce.me(personId, { type: "gone", roomId: id });
    announce.room(id);
    announceListed(announce, room);
    audit({ subjectId: id, roomId: id, before: { access, members: members.length } });
    return {};
  },
});
