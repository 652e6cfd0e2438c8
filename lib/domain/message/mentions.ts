import { limits } from "@/lib/contract/limits";
import type { MentionNotes, MentionTarget, MentionTargets } from "@/lib/contract/mention";
import { mayMentionEveryone, mayMentionGroup } from "@/lib/policy/mention";
import type { MembershipSubject, RoomSubject } from "@/lib/policy/room";
import type { Actor } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";
import { activePeopleIn } from "@/lib/server/presence";
import { findTargets, type FoundTarget } from "./find-targets";

/** Whom a message mentions, as it is stored, and what its author has to know. */
interface Mentions {
  targets: MentionTargets | null;
  notes: MentionNotes | null;
}

const keyOf = (target: MentionTarget): string => ("id" in target ? target.id : target.kind);

/** The targets of a message, at most `limits.mentions`: what comes after them stays text. */
export function toMentions(found: readonly FoundTarget[], refused: MentionNotes["refused"] = []): Mentions {
  const targets: MentionTargets = {};
  const keys = new Set<string>();
  const outsiderIds = new Set<string>();
  for (const { handle, target, isInRoom } of found) {
    if (keys.size >= limits.mentions && !keys.has(keyOf(target))) continue;
    keys.add(keyOf(target));
    targets[handle] = target;
    if (!isInRoom && target.kind === "person") outsiderIds.add(target.id);
  }
  const hasNotes = refused.length > 0 || outsiderIds.size > 0;
  return {
    targets: keys.size > 0 ? targets : null,
    notes: hasNotes ? { refused: [...refused], outsiderIds: [...outsiderIds] } : null,
  };
}

/** The ids of the people whom targets name. Groups and words are not among them. */
export const mentionedIn = (targets: MentionTargets | null): string[] => [
  ...new Set(Object.values(targets ?? {}).flatMap((target) => (target.kind === "person" ? [target.id] : []))),
];

/** Whether everybody may mention these targets. Only of the others does the room's lock decide. */
export const areAllPeople = (found: readonly FoundTarget[]): boolean =>
  found.every(({ target }) => target.kind === "person");

interface Author {
  actor: Actor;
  room: Pick<RoomSubject, "kind" | "membersMentionEveryone"> & { id: string };
  membership: MembershipSubject | null;
}

/**
 * Resolves the mentions in a body. The caller has locked the room, so what the author may mention stays true. What they may not mention
 * stays text. Handles in `stored` keep their targets, without being asked for again.
 */
export async function resolveMentions(
  tx: Tx,
  { actor, room: { id: roomId, ...rule }, membership }: Author,
  body: string,
  stored: MentionTargets = {},
): Promise<Mentions> {
  const found = await findTargets(tx, actor, roomId, body, stored);
  const isKept = ({ handle }: FoundTarget) => Object.hasOwn(stored, handle);
  if (areAllPeople(found.filter((each) => !isKept(each)))) return toMentions(found);
  const memberCount = await tx.membership.count({ where: { roomId, isCounted: true } });
  const room = { ...rule, memberCount };
  const refused: MentionNotes["refused"] = [];
  const allowed = found.filter((each) => {
    if (isKept(each) || each.target.kind === "person") return true;
    const decision =
      each.target.kind === "group"
        ? mayMentionGroup(actor, room, membership, each.reached)
        : mayMentionEveryone(actor, room, membership);
    if (!decision.ok) refused.push({ handle: each.handle, reason: decision.reason });
    return decision.ok;
  });
  return toMentions(allowed, refused);
}

interface StoredMessage {
  id: string;
  organizationId: string;
  roomId: string;
  seq: number;
}

/** A target as a row of `Mention`. For words, `targetId` is the room. */
export const rowsOf = (targets: MentionTargets, roomId: string) => [
  ...new Map(
    Object.values(targets).map((target) => [
      keyOf(target),
      { kind: target.kind, targetId: "id" in target ? target.id : roomId },
    ]),
  ).values(),
];

/** Writes the targets of a new or edited message: one row each. Those that were stored before stay as they are. */
export async function writeTargets(
  tx: Tx,
  { id: messageId, organizationId, roomId, seq }: StoredMessage,
  targets: MentionTargets | null,
  before: MentionTargets | null = null,
): Promise<void> {
  const rows = rowsOf(targets ?? {}, roomId);
  const known = new Set(rowsOf(before ?? {}, roomId).map(({ kind, targetId }) => `${kind} ${targetId}`));
  const kept = rows.map(({ kind, targetId }) => ({ kind, targetId }));
  if (before) await tx.mention.deleteMany({ where: { organizationId, messageId, NOT: { OR: kept } } });
  const added = rows.filter(({ kind, targetId }) => !known.has(`${kind} ${targetId}`));
  if (added.length === 0) return;
  const activeIds = added.some(({ kind }) => kind === "here") ? await activeMembers(tx, organizationId, roomId) : [];
  await tx.mention.createMany({
    data: added.map(({ kind, targetId }) => ({
      organizationId,
      roomId,
      messageId,
      kind,
      targetId,
      seq,
      ...(kind === "here" && { activeIds }),
    })),
  });
}

/** The people of a room who are shown as active now. Who appears offline is not. */
async function activeMembers(tx: Tx, organizationId: string, roomId: string): Promise<string[]> {
  const personId = { in: activePeopleIn(organizationId) };
  const rows = await tx.membership.findMany({
    where: { roomId, isCounted: true, personId },
    select: { personId: true },
  });
  return rows.map((row) => row.personId);
}
