import { deleteGroup } from "@/lib/contract/group";
import { endClosedMemberships } from "@/lib/domain/membership/following";
import { changeAccess } from "@/lib/domain/room/change-access";
import { tickWithNotice } from "@/lib/domain/room/clock";
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
    for (const room of rooms) {
      const access = room.groups.length === 1 ? "private" : room.access;
      audit({
        act: "room.setAccess",
        subjectId: groupId,
        roomId: room.id,
        before: { access: room.access },
        after: { access },
      });
      // A room that nobody could join any more becomes private. Its members stay.
      if (access !== room.access) await changeAccess(tx, announce, room, { access }, actor.personId);
      else await tickWithNotice(tx, room, actor.personId, { type: "access", from: access, access });
      announce.room(room.id);
    }
    await tx.group.delete({ where: { id: groupId } });
    await endClosedMemberships(tx, announce, rooms, personIds, actor.personId);
    await announceGroups(tx, announce, organizationId, [groupId], personIds);
    return {};
  },
});
