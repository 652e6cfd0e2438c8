import { markThreadUnread } from "@/lib/contract/thread";
import { entriesOf } from "@/lib/domain/room/entries";
import { yes } from "@/lib/policy/decision";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { findThreadFor } from "./find";
import { followOf } from "./follows";

export default handle(markThreadUnread, {
  // Locked, because a reply of mine that is being stored moves the same place.
  load: ({ tx, actor, input }) => findThreadFor(tx, actor, input.threadId, { lock: true }),
  allow: () => yes,
  async run({ tx, actor: { personId }, input: { threadId, fromSeq }, subject: { room }, announce }) {
    await tx.$executeRaw`
      UPDATE "ThreadFollow" f SET "lastReadSeq" = least(greatest(${fromSeq}::int - 1, 0), r.clock), "readAtSeq" = r.clock,
        "fromSeq" = least(f."fromSeq", greatest(${fromSeq}::int - 1, 0)) FROM "Room" r
      WHERE f."personId" = ${personId}::uuid AND f."threadId" = ${threadId}::uuid AND f."isFollowed" AND r.id = f."roomId"`;
    const follow = await followOf(tx, personId, threadId);
    if (!follow?.isFollowed) throw new AppError("not_found");
    // Replies that the room shows, too, may be unread there again.
    const [entry] = await entriesOf(tx, personId, [room.id]);
    if (entry) announce.me(personId, { type: "entry", entry });
    announce.me(personId, { type: "thread", follow });
    return follow;
  },
});
