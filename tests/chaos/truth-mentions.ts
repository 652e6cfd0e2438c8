// The stored mentions.

/** One target of a message's mentions. */
export interface Target {
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
