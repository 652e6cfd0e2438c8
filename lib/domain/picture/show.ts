import { showPicture } from "@/lib/contract/picture";
import { peopleVisibleTo } from "@/lib/domain/person/visible";
import { findRoomFor } from "@/lib/domain/room/find";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";

export default handle(showPicture, {
  async load({ tx, actor, input: { of, subjectId: id } }) {
    // Owners and admins may set the picture of a private room as they may rename it, so they see it like its name.
    if (of === "room") return (await findRoomFor(tx, actor, id, { administer: true }))?.room ?? null;
    return tx.person.findFirst({ where: { AND: [peopleVisibleTo(actor), { id }] }, select: { picture: true } });
  },
  allow: () => yes,
  run: async ({ subject: { picture } }) => ({ picture }),
});
