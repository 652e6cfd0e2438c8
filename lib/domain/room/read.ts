import { largestTick } from "@/lib/contract/largest-tick";
import { readRoom } from "@/lib/contract/room-reading";
import { yes } from "@/lib/policy/decision";
import { findActor } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { readTogether } from "./read-batch";

export default handle(readRoom, {
  // `readTogether` commits whole batches by itself, and checks the session.
  mode: "none",
  load: async ({ actor }) => actor,
  allow: () => yes,
  async run({ actor, input: { roomId, upToSeq = largestTick } }) {
    const membership = await readTogether({ actor, roomId, upToSeq });
    if (membership) return membership;
    throw new AppError((await findActor(actor.sessionId)) ? "not_found" : "unauthenticated");
  },
});
