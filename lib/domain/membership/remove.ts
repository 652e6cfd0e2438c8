import { removeMember } from "@/lib/contract/membership";
import { mayRemoveMember } from "@/lib/policy/room";
import { handle } from "@/lib/server/handler";
import { findMemberFor } from "./find-member";
import { removePerson } from "./remove-person";

export default handle(removeMember, {
  load: ({ tx, actor, input }) => findMemberFor(tx, actor, input, { administer: true }),
  allow: ({ actor, subject: { room, membership, target } }) =>
    mayRemoveMember(actor, room, membership, { role: target.role, organizationRole: target.person.role }),
  async run({ tx, actor, input, subject, announce, audit }) {
    const { room } = subject;
    await removePerson(tx, announce, room, input.personId, actor.personId, {
      type: "removed",
      personIds: [input.personId],
    });
    audit({ subjectId: input.personId, roomId: room.id, before: { role: subject.target.role } });
    return { memberCount: room._count.memberships - (subject.target.isCounted ? 1 : 0) };
  },
});
