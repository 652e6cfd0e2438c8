import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import { acceptInvite } from "@/lib/contract/invite";
import { addPeople } from "@/lib/domain/membership/add-people";
import { lockGroups } from "@/lib/domain/group/lock";
import { announceGroups } from "@/lib/domain/group/of-person";
import { nameFields } from "../page-by-name";
import { makeHandle } from "@/lib/domain/person/handle";
import { lockIfPasswordUnchanged } from "@/lib/domain/password/lock";
import { roomsOfNewcomers } from "@/lib/domain/organization/rooms-of-role";
import { lockRoom } from "@/lib/domain/room/find";
import { addSession, lockLogin } from "@/lib/domain/session/add-session";
import { tryPassword } from "@/lib/domain/session/throttle";
import { yes } from "@/lib/policy/decision";
import { mayStillInvite } from "@/lib/policy/organization";
import { AppError } from "@/lib/server/app-error";
import type { Caller } from "@/lib/server/actor";
import { db, type Tx } from "@/lib/server/db";
import { type Announce, handle } from "@/lib/server/handler";
import { hashPassword, hashToken, verifyPassword } from "@/lib/server/secret";
import { type LandingRow, landingFields, closedReason } from "./to-invite";
import { roomsInviterMayAddTo } from "./rooms";

type AcceptInput = z.output<typeof acceptInvite.input>;

/** Says why an invite does not work. */
const closedSentence = {
  unknown: "This invite link isn't valid.",
  revoked: "This invite was revoked.",
  expired: "This invite has expired.",
  used_up: "This invite has been used up.",
};

export default handle(acceptInvite, {
  async prepare({ input, caller }) {
    const invite = await requireOpenInvite(db(), hashToken(input.token));
    if (invite.email !== null && invite.email !== input.email)
      throw new AppError("conflict", undefined, { email: `This invite is for ${invite.email}. Join with that email.` });
    const account = await db().account.findUnique({ where: { email: input.email } });
    // Always one attempt and one hash, so that the time does not reveal whether the email has an account.
    const passwordHash = await tryPassword(caller, { email: input.email, account }, async (hashQueue) => {
      if (!account) return hashPassword(input.password, hashQueue);
      return (await verifyPassword(account.passwordHash, input.password, hashQueue)) ? account.passwordHash : null;
    });
    if (passwordHash === null) throw wrongPassword();
    return passwordHash;
  },
  load: async () => ({}),
  allow: () => yes,
  run: ({ tx, input, caller, prepared: passwordHash, announce }) =>
    accept(tx, hashToken(input.token), { ...input, passwordHash }, caller, announce),
});

const wrongPassword = () =>
  new AppError("conflict", undefined, {
    email: "This email can't join with that password. If it already has an account, use that account's password.",
  });

/** Finds the invite. Throws `gone` if it no longer works. */
async function requireOpenInvite(tx: Tx, tokenHash: string): Promise<LandingRow> {
  const invite = await tx.invite.findUnique({ where: { tokenHash }, include: landingFields });
  const closed = closedReason(invite);
  if (closed || !invite) throw new AppError("gone", closedSentence[closed ?? "unknown"]);
  return invite;
}

