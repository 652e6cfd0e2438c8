import { createAskLink } from "@/lib/contract/join-request";
import { findRoomFor } from "@/lib/domain/room/find";
import { mayCreateAskLink } from "@/lib/policy/join-request";
import { handle } from "@/lib/server/handler";
import { hashToken, newToken } from "@/lib/server/secret";
import { linkFields, toAskLink } from "./to-link";

export default handle(createAskLink, {
  load: ({ tx, actor, input }) => findRoomFor(tx, actor, input.roomId, { lock: true }),
  allow: ({ actor, subject: { room, membership } }) => mayCreateAskLink(actor, room, membership),
  async run({ tx, actor, input: { roomId }, audit }) {
    const token = newToken();
    const now = { tokenHash: hashToken(token), creatorId: actor.personId, createdAt: new Date() };
    const row = await tx.askLink.upsert({
      where: { roomId },
      create: { organizationId: actor.organizationId, roomId, ...now },
      update: now,
      include: linkFields,
    });
    audit({ subjectId: roomId, roomId, after: { askLink: true } });
    return { link: toAskLink(row), token };
  },
});
