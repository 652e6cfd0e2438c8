import { uuidv7 } from "uuidv7";
import { createInvite } from "@/lib/contract/invite";
import { runsOrganization } from "@/lib/policy/decision";
import { mayInviteAs } from "@/lib/policy/organization";
import { handle } from "@/lib/server/handler";
import { reach } from "@/lib/server/reach";
import { hashToken, newToken } from "@/lib/server/secret";
import { inviteFields, toInvite } from "./to-invite";
import { roomsInviterMayAddTo } from "./rooms";

export default handle(createInvite, {
  async load({ tx, actor, input }) {
    // Read nothing for people who may not invite, so that the answer does not reveal which rooms and groups exist.
    if (!mayInviteAs(actor, input.role).ok) return { roomIds: [], groupIds: [] };
    const { organizationId } = actor;
    const roomIds = [...new Set(input.roomIds)];
    const groupIds = [...new Set(input.groupIds)];
    const rooms = await roomsInviterMayAddTo(tx, organizationId, actor, roomIds);
    // As for a new room: members may choose only groups they are in.
    const selectable = runsOrganization(actor) ? {} : { members: { some: { personId: actor.personId } } };
    const groupCount = await tx.group.count({ where: { organizationId, id: { in: groupIds }, ...selectable } });
    return rooms.length === roomIds.length && groupCount === groupIds.length ? { roomIds, groupIds } : null;
  },
  allow: ({ actor, input }) => mayInviteAs(actor, input.role),
  async run({ tx, actor, input, subject, audit }) {
    const token = newToken();
    const row = await tx.invite.create({
      data: {
        id: uuidv7(),
        organizationId: actor.organizationId,
        tokenHash: hashToken(token),
        role: input.role,
        maxUses: input.maxUses,
        expiresAt: input.expiresInSeconds === null ? null : new Date(Date.now() + input.expiresInSeconds * 1_000),
        creatorId: actor.personId,
        rooms: { create: subject.roomIds.map((roomId) => ({ roomId })) },
        groups: { create: subject.groupIds.map((groupId) => ({ groupId })) },
      },
      include: inviteFields,
    });
    const invite = toInvite(row);
    const { role, maxUses, expiresAt } = invite;
    audit({ subjectId: invite.id, after: { role, maxUses, expiresAt, ...subject } });
    return { invite, token, reach: reach() };
  },
});
