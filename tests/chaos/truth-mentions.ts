// The stored mentions, and a recount of the unread ones with the checker's own rules.
import { type Member, recount, type Truth } from "./truth";

/** One target of a message's mentions. */
interface Target {
  messageId: string;
  kind: "person" | "group" | "here" | "room";
  targetId: string;
  activeIds: string[];
}

export interface StoredMentions {
  /** By message id. */
  targets: Map<string, Target[]>;
  /** Since when each person is in each group, in milliseconds since 1970, by both ids separated by a space. */
  groupMembers: Map<string, number>;
}

export async function readMentions(read: <R extends object>(sql: string) => Promise<R[]>): Promise<StoredMentions> {
  const targets: StoredMentions["targets"] = new Map();
  for (const row of await read<Target>(`SELECT "messageId", kind, "targetId", "activeIds" FROM "Mention"`))
    targets.set(row.messageId, [...(targets.get(row.messageId) ?? []), row]);
  const members = await read<{ groupId: string; personId: string; joinedAt: Date }>(
    `SELECT "groupId", "personId", "joinedAt" FROM "GroupMember"`,
  );
  return {
    targets,
    groupMembers: new Map(members.map((row) => [`${row.groupId} ${row.personId}`, row.joinedAt.getTime()])),
  };
}

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
