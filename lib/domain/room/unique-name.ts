import { looksLike, nameKey } from "@/lib/contract/alike";
import { AppError } from "@/lib/server/app-error";
import type { Tx } from "@/lib/server/db";

export const nameTaken = "This name is taken. Choose another one.";
const looksTaken = "This looks like the name of another room. Choose a name that's easier to tell apart.";

/**
 * Throws if another room has this name or a name that looks like it, even if the actor cannot see that room. Call it after
 * `lockOrganization`. Reads only names of the same length, because others cannot look alike. `roomId` is the room to rename.
 * `prefix` is put before the error message.
 */
export async function requireUniqueName(
  tx: Tx,
  organizationId: string,
  name: string,
  { roomId, prefix = "" }: { roomId?: string; prefix?: string } = {},
): Promise<void> {
  // Names that differ only in how they are written, for example in case, have the same key.
  const key = nameKey(name);
  const found = await tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM "Room"
    WHERE "organizationId" = ${organizationId}::uuid AND char_length("nameKey") = ${Array.from(key).length}`;
  const rows = found.filter(({ id }) => id !== roomId);
  if (rows.some((room) => nameKey(room.name) === key))
    throw new AppError("conflict", undefined, { name: `${prefix}${nameTaken}` });
  if (rows.some((room) => looksLike(room.name, name)))
    throw new AppError("conflict", undefined, { name: `${prefix}${looksTaken}` });
}
