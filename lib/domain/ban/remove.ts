import { unbanPerson } from "@/lib/contract/ban";
import { tickRoom } from "@/lib/domain/room/clock";
import { findRoomFor } from "@/lib/domain/room/find";
import { maySeeBans, mayUnban } from "@/lib/policy/room";
import { handle } from "@/lib/server/handler";

export default handle(unbanPerson, {
  async load({ tx, actor, input: { roomId, personId } }) {
    const found = await findRoomFor(tx, actor, roomId, { lock: true, administer: true });
    const ban =
      found &&
      (await tx.ban.findUnique({
        where: { roomId_personId: { roomId, personId } },
        select: { person: { select: { role: true } } },
      }));
    // Someone who may not see bans gets the same refusal, whether or not there is a ban.
    if (found && !ban && maySeeBans(actor, found.room, found.membership).ok) return null;
    return found && { ...found, organizationRole: ban?.person.role ?? ("member" as const) };
  },
  allow: ({ actor, input: { personId }, subject: { room, membership, organizationRole } }) =>
    mayUnban(actor, room, membership, { personId, role: null, organizationRole }),
  async run({ tx, input: { roomId, personId }, announce, audit }) {
    await tx.ban.delete({ where: { roomId_personId: { roomId, personId } } });
    audit({ subjectId: personId, roomId, before: { banned: true }, after: { banned: false } });
    // Member lists show who is banned. They reload after a tick of the room.
    await tickRoom(tx, roomId);
    announce.room(roomId);
    // The person's open page of the room reloads.
    announce.me(personId);
    return {};
  },
});
