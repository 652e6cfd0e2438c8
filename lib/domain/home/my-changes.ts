import type { MeChange } from "@/lib/contract/home";
import type { Output } from "@/lib/contract/index";
import { entriesOf } from "@/lib/domain/room/entries";
import type { Tx } from "@/lib/server/db";

/** One answer has at most this many changes, and those of one tick more: it never ends inside a tick. */
const maxChanges = 100;

/**
 * What changed in a person's own log after the tick `from`, each room once, in its latest state. It is consistent only if `tx` is
 * a snapshot.
 */
export async function myChanges(tx: Tx, personId: string, from: number): Promise<NonNullable<Output<"sync">["me"]>> {
  const { clock } = (await tx.personLog.findUnique({ where: { personId } })) ?? { clock: 1 };
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
    ],
  };
}
