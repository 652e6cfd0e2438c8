import { handlesIn, possibleHandles } from "@/lib/contract/markdown/mentioned";
import { wordMeaning } from "@/lib/contract/mention-words";
import type { MentionTarget } from "@/lib/contract/mention";
import type { Actor } from "@/lib/server/actor";
import { named, type Tx } from "@/lib/server/db";

/** What a handle in a body means, and what decides whether the author may mention it. */
export interface FoundTarget {
  handle: string;
  target: MentionTarget;
  /** Of a person: whether they are in the room. */
  isInRoom: boolean;
  /** Of a group: how many of its people are in the room. */
  reached: number;
}

/** How many possible handles of one body are looked up. */
const maxHandles = 1_000;

/**
 * Finds whom a body could mention in a room: the people and groups that the author may know, and words such as `here`. In the order of the
 * body, without a limit. `known` has targets of handles that are not looked up again.
 */
export async function findTargets(
  tx: Tx,
  { organizationId, personId, role }: Pick<Actor, "organizationId" | "personId" | "role">,
  roomId: string,
  body: string,
  known: Readonly<Record<string, MentionTarget>> = {},
): Promise<FoundTarget[]> {
  if (!body.includes("@")) return [];
  const found = new Map<string, FoundTarget>();
  const add = (handle: string, target: MentionTarget, { isInRoom = true, reached = 0 } = {}) =>
    found.set(handle, { handle, target, isInRoom, reached });
  const unknown: string[] = [];
  for (const handle of possibleHandles(body, maxHandles)) {
    const word = wordMeaning(handle);
    const target = Object.hasOwn(known, handle) ? known[handle] : word && { kind: word };
    if (target) add(handle, target);
    else unknown.push(handle);
  }
  for (const { handle, kind, id, isInRoom, reached } of unknown.length > 0 ? await look() : [])
    add(handle, { kind, id }, { isInRoom, reached });
  if (found.size === 0) return [];
  return handlesIn(body, (handle) => found.has(handle)).map((handle) => found.get(handle) as FoundTarget);

  /** A guest knows people with whom they share a room, and their own groups. Who gave up a handle still has it reserved. */
  function look() {
    type Row = { handle: string; kind: "person" | "group"; id: string; isInRoom: boolean; reached: number };
    return tx.$queryRaw<Row[]>`${named("mention-targets")}
      SELECT t.handle, t.kind, t.id,
        t.kind = 'person' AND EXISTS (SELECT 1 FROM "Membership" b WHERE b."roomId" = ${roomId}::uuid AND b."personId" = t.id) AS "isInRoom",
        CASE WHEN t.kind = 'group' THEN (
          SELECT count(*)::int FROM "GroupMember" g JOIN "Membership" b ON b."roomId" = ${roomId}::uuid AND b."personId" = g."personId"
          WHERE g."groupId" = t.id) ELSE 0 END AS reached
      FROM (
        SELECT h.handle, 'person' AS kind, p.id FROM unnest(${unknown}::text[]) AS h(handle)
        JOIN LATERAL (
          SELECT q.id FROM "Person" q WHERE q."organizationId" = ${organizationId}::uuid AND q.handle = h.handle
          UNION ALL
          SELECT f."personId" FROM "FormerHandle" f WHERE f."organizationId" = ${organizationId}::uuid AND f.handle = h.handle) x ON true
        JOIN "Person" p ON p.id = x.id
        WHERE p."deactivatedAt" IS NULL AND (p."endsAt" IS NULL OR p."endsAt" > now())
          AND (${role} <> 'guest' OR p.id = ${personId}::uuid OR EXISTS (
            SELECT 1 FROM "Membership" mine JOIN "Membership" theirs ON theirs."roomId" = mine."roomId"
            WHERE mine."personId" = ${personId}::uuid AND theirs."personId" = p.id))
        UNION ALL
        SELECT h.handle, 'group', g.id FROM unnest(${unknown}::text[]) AS h(handle)
        JOIN "Group" g ON g."organizationId" = ${organizationId}::uuid AND g.handle = h.handle
        WHERE ${role} <> 'guest' OR EXISTS (
          SELECT 1 FROM "GroupMember" o WHERE o."groupId" = g.id AND o."personId" = ${personId}::uuid)) t`;
  }
}
