import { listSentRoomInvites } from "@/lib/contract/room-invite";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { newestFirst, readPage } from "../page";
import { roomInviteFields, toRoomInvite } from "./to-room-invite";

export default handle(listSentRoomInvites, {
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor, input }) {
    const { organizationId, personId } = actor;
    const ofRoom = input.roomId !== undefined && { roomId: input.roomId };
    const { rows, next } = await readPage(newestFirst, input, ({ where, ...page }) =>
      tx.roomInvite.findMany({
        where: { ...where, ...ofRoom, organizationId, inviterId: personId },
        include: roomInviteFields,
        ...page,
      }),
    );
    return { invites: rows.map((row) => toRoomInvite(row, personId)), next };
  },
});
