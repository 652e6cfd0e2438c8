import type { Asker } from "@/lib/policy/decision";
import { type MembershipSubject, refuseBanned, type RoomSubject } from "@/lib/policy/room";
import { AppError } from "@/lib/server/app-error";
import type { Tx } from "@/lib/server/db";

/**
 * Throws if one of the people to add or invite may not be in the room: a banned person, or a guest in the room that everyone is
 * in.
 */
export async function requireAddable(
  tx: Tx,
  asker: Asker,
  { room, membership }: { room: RoomSubject & { id: string }; membership: MembershipSubject | null },
  personIds: string[],
): Promise<void> {
  if (room.joinsEveryone) {
    const guest = await tx.person.findFirst({
      where: { id: { in: personIds }, role: "guest" },
      select: { name: true },
    });
    if (guest)
      throw new AppError("forbidden", `${guest.name} is a guest. Guests can't be in the room that everyone is in.`);
  }
  const bans = await tx.ban.findMany({
    where: { roomId: room.id, personId: { in: personIds } },
    select: { person: { select: { name: true } } },
  });
  const names = bans.map(({ person }) => person.name);
  const decision = names.length > 0 ? refuseBanned(asker, room, membership, names) : null;
  if (decision && !decision.ok) throw new AppError(decision.code, decision.reason);
}
