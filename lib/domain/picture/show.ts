import { showPicture } from "@/lib/contract/picture";
import { findByAskLink } from "@/lib/domain/join-request/find-link";
import { peopleVisibleTo } from "@/lib/domain/person/visible";
import { findRoomFor } from "@/lib/domain/room/find";
import { pendingFor } from "@/lib/domain/room-invite/pending";
import { yes } from "@/lib/policy/decision";
import type { Actor } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";

export default handle(showPicture, {
  async load({ tx, actor, input: { of, subjectId: id, askToken } }) {
    if (of === "person")
      return tx.person.findFirst({ where: { AND: [peopleVisibleTo(actor), { id }] }, select: { picture: true } });
    // Owners and admins may rename a private room and set its picture, so they may also see the picture.
    const found = await findRoomFor(tx, actor, id, { administer: true });
    return found?.room ?? (await findShownRoom(tx, actor, id, askToken));
  },
  allow: () => yes,
  run: async ({ subject: { picture } }) => ({ picture }),
});

/** Finds a room that the actor cannot find otherwise but whose name they see: they are invited to it, or have its ask link. */
async function findShownRoom(tx: Tx, actor: Actor, id: string, askToken: string | undefined) {
  const invite = await tx.roomInvite.findFirst({
    where: { ...pendingFor(actor), roomId: id },
    select: { room: { select: { picture: true } } },
  });
  if (invite) return invite.room;
  const landing = askToken === undefined ? null : await findByAskLink(tx, actor, askToken);
  return landing?.room.id === id ? landing.room : null;
}
