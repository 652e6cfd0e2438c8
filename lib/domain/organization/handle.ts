import { organizationHandle } from "@/lib/contract/organization-handle";
import type { Tx } from "@/lib/server/db";

/** Creates the handle of a new organization from its name. If the handle is taken, adds a number. */
export async function makeOrganizationHandle(tx: Tx, name: string): Promise<string> {
  const base = organizationHandle(name);
  const taken = await tx.organization.findMany({ where: { handle: { startsWith: base } }, select: { handle: true } });
  const handles = new Set(taken.map(({ handle }) => handle));
  for (let number = 1; ; number++) {
    const handle = number === 1 ? base : `${base}-${number}`;
    if (!handles.has(handle)) return handle;
  }
}
