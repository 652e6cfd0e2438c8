import { showHistory } from "@/lib/contract/message";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { findMessageFor } from "./find";

export default handle(showHistory, {
  load: ({ tx, actor, input }) => findMessageFor(tx, actor, input.messageId),
  allow: () => yes,
  async run({ tx, input }) {
    const rows = await tx.messageRevision.findMany({
      where: { messageId: input.messageId },
      // Ids are ordered by the time they were made, also within a millisecond.
      orderBy: { id: "asc" },
      take: 100,
    });
    return { revisions: rows.map(({ body, replacedAt }) => ({ body, replacedAt: replacedAt.toISOString() })) };
  },
});
