import { markRoomUnread } from "@/lib/contract/room-reading";
import { yes } from "@/lib/policy/decision";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { entriesOf } from "./entries";

export default handle(markRoomUnread, {
  load: async ({ actor }) => actor,
  allow: () => yes,
  async run({ tx, actor, input, announce }) {
    const { roomId, fromSeq } = input;
    const { personId, organizationId } = actor;
    // A person's own message after `readAtSeq` also marks the room as read. Setting `readAtSeq` to the room's clock excludes
    // their earlier messages.
    await tx.$executeRaw`
      UPDATE "Membership" m SET "lastReadSeq" = greatest(m."floorSeq", least(${fromSeq} - 1, r.clock)), "readAtSeq" = r.clock
      FROM "Room" r
      WHERE r.id = m."roomId" AND m."roomId" = ${roomId}::uuid AND m."personId" = ${personId}::uuid
        AND m."organizationId" = ${organizationId}::uuid`;
    const [entry] = await entriesOf(tx, personId, [roomId]);
    if (!entry) throw new AppError("not_found");
    announce.me(personId, { type: "entry", entry });
    return entry;
  },
});
