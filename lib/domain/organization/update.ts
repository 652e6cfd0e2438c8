import { updateOrganization } from "@/lib/contract/organization";
import type { OrganizationSettings } from "@/lib/contract/organization-settings";
import { mayManageOrganization } from "@/lib/policy/organization";
import { sessionIsValid } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { changesBetween } from "@/lib/server/audit";
import { lockOrganizationLog } from "@/lib/server/touch";
import { organizationFields, toOrganization } from "./to-organization";
import { withdrawWithoutRightIn } from "./withdraw";

export default handle(updateOrganization, {
  load: async ({ tx, actor, input }) => {
    if (!mayManageOrganization(actor).ok) return {};
    if (input.idleHours !== undefined || input.adminIdleHours !== undefined) await endUnused(tx, actor.organizationId);
    await lockOrganizationLog(tx, actor.organizationId);
    return {};
  },
  allow: ({ actor }) => mayManageOrganization(actor),
  async run({ tx, actor, input, announce, audit }) {
    const where = { id: actor.organizationId };
    const current = toOrganization(await tx.organization.findUniqueOrThrow({ where, select: organizationFields }));
    const changes = changesBetween(current, { ...current, ...given(input) });
    if (Object.keys(changes.after).length === 0) return current;
    const log = await tx.organizationLog.update({
      where: { organizationId: where.id },
      data: { clock: { increment: 1 } },
    });
    // The settings decide how long a session stays valid, so the proof must change. Every transaction that changes the proof
    // locks it before the organization's row.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(1886547814, hashtext(${where.id}))::text`;
    const changed = await tx.organization.update({
      where,
      data: { ...changes.after, tick: log.clock, proof: { increment: 1 } },
      select: organizationFields,
    });
    audit({ subjectId: where.id, ...changes });
    announce.organizationLog(where.id);
    const { membersAddPeople, membersInvite } = changes.after;
    if (membersAddPeople === false || membersInvite === false) announce.after(() => withdrawWithoutRightIn(where.id));
    return toOrganization(changed);
  },
});

/** Ends the sessions that have been unused for too long, so that a longer limit does not bring them back. */
async function endUnused(tx: Tx, organizationId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Session" s SET "revokedAt" = now() FROM "Person" p
    WHERE p.id = s."personId" AND s."organizationId" = ${organizationId}::uuid AND s."revokedAt" IS NULL AND NOT (${sessionIsValid})`;
}

/** The fields that the caller sent. */
const given = (input: Partial<OrganizationSettings> & { name?: string | undefined }) =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
