import { looksLike } from "@/lib/contract/alike";
import { isMentionWord } from "@/lib/contract/mention-words";
import { lockOrganization } from "@/lib/domain/organization/lock";
import type { Tx } from "@/lib/server/db";

/**
 * Creates the handle with which a person or group is mentioned: the name's first word and, if needed, a number. A name without
 * letters and digits gets the word `kind`. No other handle in the organization equals the new one or looks like it, and it is not
 * a reserved mention word such as `here`.
 */
export async function makeHandle(
  tx: Tx,
  organizationId: string,
  name: string,
  kind: "person" | "group" = "person",
): Promise<string> {
  const base =
    name
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-+|-+$/g, "")
      .split("-")[0]
      ?.slice(0, 24) || kind;
  await lockOrganization(tx, organizationId);
  const startingAlike = { where: { organizationId, handle: { startsWith: base } }, select: { handle: true } };
  const taken = [...(await tx.person.findMany(startingAlike)), ...(await tx.group.findMany(startingAlike))];
  const handles = new Set(taken.map((row) => row.handle));
  for (let number = 1; ; number++) {
    const handle = number === 1 ? base : `${base}${number}`;
    if (!isMentionWord(handle) && !handles.has(handle) && !(await looksTaken(tx, organizationId, handle)))
      return handle;
  }
}

/** Reads only handles of the same length, because others cannot look alike. */
async function looksTaken(tx: Tx, organizationId: string, handle: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ handle: string }[]>`
    SELECT handle FROM "Person"
    WHERE "organizationId" = ${organizationId}::uuid AND char_length(handle) = ${Array.from(handle).length}
    UNION ALL SELECT handle FROM "Group" WHERE "organizationId" = ${organizationId}::uuid
      AND char_length(handle) = ${Array.from(handle).length}`;
  return rows.some((row) => looksLike(row.handle, handle));
}
