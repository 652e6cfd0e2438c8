import { db } from "@/lib/server/db";
import type { World } from "./samples";

/** All rows of a world, to compare before and after. When a login was last used, or somebody last seen, is no change. */
export async function everythingOf({ organization }: World): Promise<unknown> {
  const where = { organizationId: organization.id };
  const sessions = await db().session.findMany({ where, orderBy: { id: "asc" }, omit: { lastUsedAt: true } });
  return [
    sessions,
    await db().organization.findMany({ where: { id: organization.id } }),
    await db().account.findMany({ where: { people: { some: where } }, orderBy: { id: "asc" } }),
    await db().person.findMany({ where, orderBy: { id: "asc" }, omit: { lastSeenAt: true } }),
    await db().room.findMany({ where, orderBy: { id: "asc" } }),
    await db().membership.findMany({ where, orderBy: [{ roomId: "asc" }, { personId: "asc" }] }),
    await db().message.findMany({ where, orderBy: { id: "asc" } }),
    await db().messageRevision.findMany({ where, orderBy: { id: "asc" } }),
    await db().invite.findMany({ where, orderBy: { id: "asc" } }),
    await db().passwordReset.findMany({ where, orderBy: { id: "asc" } }),
    await db().groupMember.findMany({ where, orderBy: { personId: "asc" } }),
  ];
}
