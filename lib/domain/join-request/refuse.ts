import { refuseJoinRequest } from "@/lib/contract/join-request";
import { maySeeJoinRequests } from "@/lib/policy/join-request";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { announceToAsker, announceToDeciders } from "./announce";
import { findJoinRequest } from "./find";

export default handle(refuseJoinRequest, {
  load: ({ tx, actor, input }) => findJoinRequest(tx, actor, input.joinRequestId),
  allow: ({ actor, subject }) => maySeeJoinRequests(actor, subject.membership),
  async run({ tx, subject: { room, request }, announce, audit }) {
    if (request.state === "refused") return {};
    if (request.state !== "pending")
      throw new AppError("gone", "Somebody else has already decided about this request.");
    await tx.joinRequest.update({
      where: { id: request.id },
      data: { state: "refused", endedAt: new Date() },
      select: { id: true },
    });
    audit({
      subjectId: request.personId,
      roomId: room.id,
      before: { request: "pending" },
      after: { request: "refused" },
    });
    await announceToDeciders(tx, announce, room.id);
    announceToAsker(announce, request.personId);
    return {};
  },
});
