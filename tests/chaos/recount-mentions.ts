import type { Member, Truth } from "./truth";
import type { Target } from "./truth-mentions";
import { recount } from "./unread";

/** The unread messages of a member that mention them. */
export function recountMentions(truth: Truth, member: Member): number[] {
  const unread = new Set(recount(truth, member));
  const { targets, groupMembers } = truth.mentions;
  const log = truth.logs.get(member.roomId) ?? [];
  return log.flatMap(({ id, seq, createdAt }) => {
    const means = ({ kind, targetId, activeIds }: Target) =>
      kind === "room" ||
      (kind === "person" && targetId === member.personId) ||
      (kind === "here" && activeIds.includes(member.personId)) ||
      (kind === "group" && (groupMembers.get(`${targetId} ${member.personId}`) ?? Infinity) <= createdAt.getTime());
    return unread.has(seq) && targets.get(id)?.some(means) ? [seq] : [];
  });
}
