import { type Membership, readRoom } from "@/lib/contract/room";
import { readPosition } from "@/lib/domain/membership/read-position";
import { yes } from "@/lib/policy/decision";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";

export default handle(readRoom, {
  load: async ({ actor }) => actor,
  allow: () => yes,
  async run({ tx, actor, input, announce }) {
    const { roomId, upToSeq } = input;
    const { personId, organizationId } = actor;
    // The position only moves forward, because another device may have read further, or sent a message.
    const movedCount = await tx.$executeRaw`
      UPDATE "Membership" m SET "lastReadSeq" = least(${upToSeq}, r.clock), "readAtSeq" = r.clock
      FROM "Room" r
      WHERE r.id = m."roomId" AND m."roomId" = ${roomId}::uuid AND m."personId" = ${personId}::uuid
        AND m."organizationId" = ${organizationId}::uuid AND ${readPosition} < least(${upToSeq}, r.clock)`;
    const [membership] = await tx.$queryRaw<Membership[]>`
      SELECT m."roomId", m.role, ${readPosition} AS "lastReadSeq", m."readAtSeq", m."joinedSeq", m."personTick" AS tick
      FROM "Membership" m
      WHERE m."roomId" = ${roomId}::uuid AND m."personId" = ${personId}::uuid AND m."organizationId" = ${organizationId}::uuid`;
    if (!membership) throw new AppError("not_found");
    if (movedCount > 0) announce.me(personId, { type: "read", membership });
    return membership;
  },
});
