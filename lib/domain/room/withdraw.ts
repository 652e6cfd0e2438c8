import { endRoomInvites } from "@/lib/domain/room-invite/announce";
import { mayStillAdd, mayStillRunAskLink } from "@/lib/policy/maker";
import { rulesColumns } from "@/lib/server/actor";
import { Prisma, type Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";

interface Which {
  /** Only in these rooms. By default, in all rooms. */
  roomIds?: string[];
  /** Only what these people created. By default, what anyone created. */
  makerIds?: string[];
  /** Changes of these people that are not written yet. */
  written?: Partial<Pick<Prisma.PersonGetPayload<object>, "role" | "deactivatedAt">>;
}

/**
 * Withdraws pending room invites and revokes ask links whose creators may no longer create them. Call it after every change that
 * takes a right in a room from someone. The caller has locked the rooms (`roomsWithWorkOf`).
 */
export async function withdrawWithoutRight(
  tx: Tx,
  announce: Announce,
  { roomIds, makerIds, written = {} }: Which,
): Promise<void> {
  const made = await tx.$queryRaw<{ roomId: string; makerId: string }[]>`
    SELECT w."roomId", w."makerId" FROM (
      SELECT "roomId", "inviterId" AS "makerId" FROM "RoomInvite" WHERE state = 'pending'
      UNION SELECT "roomId", "creatorId" FROM "AskLink") w
    WHERE ${isAmong(Prisma.sql`w."roomId"`, roomIds)} AND ${isAmong(Prisma.sql`w."makerId"`, makerIds)}`;
  if (made.length === 0) return;
  const ofMakers = { personId: { in: made.map(({ makerId }) => makerId) } };
  const people = await tx.person.findMany({
    where: { id: ofMakers.personId },
    select: { id: true, role: true, deactivatedAt: true, organization: { select: rulesColumns } },
  });
  const rooms = await tx.room.findMany({
    where: { id: { in: made.map(({ roomId }) => roomId) } },
    include: {
      memberships: { where: ofMakers, select: { personId: true, role: true } },
      bans: { where: ofMakers, select: { personId: true } },
    },
  });
  const judged = made.flatMap(({ roomId, makerId }) => {
    const person = people.find(({ id }) => id === makerId);
    const room = rooms.find(({ id }) => id === roomId);
    if (!person || !room) return [];
    const { role, deactivatedAt, organization: rules } = { ...person, ...written };
    const maker = {
      asker: { personId: makerId, role, rules },
      deactivatedAt,
      membership: room.memberships.find(({ personId }) => personId === makerId) ?? null,
      isBanned: room.bans.some(({ personId }) => personId === makerId),
    };
    const [invites, link] = [mayStillAdd(maker, room), mayStillRunAskLink(maker, room)];
    return [{ roomId, makerId, endsInvites: !invites.ok && invites.code === "gone", endsLink: !link.ok }];
  });
  const invites = judged.filter(({ endsInvites }) => endsInvites);
  if (invites.length > 0) {
    const ended = Prisma.sql`(i."roomId", i."inviterId") IN (
      SELECT * FROM unnest(${invites.map(({ roomId }) => roomId)}::uuid[], ${invites.map(({ makerId }) => makerId)}::uuid[]))`;
    await endRoomInvites(tx, announce, ended, "withdrawn");
  }
  const links = judged
    .filter(({ endsLink }) => endsLink)
    .map(({ roomId, makerId: creatorId }) => ({ roomId, creatorId }));
  if (links.length > 0) await tx.askLink.deleteMany({ where: { OR: links } });
}

const isAmong = (column: Prisma.Sql, ids: string[] | undefined) =>
  ids ? Prisma.sql`${column} = ANY(${ids}::uuid[])` : Prisma.sql`true`;

/** A Prisma filter for the rooms of a person's pending invites and ask links. Lock them before `withdrawWithoutRight`. */
export const roomsWithWorkOf = (personId: string): Prisma.RoomWhereInput[] => [
  { roomInvites: { some: { inviterId: personId, state: "pending" } } },
  { askLink: { creatorId: personId } },
];
