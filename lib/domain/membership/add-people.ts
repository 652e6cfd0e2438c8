import type { Notice } from "@/lib/contract/message";
import { tickWithNotice } from "@/lib/domain/room/clock";
import { countRequestsFor, endJoinRequests } from "@/lib/domain/join-request/announce";
import { entriesOf } from "@/lib/domain/room/entries";
import { endRoomInvites } from "@/lib/domain/room-invite/announce";
import type { RoomEntry } from "@/lib/contract/room";
import type { RoomRole } from "@/lib/contract/room-role";
import { floorOfNewcomer } from "@/lib/policy/room";
import { AppError } from "@/lib/server/app-error";
import { Prisma, type Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";
import { makePersonal } from "./following";

interface AddOptions {
  byId: string;
  notice: (personIds: string[]) => Notice;
  role?: RoomRole;
  /** They join through a group, or the role of owner or admin. They lose the membership when they lose the group or role. */
  isFollowing?: boolean;
}

/**
 * Adds people to a room at one tick of its clock, with nothing unread, and ends their invites and requests to join. Skips people
 * who are banned or already members. Without `isFollowing`, memberships through a group or role become personal. The caller has
 * locked the room and checked the policy. Returns the entries of the new members, by person.
 */
export async function addPeople(
  tx: Tx,
  announce: Announce,
  room: { id: string; organizationId: string },
  personIds: string[],
  { byId, notice, role = "member", isFollowing = false }: AddOptions,
): Promise<Map<string, RoomEntry>> {
  const { id: roomId, organizationId } = room;
  const those = { where: { roomId, personId: { in: personIds } }, select: { personId: true } };
  const skipped = [...(await tx.membership.findMany(those)), ...(await tx.ban.findMany(those))];
  if (!isFollowing) await makePersonal(tx, [roomId], personIds);
  const skippedIds = new Set(skipped.map(({ personId }) => personId));
  const newcomers = [...new Set(personIds)].filter((id) => !skippedIds.has(id));
  const entries = new Map<string, RoomEntry>();
  if (newcomers.length === 0) return entries;
  const seq = await tickWithNotice(tx, room, byId, notice(newcomers));
  const roomRow = await tx.room.findUniqueOrThrow({ where: { id: roomId }, select: { history: true, floorSeq: true } });
  const floorSeq = floorOfNewcomer(roomRow, seq);
  // A pending invite makes the membership personal: the person is not in the room through a group or role alone.
  const invited = { roomId, personId: { in: newcomers }, state: "pending" as const, expiresAt: { gt: new Date() } };
  const invites = isFollowing ? await tx.roomInvite.findMany({ where: invited, select: { personId: true } }) : [];
  const invitedIds = new Set(invites.map(({ personId }) => personId));
  const common = { role, joinedSeq: seq, lastReadSeq: seq, floorSeq };
  await tx.membership.createMany({
    data: newcomers.map((personId) => {
      return { ...common, organizationId, roomId, personId, isFollowing: isFollowing && !invitedIds.has(personId) };
    }),
  });
  await endJoinRequests(tx, announce, { roomId, personIds: newcomers }, "approved");
  const requestCounts = await countRequestsFor(tx, roomId, newcomers);
  // The newcomers' entries are almost the same, because all have read up to the tick at which they joined.
  const [firstEntry] = await entriesOf(tx, newcomers[0] as string, [roomId]);
  if (!firstEntry) throw new AppError("internal");
  for (const personId of newcomers) {
    const membership = {
      ...common,
      roomId,
      readAtSeq: 0,
      hiddenUpToSeq: null,
      isMuted: false,
      sectionId: null,
      tick: 0,
    };
    const entry = { ...firstEntry, membership, unread: [], requestCount: requestCounts.get(personId) ?? 0 };
    entries.set(personId, entry);
    announce.me(personId, { type: "entry", entry });
  }
  const theirs = Prisma.sql`i."roomId" = ${roomId}::uuid AND i."personId" = ANY(${newcomers}::uuid[])`;
  await endRoomInvites(tx, announce, theirs, "accepted");
  announce.room(roomId);
  return entries;
}
