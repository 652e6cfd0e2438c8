import { approveJoinRequest } from "@/lib/contract/join-request";
import { addPeople } from "@/lib/domain/membership/add-people";
import { mayApproveJoinRequest } from "@/lib/policy/join-request";
import { activePerson } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { findJoinRequest } from "./find";

export default handle(approveJoinRequest, {
  load: ({ tx, actor, input }) => findJoinRequest(tx, actor, input.joinRequestId),
  allow: ({ actor, subject: { room, membership } }) => mayApproveJoinRequest(actor, room, membership),
  async run({ tx, actor, subject: { room, request }, announce, audit }) {
    if (request.state === "approved") return {};
    if (request.state !== "pending")
      throw new AppError("gone", "Somebody else has already decided about this request.");
    if ((await tx.person.count({ where: { id: request.personId, ...activePerson() } })) === 0)
      throw new AppError("gone", "They can no longer sign in. Refuse the request instead.");
    audit({ subjectId: request.personId, roomId: room.id, after: { role: "member" } });
    // `addPeople` also ends the request, as every way of joining does.
    await addPeople(tx, announce, room, [request.personId], {
      byId: actor.personId,
      notice: (personIds) => ({ type: "added", personIds }),
    });
    return {};
  },
});
