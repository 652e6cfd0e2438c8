// What is unread, counted from the stored state.
import { blocks, type Member, type Row, type Truth } from "./truth";

/** Whether the log of the room shows a message. */
export const isShown = ({ threadId, alsoInRoom }: Row): boolean => threadId === null || alsoInRoom;

/** The place up to which somebody has read a thread. */
export const placeIn = (truth: Truth, { personId, joinedSeq }: Member, threadId: string): number | null => {
  const follow = truth.follows.find((each) => each.personId === personId && each.threadId === threadId);
  return follow ? Math.max(follow.lastReadSeq, joinedSeq) : null;
};

/**
 * Recounts a member's unread messages: those of others after `lastReadSeq` and the floor, without notices, tombstones, messages of
 * people whom they block, and replies that the room does not show or that were read in their thread. A message that was moved is read in the room alone.
 */
export function recount(truth: Truth, member: Member): number[] {
  const log = truth.logs.get(member.roomId) ?? [];
  return log
    .filter((row) => {
      const { seq, kind, deleted, authorId, threadId, isMoved } = row;
      return (
        isShown(row) &&
        (threadId === null || isMoved || seq > (placeIn(truth, member, threadId) ?? 0)) &&
        seq > Math.max(member.lastReadSeq, member.floorSeq) &&
        kind !== "notice" &&
        !deleted &&
        authorId !== member.personId &&
        !blocks(truth, member.personId, authorId)
      );
    })
    .map(({ seq }) => seq);
}
