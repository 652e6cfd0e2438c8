import { deleteGroup } from "@/lib/contract/group";
import { endClosedMemberships } from "@/lib/domain/membership/following";
import { changeAccess } from "@/lib/domain/room/change-access";
import { tickAllWithNotice } from "@/lib/domain/room/clock";
import { mayManageGroups } from "@/lib/policy/organization";
import { handle } from "@/lib/server/handler";
import { findGroupAndLockRooms } from "./find";
import { announceGroups } from "./of-person";

export default handle(deleteGroup, {
  load: ({ tx, actor, input }) => findGroupAndLockRooms(tx, actor, input.groupId),
  allow: ({ actor }) => mayManageGroups(actor),
  async run({ tx, actor, subject: { group, rooms }, announce, audit }) {
    const { id: groupId, organizationId } = group;
    const members = await tx.groupMember.findMany({ where: { groupId }, select: { personId: true } });
    const personIds = members.map(({ personId }) => personId);
    audit({ subjectId: groupId, before: { name: group.name } });
    // A room that is open to no other group becomes private, because nobody could join it. Its members stay.
    const closing = rooms.filter(({ groups }) => groups.length === 1);
    const others = rooms.filter(({ groups }) => groups.length > 1);
    for (const room of rooms) {
      const access = room.groups.length === 1 ? "private" : room.access;
      const before = { access: room.access };
      audit({ act: "room.setAccess", subjectId: groupId, roomId: room.id, before, after: { access } });
    }
    await changeAccess(tx, announce, closing, { access: "private" }, actor.personId);
    await tickAllWithNotice(tx, others, actor.personId, ({ access }) => ({ type: "access", from: access, access }));
    for (const { id } of others) announce.room(id);
    await tx.group.delete({ where: { id: groupId } });
    await endClosedMemberships(tx, announce, rooms, personIds, actor.personId);
    await announceGroups(tx, announce, organizationId, [groupId], personIds);
    return {};
  },
});
