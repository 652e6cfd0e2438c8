import { limits } from "@/lib/contract/limits";
import { showRoomInvite } from "@/lib/contract/room-invite";
import { mayAccept } from "@/lib/policy/room-invite";
import { handle } from "@/lib/server/handler";
import { findRoomInvite } from "./find";
import { toRoomInvite } from "./to-room-invite";

export default handle(showRoomInvite, {
  load: ({ tx, actor, input }) => findRoomInvite(tx, actor, input.roomInviteId, { as: "invitee" }),
  // Shown only while the person can join, because the room may be private.
  allow: ({ subject }) => mayAccept(subject.invite, new Date()),
  async run({ tx, actor, subject: { row } }) {
    const { roomId } = row;
    const { description } = await tx.room.findUniqueOrThrow({ where: { id: roomId }, select: { description: true } });
    const members = await tx.membership.findMany({
      where: { roomId, isCounted: true },
      select: { role: true, person: { select: { id: true, name: true, picture: true } } },
      orderBy: [{ role: "asc" }, { person: { nameOrder: "asc" } }, { personId: "asc" }],
      take: limits.inviteMembers,
    });
    return {
      invite: toRoomInvite(row, actor.personId),
      description,
      memberCount: await tx.membership.count({ where: { roomId, isCounted: true } }),
      members: members.map(({ role, person }) => ({ ...person, role })),
    };
  },
});
