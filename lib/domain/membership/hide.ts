import type { Hiding } from "@/lib/contract/membership";
import { largestTick } from "@/lib/contract/largest-tick";
import type { Membership } from "@/lib/contract/room";
import { Prisma, type Tx } from "@/lib/server/db";
import { membershipColumns, withPlace } from "./to-membership";

/** The highest possible tick. Hidden up to here, a room stays hidden for good. */
const always = largestTick;

/**
 * Hides a room from the person's lists, or shows it again. Hiding a room for good also mutes it, and showing it then unmutes it.
 * Returns whether anything changed.
 */
export async function hide(
  tx: Tx,
  {
    roomId,
    personId,
    hiding,
    upToSeq = always,
  }: { roomId: string; personId: string; hiding: Hiding; upToSeq?: number | undefined },
): Promise<boolean> {
  const upTo = {
    shown: Prisma.sql`NULL::int`,
    untilNextMessage: Prisma.sql`least(r.clock, ${upToSeq}::int)`,
    always: Prisma.sql`${always}::int`,
  }[hiding];
  const changed = await tx.$executeRaw`
    UPDATE "Membership" m SET "hiddenUpToSeq" = ${upTo},
      "isMuted" = ${hiding === "always"} OR (m."isMuted" AND m."hiddenUpToSeq" IS DISTINCT FROM ${always})
    FROM "Room" r WHERE r.id = m."roomId" AND m."roomId" = ${roomId}::uuid AND m."personId" = ${personId}::uuid
      AND m."hiddenUpToSeq" IS DISTINCT FROM ${upTo}`;
  return changed > 0;
}

/** Reads a person's membership of a room. Null if they are not in the room. */
export async function readMembership(tx: Tx, roomId: string, personId: string): Promise<Membership | null> {
  const rows = await tx.$queryRaw<Membership[]>`
    SELECT ${membershipColumns} FROM "Membership" m ${withPlace}
    WHERE m."roomId" = ${roomId}::uuid AND m."personId" = ${personId}::uuid`;
  return rows[0] ?? null;
}
