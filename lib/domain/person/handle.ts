import { looksLike } from "@/lib/contract/alike";
import { limits } from "@/lib/contract/limits";
import { isMentionWord } from "@/lib/contract/mention-words";
import { lockOrganization } from "@/lib/domain/organization/lock";
import { AppError } from "@/lib/server/app-error";
import type { Tx } from "@/lib/server/db";

/**
 * Creates the handle with which a person or group is mentioned: the name's first word and, if needed, a number. A name without
 * letters and digits gets the word `kind`. No other handle in the organization equals the new one or looks like it, not even one that
 * someone gave up, and it is not a reserved mention word such as `here`.
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
  const taken = [
    ...(await tx.person.findMany(startingAlike)),
    ...(await tx.group.findMany(startingAlike)),
    ...(await tx.formerHandle.findMany(startingAlike)),
  ];
  const handles = new Set(taken.map((row) => row.handle));
  for (let number = 1; ; number++) {
    const handle = number === 1 ? base : `${base}${number}`;
    if (!isMentionWord(handle) && !handles.has(handle) && !(await looksTaken(tx, organizationId, handle)))
      return handle;
  }
}

/**
 * Gives a person another handle, unless it is taken, reserved or looks like another one. The caller has locked the organization's
 * names. Their present one stays reserved for them.
 */
export async function changeHandle(
  tx: Tx,
  { organizationId, personId }: { organizationId: string; personId: string },
  { from, to }: { from: string; to: string },
): Promise<void> {
  if (await looksTaken(tx, organizationId, to, personId))
    throw refusal(
      "conflict",
      "Someone has this handle or one that looks like it, or had it before. Choose another one.",
    );
  await tx.formerHandle.deleteMany({ where: { organizationId, handle: to, personId } });
  if ((await tx.formerHandle.count({ where: { organizationId, personId } })) >= limits.formerHandles)
    throw refusal(
      "conflict",
      `${limits.formerHandles} of your earlier handles are reserved for you. Ask an owner or admin to release one, or choose one of them.`,
    );
  await tx.formerHandle.createMany({ data: { organizationId, personId, handle: from }, skipDuplicates: true });
}

const refusal = (code: "conflict", sentence: string) => new AppError(code, sentence, { handle: sentence });

/**
 * Whether a handle equals or looks like one that is taken or reserved. Those of the person `exceptId` don't count. Reads only handles
 * of the same length, because others cannot look alike.
 */
async function looksTaken(
  tx: Tx,
  organizationId: string,
  handle: string,
  exceptId: string | null = null,
): Promise<boolean> {
  const length = Array.from(handle).length;
  const rows = await tx.$queryRaw<{ handle: string }[]>`
    SELECT handle FROM "Person" WHERE "organizationId" = ${organizationId}::uuid
      AND char_length(handle) = ${length} AND id IS DISTINCT FROM ${exceptId}::uuid
    UNION ALL SELECT handle FROM "FormerHandle" WHERE "organizationId" = ${organizationId}::uuid
      AND char_length(handle) = ${length} AND "personId" IS DISTINCT FROM ${exceptId}::uuid
    UNION ALL SELECT handle FROM "Group" WHERE "organizationId" = ${organizationId}::uuid
      AND char_length(handle) = ${length}`;
  return rows.some((row) => looksLike(row.handle, handle));
}
