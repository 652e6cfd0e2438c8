import { uuidv7 } from "uuidv7";
import type { Input } from "@/lib/contract/index";
import type { Invite } from "@/lib/contract/invite";
import { runsOrganization } from "@/lib/policy/decision";
import { mayInviteAs } from "@/lib/policy/organization";
import type { Actor } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import type { Tx } from "@/lib/server/db";
import type { Audit } from "@/lib/server/handler";
import { hashToken } from "@/lib/server/secret";
import { roomsInviterMayAddTo } from "./rooms";
import { inviteFields, toInvite } from "./to-invite";

type Terms = Required<Omit<Input<"invite.create">, "maxUses">>;
interface Targets {
  roomIds: string[];
  groupIds: string[];
}

/** Finds the rooms and groups for a new invite. Null if the actor may not add people to one of them. */
export async function findTargets(tx: Tx, actor: Actor, input: Targets & Pick<Terms, "role">): Promise<Targets | null> {
  // Reads nothing for people who may not invite, so that the answer does not reveal which rooms and groups exist.
  if (!mayInviteAs(actor, input.role).ok) return { roomIds: [], groupIds: [] };
  const { organizationId } = actor;
  const roomIds = [...new Set(input.roomIds)];
  const groupIds = [...new Set(input.groupIds)];
  const found = await roomsInviterMayAddTo(tx, organizationId, actor, roomIds);
  const rooms = found.filter(({ joinsEveryone }) => input.role !== "guest" || !joinsEveryone);
  // Plain members may choose only groups that they are in, as for a new room.
  const selectable = runsOrganization(actor) ? {} : { members: { some: { personId: actor.personId } } };
  const groupCount = await tx.group.count({ where: { organizationId, id: { in: groupIds }, ...selectable } });
  return rooms.length === roomIds.length && groupCount === groupIds.length ? { roomIds, groupIds } : null;
}

/** Creates an invite with this token. */
export async function createInviteRow(
  { tx, actor, audit }: { tx: Tx; actor: Actor; audit: Audit },
  terms: Terms,
  { roomIds, groupIds }: Targets,
  { token, maxUses, email }: { token: string; maxUses: number | null; email: string | null },
): Promise<Invite> {
  requireSensible(terms);
  const { role, expiresInSeconds, guestEndsAt } = terms;
  const row = await tx.invite.create({
    data: {
      id: uuidv7(),
      organizationId: actor.organizationId,
      tokenHash: hashToken(token),
      role,
      email,
      maxUses,
      guestEndsAt,
      expiresAt: expiresInSeconds === null ? null : new Date(Date.now() + expiresInSeconds * 1_000),
      creatorId: actor.personId,
      rooms: { create: roomIds.map((roomId) => ({ roomId })) },
      groups: { create: groupIds.map((groupId) => ({ groupId })) },
    },
    include: inviteFields,
  });
  const invite = toInvite(row);
  const { expiresAt } = invite;
  audit({ subjectId: invite.id, after: { role, maxUses, expiresAt, guestEndsAt, roomIds, groupIds } });
  return invite;
}

/**
 * Throws `invalid_input` for terms that do not fit the role. A guest needs a room and can be in no group. Only a guest's access
 * can have an end.
 */
function requireSensible({ role, guestEndsAt, roomIds, groupIds }: Terms): void {
  const isGuest = role === "guest";
  const fields = {
    ...(isGuest && roomIds.length === 0 && { roomIds: "Choose at least one room. Guests see no others." }),
    ...(isGuest && groupIds.length > 0 && { groupIds: "Guests can't be in groups." }),
    ...(!isGuest && guestEndsAt && { guestEndsAt: "Only a guest's access can have an end." }),
    ...(guestEndsAt && Date.parse(guestEndsAt) <= Date.now() && { guestEndsAt: "Choose a time in the future." }),
  };
  if (Object.keys(fields).length > 0) throw new AppError("invalid_input", undefined, fields);
}
