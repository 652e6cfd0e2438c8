import { acceptRoomInvite } from "@/lib/contract/room-invite";
import { addPeople } from "@/lib/domain/membership/add-people";
import { entriesOf } from "@/lib/domain/room/entries";
import { yes } from "@/lib/policy/decision";
import { mayAccept } from "@/lib/policy/room-invite";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { findRoomInvite } from "./find";

export default handle(acceptRoomInvite, {
  async load({ tx, actor, input }) {
    const found = await findRoomInvite(tx, actor, input.roomInviteId, { as: "invitee", lock: true });
    if (!found) return null;
    const [entry] = await entriesOf(tx, actor.personId, [found.row.roomId]);
    return { ...found, entry };
  },
  // Accepting an invite again is allowed, and changes nothing.
  allow: ({ subject: { invite, entry } }) =>
    entry && invite.state === "accepted" ? yes : mayAccept(invite, new Date()),
  async run({ tx, actor, subject: { row, entry }, announce }) {
    if (entry) return entry;
    const { personId, organizationId } = actor;
    // `addPeople` also ends the invite, as every way of joining does.
    const added = await addPeople(tx, announce, { id: row.roomId, organizationId }, [personId], {
      byId: personId,
      notice: (personIds) => ({ type: "joined", personIds }),
    });
    const joined = added.get(personId);
    if (!joined) throw new AppError("internal");
    return joined;
  },
});
