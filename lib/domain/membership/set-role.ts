import { setRoomRole } from "@/lib/contract/membership";
import { toPerson } from "@/lib/domain/person/to-person";
import { asTarget, maySetRole } from "@/lib/policy/room-settings";
import { handle } from "@/lib/server/handler";
import { changeRoomRole } from "./change-role";
import { findMemberFor } from "./find-member";

export default handle(setRoomRole, {
  load: ({ tx, actor, input }) => findMemberFor(tx, actor, input, { administer: true }),
  allow: ({ actor, input, subject: { room, membership, target } }) =>
    maySetRole(actor, room, membership, asTarget(target.person), input.role),
  async run({ tx, actor, input, subject: { room, target }, announce, audit }) {
    const { role } = input;
    if (target.role !== role)
      await changeRoomRole(tx, { announce, audit }, room, target, { role, byId: actor.personId });
    return { person: toPerson(target.person), role, joinedAt: target.joinedAt.toISOString() };
  },
});
