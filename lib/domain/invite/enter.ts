import { uuidv7 } from "uuidv7";
import { lockGroups } from "@/lib/domain/group/lock";
import { announceGroups } from "@/lib/domain/group/of-person";
import { addPeople } from "@/lib/domain/membership/add-people";
import { setCounted } from "@/lib/domain/membership/counted";
import { removePeople } from "@/lib/domain/membership/remove-person";
import { roomsOfNewcomers } from "@/lib/domain/organization/rooms-of-role";
import { endSessionsOf } from "@/lib/domain/person/end-sessions";
import { makeHandle } from "@/lib/domain/person/handle";
import { lockRooms } from "@/lib/domain/room/find";
import { runsOrganization } from "@/lib/policy/decision";
import { mayEnter, mayStillInvite } from "@/lib/policy/organization";
import { AppError } from "@/lib/server/app-error";
import type { Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";
import { nameFields } from "../page-by-name";
import { roomsInviterMayAddTo } from "./rooms";
import { findEntering } from "./entering";
import { findByLink } from "./find-by-link";
import { standingIn, standingSentence } from "./standing";
import { type ClosedLink, type LandingRow, landingFields } from "./to-invite";

/** The sentence that says why an invite does not work. */
const closedSentence: Readonly<Record<ClosedLink, string>> = {
  unknown: "This invite link isn't valid.",
  revoked: "This invite was revoked.",
  expired: "This invite has expired.",
  used_up: "This invite has been used up.",
  replaced: "This invite was sent again. Use its newest link.",
};

/** Finds the invite. Throws `gone` if it no longer works. */
export async function requireOpenInvite(tx: Tx, tokenHash: string): Promise<LandingRow> {
  const { closed, invite } = await findByLink(tx, tokenHash);
  if (closed !== null) throw new AppError("gone", closedSentence[closed]);
  return invite;
}

interface Newcomer {
  name: string;
  /** Finds or creates the account, and locks it. Returns its id. */
  findAccount: () => Promise<string>;
}

/**
 * Creates a person in the invite's organization, with the invite's role, rooms and groups. Who left the organization comes back as the
 * same person, with the name that they had. Every way of joining an organization goes through here. Throws `gone` if the invite does
 * not work.
 */
export async function enterOrganization(tx: Tx, announce: Announce, tokenHash: string, newcomer: Newcomer) {
  // One conditional update, so that simultaneous calls cannot use the invite more often than it allows.
  const [usedInvite] = await tx.$queryRaw<{ organizationId: string; sentAt: Date | null }[]>`
    UPDATE "Invite" SET uses = uses + 1
    WHERE "tokenHash" = ${tokenHash} AND "revokedAt" IS NULL AND ("expiresAt" IS NULL OR "expiresAt" > now())
      AND ("maxUses" IS NULL OR uses < "maxUses")
    RETURNING "organizationId", "sentAt"`;
  if (!usedInvite) {
    const { closed } = await findByLink(tx, tokenHash);
    throw new AppError("gone", closedSentence[closed ?? "unknown"]);
  }
  const { organizationId, sentAt } = usedInvite;
  const accountId = await newcomer.findAccount();
  const account = await findEntering(tx, accountId, usedInvite);
  const standing = await standingIn(tx, accountId, organizationId);
  if (standing !== "none") throw new AppError("conflict", undefined, { email: standingSentence[standing] });
  const decision = mayEnter(account);
  if (!decision.ok) throw new AppError(decision.code, decision.reason);
  // `makeHandle` locks the organization, so nobody changes the access of somebody who comes back in the meantime.
  const personHandle = await makeHandle(tx, organizationId, newcomer.name);
  const former = await tx.person.findUnique({
    where: { organizationId_accountId: { organizationId, accountId } },
    select: { id: true },
  });
  const groupIds = (await tx.inviteGroup.findMany({ where: { invite: { tokenHash } } })).map((row) => row.groupId);
  // A change that began before the person left may have added them to a group or a room since.
  const strayGroups = former ? await tx.groupMember.findMany({ where: { personId: former.id } }) : [];
  const strayGroupIds = strayGroups.map((row) => row.groupId);
  await lockGroups(tx, organizationId, [...groupIds, ...strayGroupIds], { change: true });
  // Read again after all locks are taken, because the inviter's role may have changed.
  const invite = await tx.invite.findUniqueOrThrow({ where: { tokenHash }, include: landingFields });
  if (!mayStillInvite(invite.creator, invite.role).ok) throw new AppError("gone", closedSentence.revoked);
  const { role, creator } = invite;
  // Inviters who are plain members may add people only to groups that they are in. This is checked when the invite is created,
  // and again here.
  const selectable = runsOrganization(creator) ? {} : { members: { some: { personId: creator.id } } };
  const chosen = { id: { in: groupIds }, ...selectable };
  const groups = await tx.group.findMany({ where: chosen, select: { id: true }, orderBy: { id: "asc" } });
  const access = { role, endsAt: role === "guest" ? invite.guestEndsAt : null };
  const id = former?.id ?? uuidv7();
  if (!former)
    await tx.person.create({
      data: { id, organizationId, accountId, ...access, ...nameFields(newcomer.name), handle: personHandle },
      select: { id: true },
    });
  const { handle } = await tx.organization.findUniqueOrThrow({
    where: { id: organizationId },
    select: { handle: true },
  });
  const person = { id, organizationId, role, organization: { handle } };
  const usedAt = new Date();
  await tx.inviteUse.upsert({
    where: { organizationId_personId: { organizationId, personId: id } },
    create: { organizationId, personId: id, inviteId: invite.id, usedAt },
    update: { inviteId: invite.id, usedAt },
    select: { personId: true },
  });
  if (former)
    await tx.groupMember.deleteMany({ where: { personId: id, groupId: { in: [...groupIds, ...strayGroupIds] } } });
  await tx.groupMember.createMany({
    data: groups.map(({ id: groupId }) => ({ organizationId, groupId, personId: id })),
  });
  if (sentAt)
    await tx.account.updateMany({
      where: { id: accountId, emailProvenAt: null },
      data: { emailProvenAt: new Date() },
    });
  const roomCount = await addToRooms(tx, invite, person.id, announce);
  if (role === "guest" && roomCount === 0) throw new AppError("gone", closedSentence.revoked);
  if (former) {
    // Ends any session that began while they left, so that it does not come back.
    await endSessionsOf(tx, announce, id);
    announce.person(organizationId, id, { ...access, deactivatedAt: null, leftAt: null });
  } else announce.people(organizationId, [id]);
  const changedIds = [...new Set([...groups.map((group) => group.id), ...strayGroupIds])];
  if (changedIds.length > 0) await announceGroups(tx, announce, organizationId, changedIds, [person.id]);
  return { ...person, accountId };
}

/**
 * Adds a person to the rooms that everyone joins and to the invite's rooms. Owners and admins also join the admin rooms. Somebody who
 * comes back is in no other rooms, and their direct messages count them again. Returns the number of rooms that they joined.
 */
async function addToRooms(tx: Tx, invite: LandingRow, personId: string, announce: Announce): Promise<number> {
  const { organizationId, role, creator } = invite;
  const inviter = { personId: creator.id, role: creator.role, rules: creator.organization };
  const invitedRoomIds = new Set(invite.rooms.map(({ room }) => room.id));
  const rooms = await tx.room.findMany({
    where: {
      organizationId,
      kind: "channel",
      deletedAt: null,
      archivedAt: null,
      OR: [...roomsOfNewcomers(role), { id: { in: [...invitedRoomIds] } }],
    },
    select: { id: true, organizationId: true, forAdmins: true },
    orderBy: { id: "asc" },
  });
  const held = { where: { personId, room: { deletedAt: null } }, select: { roomId: true } };
  const heldIds = (await tx.membership.findMany(held)).map(({ roomId }) => roomId);
  await lockRooms(tx, organizationId, [...rooms.map(({ id }) => id), ...heldIds]);
  await restoreDirect(tx, announce, { id: personId, organizationId }, heldIds);
  let count = 0;
  for (const room of rooms) {
    if (
      invitedRoomIds.has(room.id) &&
      (await roomsInviterMayAddTo(tx, organizationId, inviter, [room.id])).length === 0
    )
      continue;
    const added = await addPeople(tx, announce, room, [personId], {
      byId: personId,
      notice: (personIds) => ({ type: "joined", personIds }),
      isFollowing: room.forAdmins && !invitedRoomIds.has(room.id),
    });
    // Rooms that the person is banned from are skipped.
    count += added.size;
  }
  return count;
}

/**
 * Counts a person in their direct messages again, and removes them from all other rooms among these. They are in one only if a change
 * that began before they left added them. The caller has locked the rooms.
 */
async function restoreDirect(
  tx: Tx,
  announce: Announce,
  person: { id: string; organizationId: string },
  roomIds: string[],
): Promise<void> {
  if (roomIds.length === 0) return;
  const rooms = await tx.room.findMany({
    where: { id: { in: roomIds }, memberships: { some: { personId: person.id } } },
    select: { id: true, organizationId: true, kind: true },
    orderBy: { id: "asc" },
  });
  const leaving = rooms.filter(({ kind }) => kind === "channel").map((room) => ({ room, personIds: [person.id] }));
  await removePeople(tx, announce, leaving, { byId: person.id, type: "left" });
  const direct = rooms.filter(({ kind }) => kind === "direct").map(({ id }) => id);
  await setCounted(tx, announce, person, { groupIds: [], roomIds: direct }, true);
}
