import { withdrawJoinRequest } from "@/lib/contract/join-request";
import { lockRoom } from "@/lib/domain/room/find";
import { mayWithdrawJoinRequest } from "@/lib/policy/join-request";
import { handle } from "@/lib/server/handler";
import { endJoinRequests } from "./announce";

export default handle(withdrawJoinRequest, {
  async load({ tx, actor: { organizationId, personId }, input: { joinRequestId: id } }) {
    const mine = { where: { id, organizationId, personId }, select: { roomId: true, state: true } };
    const found = await tx.joinRequest.findFirst(mine);
    if (found) await lockRoom(tx, organizationId, found.roomId);
    return found && tx.joinRequest.findFirst(mine);
  },
  allow: ({ subject }) => mayWithdrawJoinRequest(subject),
  async run({ tx, actor, subject: { roomId }, announce }) {
    await endJoinRequests(tx, announce, { roomId, personIds: [actor.personId] }, "withdrawn");
    return {};
  },
});
