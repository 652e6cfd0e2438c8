import { entriesOf } from "@/lib/domain/room/entries";
import type { Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";

/** The most people of a room who are told at once that somebody asks to join. The others see it when they load the room again. */
const maxTold = 100;

/** Tells those who decide about a room's requests to join how many there are now: its moderators and admins. */
export async function announceToDeciders(tx: Tx, announce: Announce, roomId: string): Promise<void> {
  const deciders = await tx.membership.findMany({
    where: {
      roomId,
      person: { deactivatedAt: null },
      OR: [{ role: { not: "member" } }, { person: { role: { in: ["owner", "admin"] } } }],
    },
    select: { personId: true },
    orderBy: { personId: "asc" },
    take: maxTold,
  });
  for (const { personId } of deciders) {
    const [entry] = await entriesOf(tx, personId, [roomId]);
    if (entry) announce.me(personId, { type: "entry", entry });
  }
}

/** Ends the pending requests of these people to join a room. The caller has locked the room. */
export async function endJoinRequests(
  tx: Tx,
  announce: Announce,
  { roomId, personIds }: { roomId: string; personIds: string[] },
  state: "approved" | "withdrawn",
): Promise<void> {
  const { count } = await tx.joinRequest.updateMany({
    where: { roomId, personId: { in: personIds }, state: "pending" },
    data: { state, endedAt: new Date() },
  });
  if (count > 0) await announceToDeciders(tx, announce, roomId);
}

/** How many people ask to join a room, for those of its new members who decide about that: owners and admins. */
export async function countRequestsFor(tx: Tx, roomId: string, personIds: string[]): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: string; count: number }[]>`
    SELECT p.id, (SELECT count(*)::int FROM "JoinRequest" q WHERE q."roomId" = ${roomId}::uuid AND q.state = 'pending') AS count
    FROM "Person" p WHERE p.id = ANY(${personIds}::uuid[]) AND p.role IN ('owner', 'admin')`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}
