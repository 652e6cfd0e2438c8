import { looksLike } from "@/lib/contract/alike";
import { lockOrganization } from "@/lib/domain/organization/lock";
import type { Tx } from "@/lib/server/db";

/**
 * A short name for mentions that nobody in the organization has, nor one that looks like it: from the first word of the
 * name, then numbered.
 */
export async function makeHandle(tx: Tx, organizationId: string, name: string): Promise<string> {
  const base =
    name
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-+|-+$/g, "")
      .split("-")[0]
      ?.slice(0, 24) || "person";
  await lockOrganization(tx, organizationId);
  const taken = await tx.person.findMany({
    where: { organizationId, handle: { startsWith: base } },
    select: { handle: true },
  });
  const handles = new Set(taken.map((person) => person.handle));
  for (let number = 1; ; number++) {
    const handle = number === 1 ? base : `${base}${number}`;
    if (!handles.has(handle) && !(await looksTaken(tx, organizationId, handle))) return handle;
  }
}

/** Only handles of the same length are read: what looks alike has as many letters. */
async function looksTaken(tx: Tx, organizationId: string, handle: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ handle: string }[]>`
    SELECT handle FROM "Person"
    WHERE "organizationId" = ${organizationId}::uuid AND char_length(handle) = ${Array.from(handle).length}`;
  return rows.some((person) => looksLike(person.handle, handle));
}
