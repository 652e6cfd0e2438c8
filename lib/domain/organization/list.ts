import { compareOrder, nameOrder } from "@/lib/contract/name-order";
import { limits } from "@/lib/contract/limits";
import { listOrganizations, type OwnOrganization } from "@/lib/contract/own-organizations";
import { withPlace } from "@/lib/domain/membership/to-membership";
import { withBlocks } from "@/lib/domain/block/heard";
import { hasUnread } from "@/lib/domain/thread/follows";
import { countOfRequests, unreadOf } from "@/lib/domain/room/entries";
import { yes } from "@/lib/policy/decision";
import { mayCreateOrganization } from "@/lib/policy/organization";
import { type Actor, sessionIsValid } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";
import { env } from "@/lib/server/env";
import { handle } from "@/lib/server/handler";

type Row = OwnOrganization & { role: Actor["role"] };

/**
 * Reads the organizations that the actor's account is active in, and for each one in which this login has a valid session, what is
 * unread and what waits there. Neither counts what people sent whom they block there. All in one statement, so that nothing is counted from after a session's end.
 */
async function organizationsOf(tx: Tx, { personId, sessionId }: Actor): Promise<Row[]> {
  const rows = await tx.$queryRaw<Row[]>`
    WITH me AS MATERIALIZED (
      SELECT p.id AS "personId", p.role, o.id, o.name, o.handle, o.picture, p.id = ${personId}::uuid AS "isCurrent",
        s.id IS NOT NULL AS "isSignedIn"
      FROM "Session" here JOIN "Person" asker ON asker.id = here."personId"
      JOIN "Person" p ON p."accountId" = asker."accountId" JOIN "Organization" o ON o.id = p."organizationId"
      LEFT JOIN "Session" s ON s."loginId" = here."loginId" AND s."personId" = p.id AND ${sessionIsValid}
      WHERE here.id = ${sessionId}::uuid AND p."deactivatedAt" IS NULL AND (p."endsAt" IS NULL OR p."endsAt" > now()))
    SELECT me.id, me.name, me.handle, me.picture, me.role, me."isCurrent", me."isSignedIn",
      coalesce(rooms."isUnread", false) AS "isUnread",
      least(${limits.unread}::bigint, coalesce(rooms.waiting, 0) + invites.waiting)::int AS waiting
    FROM me
    LEFT JOIN LATERAL (
      SELECT bool_or(n.unread > 0 OR EXISTS (
          SELECT 1 FROM "ThreadFollow" f WHERE f."personId" = m."personId" AND f."roomId" = m."roomId"
            AND NOT coalesce(f."isMuted", m."isMuted") AND ${hasUnread})) AS "isUnread",
        sum(CASE WHEN m."isMuted" THEN 0 WHEN r.kind = 'direct' THEN n.unread ELSE ${countOfRequests} END) AS waiting
      FROM "Membership" m JOIN "Room" r ON r.id = m."roomId" ${withBlocks} ${withPlace}
      CROSS JOIN LATERAL (
        SELECT CASE WHEN m."isMuted" THEN 0
          WHEN r.kind = 'direct' THEN (SELECT count(*) FROM ${unreadOf(limits.unread)} d)
          ELSE (SELECT count(*) FROM ${unreadOf(1)} c) END AS unread) n
      WHERE m."personId" = me."personId" AND me."isSignedIn" AND (SELECT count(*) FROM me) > 1) rooms ON true
    CROSS JOIN LATERAL (
      SELECT count(*) AS waiting FROM "RoomInvite" i
      WHERE i."personId" = me."personId" AND me."isSignedIn" AND (SELECT count(*) FROM me) > 1
        AND i.state = 'pending' AND i."expiresAt" > now()
        AND NOT EXISTS (SELECT 1 FROM "Block" b WHERE b."blockerId" = me."personId" AND b."blockedId" = i."inviterId")) invites`;
  const ordered = rows.map((row) => ({ row, order: nameOrder(row.name) }));
  return ordered
    .toSorted((a, b) => compareOrder(a.order, b.order) || (a.row.id < b.row.id ? -1 : 1))
    .map(({ row }) => row);
}

export default handle(listOrganizations, {
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor }) {
    const rows = await organizationsOf(tx, actor);
    const owned = rows.filter(({ role }) => role === "owner").length;
    const decision = mayCreateOrganization(actor, { creators: env().newOrganizations, owned });
    return { organizations: rows.map(({ role: _, ...organization }) => organization), mayCreate: decision.ok };
  },
});
