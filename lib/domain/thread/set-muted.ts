import { muteThread } from "@/lib/contract/thread";
import { yes } from "@/lib/policy/decision";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { findThreadFor } from "./find";
import { followOf } from "./follows";

export default handle(muteThread, {
  load: ({ tx, actor, input }) => findThreadFor(tx, actor, input.threadId),
  allow: () => yes,
  async run({ tx, actor: { personId }, input: { threadId, isMuted }, announce }) {
    const changed = await tx.$executeRaw`
      UPDATE "ThreadFollow" SET "isMuted" = ${isMuted}::boolean
      WHERE "personId" = ${personId}::uuid AND "threadId" = ${threadId}::uuid AND "isFollowed" AND "isMuted" IS DISTINCT FROM ${isMuted}::boolean`;
    const follow = await followOf(tx, personId, threadId);
    if (!follow?.isFollowed) throw new AppError("not_found");
    if (changed > 0) announce.me(personId, { type: "thread", follow });
    return follow;
  },
});
