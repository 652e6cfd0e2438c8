// Compares what tabs know of threads with the stored state.
import { isDeepStrictEqual } from "node:util";
import type { RoomState } from "@/lib/client/room-state";
import { unreadOf } from "@/lib/client/threads";
import { limits } from "@/lib/contract/limits";
import { type Difference, firstDifference, reactionDifference } from "./difference";
import { blocks, type Member, type Row, type Truth } from "./truth";
import { placeIn } from "./unread";

type Say = (invariant: Difference["invariant"], sentence: string) => void;

/** The threads that a member follows, what is unread in them, their summaries, and the loaded replies. */
export function ofThreads(state: RoomState, member: Member, truth: Truth, say: Say): void {
  const rows = truth.logs.get(member.roomId) ?? [];
  const follows = truth.follows.filter((each) => each.personId === member.personId && each.roomId === member.roomId);
  for (const { threadId, isFollowed, isMuted } of follows) {
    const thread = state.threads.get(threadId);
    if ((thread?.follow?.isFollowed ?? false) !== isFollowed)
      say("I3", `has the thread ${threadId} as ${isFollowed ? "not followed" : "followed"}.`);
    if (!thread || !isFollowed) continue;
    if ((thread.follow?.isMuted ?? null) !== isMuted) say("I3", `has the thread ${threadId} as muted: not ${isMuted}.`);
    const first = rows.find(({ id, seq }) => id === threadId && seq > member.floorSeq);
    if (!isDeepStrictEqual(thread.about, first?.thread ?? null))
      say("I3", `says "${thread.about?.title}" of the thread ${threadId} instead of "${first?.thread?.title}".`);
    const [shown, counted] = [unreadOf(thread, state), recountThread(truth, member, threadId)];
    // Not more than the newest are kept.
    const wanted = counted.length < limits.unread ? counted : counted.slice(-shown.length || -1);
    if (shown.join() !== wanted.join())
      say("I7", `counts ${shown.join()} as unread in the thread ${threadId}, a recount ${wanted.join()}.`);
  }
  for (const [threadId, { summary, log }] of state.threads) {
    const replies = rows.filter((row) => row.threadId === threadId && row.seq > member.floorSeq);
    if (summary) ofSummary(threadId, summary, replies, say);
    for (const { from, to, messages } of log?.ranges ?? []) {
      const differs = firstDifference(
        messages,
        replies.filter(({ seq }) => seq >= from && seq <= to),
      );
      if (differs) say("I3", `${differs} in the thread ${threadId}.`);
      const ofReactions = reactionDifference(messages, truth, member.personId);
      if (ofReactions) say("I3", `${ofReactions} in the thread ${threadId}.`);
    }
  }
}

function ofSummary(
  threadId: string,
  summary: { count: number; tick: number },
  replies: readonly Row[],
  say: Say,
): void {
  const count = Math.min(limits.replies, replies.filter(({ deleted }) => !deleted).length);
  const tick = Math.max(...replies.map(({ changedSeq }) => changedSeq));
  if (summary.count !== count || summary.tick !== tick)
    say("I3", `counts ${summary.count} replies as of ${summary.tick} in ${threadId}, not ${count} as of ${tick}.`);
}

/** Recounts the unread replies of a thread that a member follows. A reply that the room shows, too, is read where it is read first. */
function recountThread(truth: Truth, member: Member, threadId: string): number[] {
  const follow = truth.follows.find((each) => each.personId === member.personId && each.threadId === threadId);
  const place = Math.max(placeIn(truth, member, threadId) ?? 0, follow?.fromSeq ?? 0);
  return (truth.logs.get(member.roomId) ?? [])
    .filter(
      (row) =>
        row.threadId === threadId &&
        row.seq > Math.max(place, member.floorSeq, row.alsoInRoom ? member.lastReadSeq : 0) &&
        !row.isMoved &&
        !row.deleted &&
        row.authorId !== member.personId &&
        !blocks(truth, member.personId, row.authorId),
    )
    .map(({ seq }) => seq);
}
