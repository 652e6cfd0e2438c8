import type { Blocks } from "@/lib/contract/block";
import { lockPersonLog } from "@/lib/domain/person/lock-log";
import { Prisma, type Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";

// Blocks are read only for the person who blocks: in their own operations, and in entries and invites that only they receive
// (docs/decisions/0063). `lib/domain/block/twin.db.test.ts` checks that nothing else depends on them.

/** Reads whom a person blocks, in the order in which they blocked them. `blocksTick` is from the row of their log, if there is one. */
export async function readBlocks(tx: Tx, personId: string, log: { blocksTick: number } | null): Promise<Blocks> {
  const rows = await tx.block.findMany({
    where: { blockerId: personId },
    select: { blockedId: true, createdAt: true },
    orderBy: [{ createdAt: "asc" }, { blockedId: "asc" }],
  });
  return {
    ...noBlocks(log),
    people: rows.map(({ blockedId, createdAt }) => ({ personId: blockedId, blockedAt: createdAt.toISOString() })),
  };
}

/** SQL: whether person `p` blocks anybody. */
export const blocksPeople = Prisma.sql`EXISTS (SELECT 1 FROM "Block" b WHERE b."blockerId" = p.id)`;

/** The blocks of a person who blocks nobody now. */
export const noBlocks = (log: { blocksTick: number } | null): Blocks => ({ people: [], tick: log?.blocksTick ?? 0 });

/** Locks a person's log, so that two changes of their blocks come one after the other, and reads the blocks. */
export async function lockBlocks(tx: Tx, personId: string): Promise<Blocks> {
  await lockPersonLog(tx, personId);
  return readBlocks(tx, personId, await tx.personLog.findUnique({ where: { personId }, select: { blocksTick: true } }));
}

/** Announces to the person, and to nobody else, whom they block now. The answer is the same object, so that it gets the tick, too. */
export async function announceBlocks(tx: Tx, announce: Announce, personId: string, { tick }: Blocks): Promise<Blocks> {
  const blocks = await readBlocks(tx, personId, { blocksTick: tick });
  announce.me(personId, { type: "blocks", blocks });
  return blocks;
}
