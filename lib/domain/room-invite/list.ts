import { listRoomInvites } from "@/lib/contract/room-invite";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { newestFirst, readPage } from "../page";
import { listedFor } from "./pending";
import { roomInviteFields, toRoomInvite } from "./to-room-invite";

export default handle(listRoomInvites, {
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor, input }) {
    const { rows, next } = await readPage(newestFirst, input, ({ where, ...page }) =>
      tx.roomInvite.findMany({ where: { AND: [listedFor(actor), where] }, include: roomInviteFields, ...page }),
    );
    return { invites: rows.map((row) => toRoomInvite(row, actor.personId)), next };
  },
});
