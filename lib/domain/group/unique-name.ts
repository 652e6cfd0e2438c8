import { looksLike, nameKey } from "@/lib/contract/alike";
import { AppError } from "@/lib/server/app-error";
import type { Tx } from "@/lib/server/db";

/** Throws if another group has this name, or a name that looks like it. Call it after `lockOrganization`. */
export async function requireUniqueGroupName(
  tx: Tx,
  organizationId: string,
  name: string,
  groupId?: string,
): Promise<void> {
  const rows = await tx.group.findMany({ where: { organizationId }, select: { id: true, name: true } });
  const isTaken = rows.some(
    (group) => group.id !== groupId && (nameKey(group.name) === nameKey(name) || looksLike(group.name, name)),
  );
  if (isTaken) throw new AppError("conflict", undefined, { name: "Another group has this name. Choose another one." });
}
