import type { MeChange } from "@/lib/contract/home";
import { groupIdsOf } from "@/lib/domain/group/of-person";
import type { Output } from "@/lib/contract/index";
import { entriesOf } from "@/lib/domain/room/entries";
import type { Tx } from "@/lib/server/db";

/** One answer has about this many changes. It has all changes of its last tick, so it can have a few more. */
const maxChanges = 100;

/**
 * Reads what changed in a person's own log after the tick `from`: which rooms they are in, how far they have
 * read, and which groups they are in. Each room
 * comes once, in its latest state. The answer is consistent only if `tx` is a snapshot.
 */
export async function myChanges(tx: Tx, personId: string, from: number): Promise<NonNullable<Output<"sync">["me"]>> {
  const log = await tx.personLog.findUnique({ where: { personId } });
  const { clock, groupsTick } = log ?? { clock: 1, groupsTick: 0 };
  const changed = await tx.$queryRaw<{ roomId: string; tick: number; isGone: boolean }[]>`
    SELECT "roomId", "personTick" AS tick, false AS "isGone" FROM "Membership"
    WHERE "personId" = ${personId}::uuid AND "personTick" > ${from}
    UNION ALL
    SELECT key::uuid, tick, true FROM "Gone" WHERE "logId" = ${personId}::uuid AND kind = 'membership' AND tick > ${from}
    ORDER BY tick`;
  const lastTick = changed[maxChanges - 1]?.tick ?? clock;
  const included = changed.filter(({ tick }) => tick <= lastTick);
  const more = included.length < changed.length;
  const memberRoomIds = included.filter(({ isGone }) => !isGone).map(({ roomId }) => roomId);
  const entries = memberRoomIds.length > 0 ? await entriesOf(tx, personId, memberRoomIds) : [];
  return {
    from,
    to: more ? lastTick : clock,
    more,
    changes: [
      ...included.filter(({ isGone }) => isGone).map(({ roomId }): MeChange => ({ type: "gone", roomId })),
      ...entries.map((entry): MeChange => ({ type: "entry", entry })),
      ...(groupsTick > from && groupsTick <= (more ? lastTick : clock)
        ? [{ type: "groups" as const, groupIds: (await groupIdsOf(tx, [personId])).get(personId) ?? [] }]
        : []),
    ],
  };
}
