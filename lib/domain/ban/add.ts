import { banPerson } from "@/lib/contract/ban";
import { endJoinRequests } from "@/lib/domain/join-request/announce";
import { removePerson } from "@/lib/domain/membership/remove-person";
import { peopleVisibleTo } from "@/lib/domain/person/visible";
import { tickRoom } from "@/lib/domain/room/clock";
import { findRoomFor } from "@/lib/domain/room/find";
import { withdrawWithoutRight } from "@/lib/domain/room/withdraw";
import { endRoomInvites } from "@/lib/domain/room-invite/announce";
import { mayBan, mayFind } from "@/lib/policy/room";
import { Prisma } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";

export default handle(banPerson, {
  async load({ tx, actor, input: { roomId, personId } }) {
    const found = await findRoomFor(tx, actor, roomId, { lock: true, administer: true });
    const target =
      found &&
      (await tx.person.findFirst({
        where: { AND: [peopleVisibleTo(actor), { id: personId }] },
        select: {
          role: true,
          memberships: { where: { roomId }, select: { role: true } },
          bans: { where: { roomId }, select: { personId: true } },
        },
      }));
    return found && target && { ...found, target };
  },
  allow: ({ actor, input: { personId }, subject: { room, membership, target } }) =>
    mayBan(actor, room, membership, {
      personId,
      role: target.memberships[0]?.role ?? null,
      organizationRole: target.role,
    }),
  async run({ tx, actor, input: { roomId, personId }, subject: { room, target }, announce, audit }) {
    if (target.bans.length === 0) {
      audit({ subjectId: personId, roomId, before: { banned: false }, after: { banned: true } });
      const { organizationId } = room;
      await tx.ban.create({ data: { organizationId, roomId, personId, byId: actor.personId } });
      if (target.memberships.length > 0) {
        // The notice says "removed", because only moderators and admins may know of the ban.
        const notice = { type: "removed" as const, personIds: [personId] };
        await removePerson(tx, announce, room, personId, actor.personId, notice);
      } else {
        await tickRoom(tx, roomId);
        announce.room(roomId);
        // The person's tabs may show a preview of the room. Someone who could not find the room gets no event.
        const inGroup =
          (await tx.roomGroup.count({ where: { roomId, group: { members: { some: { personId } } } } })) > 0;
        if (mayFind({ ...actor, personId, role: target.role }, room, inGroup))
          announce.me(personId, { type: "gone", roomId });
      }
      const theirs = Prisma.sql`i."roomId" = ${roomId}::uuid AND i."personId" = ${personId}::uuid`;
      await endRoomInvites(tx, announce, theirs, "withdrawn");
      await endJoinRequests(tx, announce, { roomId, personIds: [personId] }, "withdrawn");
      await withdrawWithoutRight(tx, announce, { roomIds: [roomId], makerIds: [personId] });
    }
    return { memberCount: await tx.membership.count({ where: { roomId, isCounted: true } }) };
  },
});
