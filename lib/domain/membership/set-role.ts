import { setRoomRole } from "@/lib/contract/membership";
import { toPerson } from "@/lib/domain/person/to-person";
import { tickWithNotice } from "@/lib/domain/room/clock";
import { entriesOf } from "@/lib/domain/room/entries";
import { maySetRole } from "@/lib/policy/room-settings";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { findMemberFor } from "./find-member";

export default handle(setRoomRole, {
  load: ({ tx, actor, input }) => findMemberFor(tx, actor, input, { administer: true }),
  allow: ({ actor, input, subject: { room, membership, target } }) =>
    maySetRole(actor, room, membership, { organizationRole: target.person.role }, input.role),
  async run({ tx, actor, input, subject: { room, target }, announce, audit }) {
    const { roomId, personId, role } = input;
    if (target.role !== role) {
      const seq = await tickWithNotice(tx, room, actor.personId, { type: "role", personIds: [personId], role });
      await tx.membership.update({
        where: { roomId_personId: { roomId, personId } },
        data: { role, roomTick: seq },
        select: { role: true },
      });
      const [entry] = await entriesOf(tx, personId, [roomId]);
      if (!entry) throw new AppError("internal");
      announce.me(personId, { type: "entry", entry });
      audit({ subjectId: personId, roomId, before: { role: target.role }, after: { role } });
      announce.room(roomId);
    }
    return { person: toPerson(target.person), role, joinedAt: target.joinedAt.toISOString() };
  },
});
