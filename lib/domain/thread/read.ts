import { largestTick } from "@/lib/contract/largest-tick";
import { readThread } from "@/lib/contract/thread";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { findThreadFor } from "./find";
import { followOf, noFollow } from "./follows";

export default handle(readThread, {
  load: ({ tx, actor, input }) => findThreadFor(tx, actor, input.threadId),
  allow: () => yes,
  async run({ tx, actor: { personId }, input, subject: { room }, announce }) {
    const { threadId, upToSeq = largestTick } = input;
    // Only a follower has a read position. A read position never moves back, because another device may have read further.
    const moved = await tx.$executeRaw`
      UPDATE "ThreadFollow" f SET "lastReadSeq" = least(${upToSeq}::int, r.clock), "readAtSeq" = r.clock FROM "Room" r
      WHERE f."personId" = ${personId}::uuid AND f."threadId" = ${threadId}::uuid AND f."isFollowed" AND r.id = f."roomId"
        AND f."lastReadSeq" < least(${upToSeq}::int, r.clock)`;
    const follow = (await followOf(tx, personId, threadId)) ?? noFollow(room.id, threadId, room.clock);
    if (moved > 0) announce.me(personId, { type: "thread", follow });
    return follow;
  },
});
