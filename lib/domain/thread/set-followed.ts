import { followThread } from "@/lib/contract/thread";
import { mayFollowThread } from "@/lib/policy/message";
import { handle } from "@/lib/server/handler";
import { findThreadFor } from "./find";
import { followOf, noFollow } from "./follows";

export default handle(followThread, {
  // New follows are stored only under the room's lock, because the statement that stores replies stores some, too.
  load: ({ tx, actor, input }) => findThreadFor(tx, actor, input.threadId, { lock: true }),
  allow: ({ subject }) => mayFollowThread(subject.membership),
  async run({ tx, actor, input: { threadId, isFollowed }, subject: { room }, announce }) {
    const { personId, organizationId } = actor;
    const known = await followOf(tx, personId, threadId);
    if ((known?.isFollowed ?? false) === isFollowed) return known ?? noFollow(room.id, threadId, room.clock);
    const chosenAtSeq = room.clock;
    // Who begins to follow has read what is there.
    const data = { isFollowed, chosenAtSeq, ...(isFollowed && { lastReadSeq: room.clock, readAtSeq: room.clock }) };
    await tx.threadFollow.upsert({
      where: { personId_threadId: { personId, threadId } },
      create: { organizationId, roomId: room.id, threadId, personId, ...data },
      update: data,
      select: { tick: true },
    });
    const follow = (await followOf(tx, personId, threadId)) ?? noFollow(room.id, threadId, room.clock);
    announce.me(personId, { type: "thread", follow });
    return follow;
  },
});
