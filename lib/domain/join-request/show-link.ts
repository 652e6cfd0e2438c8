import { showAskLink } from "@/lib/contract/join-request";
import { findRoomFor } from "@/lib/domain/room/find";
import { mayRunAskLink } from "@/lib/policy/join-request";
import { handle } from "@/lib/server/handler";
import { findWorkingLink, toAskLink } from "./to-link";

export default handle(showAskLink, {
  load: ({ tx, actor, input }) => findRoomFor(tx, actor, input.roomId),
  allow: ({ actor, subject: { room, membership } }) => mayRunAskLink(actor, room, membership),
  async run({ tx, subject: { room } }) {
    const row = await findWorkingLink(tx, room);
    return { link: row && toAskLink(row) };
  },
});
