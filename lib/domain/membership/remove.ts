import { removeMember } from "@/lib/contract/membership";
import { findRoomFor } from "@/lib/domain/room/find";
import { mayRemoveMember } from "@/lib/policy/room";
import { handle } from "@/lib/server/handler";
import { removePerson } from "./remove-person";

export default handle(removeMember, {
  async load({ tx, actor, input }) {
    const { roomId, personId } = input;
    const found = await findRoomFor(tx, actor, roomId, { lock: true });
    const target =
      found &&
      (await tx.membership.findUnique({ where: { roomId_personId: { roomId, personId } }, include: { person: true } }));
    return found && target && { ...found, target };
  },
  allow: ({ actor, subject: { room, membership, target } }) =>
    mayRemoveMember(actor, room, membership, { role: target.role, organizationRole: target.person.role }),
  async run({ tx, actor, input, subject, announce }) {
    const { room } = subject;
    await removePerson(tx, announce, room, input.personId, actor.personId, {
      type: "removed",
      personIds: [input.personId],
    });
    return { memberCount: room._count.memberships - 1 };
  },
});
