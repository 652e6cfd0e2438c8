import { revokeAskLink } from "@/lib/contract/join-request";
import { findRoomFor } from "@/lib/domain/room/find";
import { mayRunAskLink } from "@/lib/policy/join-request";
import { handle } from "@/lib/server/handler";

export default handle(revokeAskLink, {
  load: ({ tx, actor, input }) => findRoomFor(tx, actor, input.roomId, { lock: true }),
  allow: ({ actor, subject: { room, membership } }) => mayRunAskLink(actor, room, membership),
  async run({ tx, input: { roomId }, audit }) {
    const { count } = await tx.askLink.deleteMany({ where: { roomId } });
    if (count > 0) audit({ subjectId: roomId, roomId, before: { askLink: true }, after: { askLink: false } });
    return {};
  },
});
