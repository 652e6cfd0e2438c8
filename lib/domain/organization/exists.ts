import type { Organization } from "@/lib/contract/organization-settings";
import { db, type Tx } from "@/lib/server/db";

/** What a person who is not signed in sees of an organization. */
export type ShownOrganization = Pick<Organization, "id" | "name" | "picture">;

/**
 * The organization to show to a person who is not signed in. Null if there are several, because it is not known yet which one is
 * theirs. Undefined before the set-up.
 */
export async function onlyOrganization(): Promise<ShownOrganization | null | undefined> {
  const [first, second] = await db().organization.findMany({
    select: { id: true, name: true, picture: true },
    take: 2,
  });
  return second ? null : first;
}

/** Whether this installation has been set up. */
export async function organizationExists(tx: Tx = db()): Promise<boolean> {
  return (await tx.organization.findFirst({ select: { id: true } })) !== null;
}