async function accept(
  tx: Tx,
  tokenHash: string,
  newPerson: AcceptInput & { passwordHash: string },
  caller: Caller,
  announce: Announce,
) {
  // One conditional update, so that people who accept at the same time cannot use the invite more often than it allows.
  const [usedInvite] = await tx.$queryRaw<{ organizationId: string }[]>`
    UPDATE "Invite" SET uses = uses + 1
    WHERE "tokenHash" = ${tokenHash} AND "revokedAt" IS NULL AND ("expiresAt" IS NULL OR "expiresAt" > now())
      AND ("maxUses" IS NULL OR uses < "maxUses")
    RETURNING "organizationId"`;
  if (!usedInvite) {
    const closed = closedReason(await tx.invite.findUnique({ where: { tokenHash }, include: landingFields }));
    throw new AppError("gone", closedSentence[closed ?? "unknown"]);
  }
  const { organizationId } = usedInvite;
  const account =
    (await tx.account.findUnique({ where: { email: newPerson.email } })) ??
    (await tx.account.create({ data: { id: uuidv7(), email: newPerson.email, passwordHash: newPerson.passwordHash } }));
  // If someone created or changed this account since `prepare`, its password was not verified.
  if (!(await lockIfPasswordUnchanged(tx, account.id, newPerson.passwordHash))) throw wrongPassword();
  if (await tx.person.findFirst({ where: { organizationId, accountId: account.id } })) {
    throw new AppError("conflict", undefined, { email: "You're already a member. Sign in." });
  }
  const personHandle = await makeHandle(tx, organizationId, newPerson.name);
  const groupIds = (await tx.inviteGroup.findMany({ where: { invite: { tokenHash } } })).map((row) => row.groupId);
  await lockGroups(tx, organizationId, groupIds, { change: true });
  // Read again after all locks are taken, because the inviter's role may have changed.
  const invite = await tx.invite.findUniqueOrThrow({ where: { tokenHash }, include: landingFields });
  if (!mayStillInvite(invite.creator, invite.role).ok) throw new AppError("gone", closedSentence.revoked);
  const { role } = invite;
  const person = await tx.person.create({
    data: {
      id: uuidv7(),
      organizationId,
      accountId: account.id,
      role,
      ...nameFields(newPerson.name),
      handle: personHandle,
      endsAt: role === "guest" ? invite.guestEndsAt : null,
      invitedBy: { create: { inviteId: invite.id } },
      groups: { create: invite.groups.map(({ groupId }) => ({ groupId })) },
    },
    select: { id: true, organizationId: true, role: true, organization: { select: { handle: true } } },
  });
  // Only who reads the mail of this address has the link that was sent to it.
  if (invite.sentAt)
    await tx.account.updateMany({
      where: { id: account.id, emailProvenAt: null },
      data: { emailProvenAt: new Date() },
    });
  await addToRooms(tx, invite, person.id, announce);
  announce.people(organizationId, [person.id]);
  if (groupIds.length > 0) await announceGroups(tx, announce, organizationId, groupIds, [person.id]);
  if (caller.login?.accountId === account.id && (await lockLogin(tx, caller.login.loginId)))
    await addSession(tx, { id: uuidv7(), loginId: caller.login.loginId, person, caller });
  return { organizationId, personId: person.id, handle: person.organization.handle };
}

/** Adds a person to the rooms that everyone joins, to the invite's rooms, and an owner or admin also to the admin rooms. */
async function addToRooms(tx: Tx, invite: LandingRow, personId: string, announce: Announce): Promise<void> {
  const { organizationId, role, creator } = invite;
  const inviter = { personId: creator.id, role: creator.role, rules: creator.organization };
  const invitedRoomIds = new Set(invite.rooms.map(({ room }) => room.id));
  const rooms = await tx.room.findMany({
    where: {
      organizationId,
      archivedAt: null,
      deletedAt: null,
      OR: [...roomsOfNewcomers(role), { id: { in: [...invitedRoomIds] } }],
    },
    select: { id: true, organizationId: true, forAdmins: true },
    // Every transaction locks rooms in this order, which prevents deadlocks.
    orderBy: { id: "asc" },
  });
  for (const room of rooms) {
    await lockRoom(tx, organizationId, room.id);
    if (
      invitedRoomIds.has(room.id) &&
      (await roomsInviterMayAddTo(tx, organizationId, inviter, [room.id])).length === 0
    )
      continue;
    await addPeople(tx, announce, room, [personId], {
      byId: personId,
      notice: (personIds) => ({ type: "joined", personIds }),
      isFollowing: room.forAdmins && !invitedRoomIds.has(room.id),
    });
  }
}
