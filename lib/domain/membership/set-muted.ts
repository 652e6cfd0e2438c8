import { muteRoom } from "@/lib/contract/membership";
import { yes } from "@/lib/policy/decision";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { readMembership } from "./hide";

export default handle(muteRoom, {
  load: async ({ actor }) => actor,
  allow: () => yes,
  async run({ tx, actor: { personId }, input: { roomId, isMuted }, announce }) {
    const { count } = await tx.membership.updateMany({
      where: { roomId, personId, isMuted: !isMuted },
      data: { isMuted },
    });
    const membership = await readMembership(tx, roomId, personId);
    if (!membership) throw new AppError("not_found");
    if (count > 0) announce.me(personId, { type: "read", membership });
    return membership;
  },
});
