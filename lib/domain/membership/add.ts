import { addMember } from "@/lib/contract/membership";
import { requireAddable } from "@/lib/domain/membership/require-addable";
import { requireKnownPeople } from "@/lib/domain/person/visible";
import { findRoomFor } from "@/lib/domain/room/find";
import { mayAddMembers } from "@/lib/policy/room";
import { handle } from "@/lib/server/handler";
import { addPeople } from "./add-people";

export default handle(addMember, {
  load: ({ tx, actor, input }) => findRoomFor(tx, actor, input.roomId, { lock: true }),
  allow: ({ actor, subject }) => mayAddMembers(actor, subject.room, subject.membership),
  async run({ tx, actor, input, subject, announce, audit }) {
    const { room } = subject;
    await requireKnownPeople(tx, actor, input.personIds);
    await requireAddable(tx, actor, subject, input.personIds);
    const added = await addPeople(tx, announce, room, input.personIds, {
      byId: actor.personId,
      notice: (personIds) => ({ type: "added", personIds }),
    });
    for (const personId of added.keys()) audit({ subjectId: personId, roomId: room.id, after: { role: "member" } });
    return { memberCount: await tx.membership.count({ where: { roomId: room.id, isCounted: true } }) };
  },
});
