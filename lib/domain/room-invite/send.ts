import { uuidv7 } from "uuidv7";
import { limits } from "@/lib/contract/limits";
import { sendRoomInvite } from "@/lib/contract/room-invite";
import { requireAddable } from "@/lib/domain/membership/require-addable";
import { peopleVisibleTo } from "@/lib/domain/person/visible";
import { findRoomFor } from "@/lib/domain/room/find";
import { withdrawWithoutRight } from "@/lib/domain/room/withdraw";
import { mayAddMembers } from "@/lib/policy/room";
import { activePerson } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import { Prisma } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { announceRoomInvite, endRoomInvites } from "./announce";
import { roomInviteFields, toRoomInvite } from "./to-room-invite";

const dayMs = 86_400_000;

export default handle(sendRoomInvite, {
  load: ({ tx, actor, input }) => findRoomFor(tx, actor, input.roomId, { lock: true }),
  allow: ({ actor, subject }) => mayAddMembers(actor, subject.room, subject.membership),
  async run({ tx, actor, input, subject, announce, audit }) {
    const { roomId, personId, note } = input;
    const person = await tx.person.findFirst({
      where: { AND: [peopleVisibleTo(actor), { id: personId, ...activePerson() }] },
      select: { name: true, memberships: { where: { roomId }, select: { personId: true } } },
    });
    if (!person) throw new AppError("not_found");
    if (person.memberships.length > 0) throw new AppError("conflict", `${person.name} is already in this room.`);
    await requireAddable(tx, actor, subject, [personId]);
    // An earlier invite may have expired, and the next sweep has not ended it yet.
    const expired = Prisma.sql`i."roomId" = ${roomId}::uuid AND i."personId" = ${personId}::uuid AND i."expiresAt" <= now()`;
    await endRoomInvites(tx, announce, expired, "expired");
    const pending = { roomId, personId, state: "pending" as const };
    const earlier = await tx.roomInvite.findFirst({ where: pending, select: { inviterId: true } });
    // An earlier invite that its sender may no longer send must not block this one.
    if (earlier) await withdrawWithoutRight(tx, announce, { roomIds: [roomId], makerIds: [earlier.inviterId] });
    if (earlier && (await tx.roomInvite.count({ where: pending })) > 0)
      throw new AppError("conflict", `${person.name} already has an invite to this room.`);
    const row = await tx.roomInvite.create({
      data: {
        id: uuidv7(),
        organizationId: actor.organizationId,
        roomId,
        personId,
        inviterId: actor.personId,
        roomName: subject.room.name,
        roomAccess: subject.room.access,
        note,
        expiresAt: new Date(Date.now() + limits.roomInviteDays * dayMs),
      },
      include: roomInviteFields,
    });
    announceRoomInvite(announce, row);
    audit({ subjectId: personId, roomId, after: { invited: true } });
    return toRoomInvite(row, actor.personId);
  },
});
