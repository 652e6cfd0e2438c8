import { db, type Tx } from "@/lib/server/db";

/** Whether this installation has been set up. */
export async function organizationExists(tx: Tx = db()): Promise<boolean> {
  return (await tx.organization.findFirst({ select: { id: true } })) !== null;
}
