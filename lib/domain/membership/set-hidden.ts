import { hideRoom } from "@/lib/contract/membership";
import { findRoomFor } from "@/lib/domain/room/find";
import { yes } from "@/lib/policy/decision";
import { mayHideAlways } from "@/lib/policy/direct";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { hide, readMembership } from "./hide";

export default handle(hideRoom, {
  async load({ tx, actor, input }) {
    const found = await findRoomFor(tx, actor, input.roomId);
    return found?.membership ? found : null;
  },
  allow: ({ input: { hiding }, subject: { room } }) => (hiding === "always" ? mayHideAlways(room) : yes),
  async run({ tx, actor: { personId }, input: { roomId, hiding, upToSeq }, announce }) {
    const hasChanged = await hide(tx, { roomId, personId, hiding, upToSeq });
    const membership = await readMembership(tx, roomId, personId);
    if (!membership) throw new AppError("not_found");
    if (hasChanged) announce.me(personId, { type: "read", membership });
    return membership;
  },
});
