import { setRoomAccess } from "@/lib/contract/room";
import { lockGroups } from "@/lib/domain/group/lock";
import { runsOrganization } from "@/lib/policy/decision";
import { maySetAccess } from "@/lib/policy/room-settings";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { changeAccess } from "./change-access";
import { findRoomFor } from "./find";
import { readChangedRoom } from "./to-room";

export default handle(setRoomAccess, {
  // Owners and admins may choose any group of the organization. Others may choose groups that they are in, and groups that the
  // room already has.
  async load({ tx, actor, input }) {
    const { organizationId, personId } = actor;
    await lockGroups(tx, organizationId, input.groupIds);
    const found = await findRoomFor(tx, actor, input.roomId, { lock: true, administer: true });
    if (!found) return null;
    const named = [...new Set(input.groupIds)];
    const groupIds = input.access === "restricted" ? named : [];
    const own = { OR: [{ members: { some: { personId } } }, { rooms: { some: { roomId: found.room.id } } }] };
    const selectable = { organizationId, id: { in: named }, ...(runsOrganization(actor) ? {} : own) };
    return (await tx.group.count({ where: selectable })) === named.length ? { ...found, groupIds } : null;
  },
  allow: ({ actor, subject }) => maySetAccess(actor, subject.room, subject.membership),
  async run({ tx, actor, input: { access, showEarlier }, subject: { room, membership, groupIds }, announce, audit }) {
    const { id } = room;
    const groupsBefore = room.groups.map(({ groupId }) => groupId);
    const hasSameGroups =
      groupIds.length === groupsBefore.length && groupsBefore.every((each) => groupIds.includes(each));
    if (access === room.access && hasSameGroups) return readChangedRoom(tx, room, membership);
    if (access === "restricted" && groupIds.length === 0 && !runsOrganization(actor))
      throw new AppError("invalid_input", undefined, { groupIds: "Choose at least one group." });
    audit({
      subjectId: id,
      roomId: id,
      before: { access: room.access, groupIds: groupsBefore },
      after: { access, groupIds, ...(room.access === "private" && { showEarlier }) },
    });
    await changeAccess(tx, announce, [room], { access, groupIds, showEarlier }, actor.personId);
    return readChangedRoom(tx, room, membership);
  },
});
