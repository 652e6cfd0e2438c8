import { limits } from "@/lib/contract/limits";
import { showHistory } from "@/lib/contract/message";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { findMessageFor } from "./find";

export default handle(showHistory, {
  load: ({ tx, actor, input }) => findMessageFor(tx, actor, input.messageId),
  allow: () => yes,
  async run({ tx, input }) {
    // Ids are ordered by the time they were made, also within a millisecond. The first is told in any case.
    const rows = await tx.$queryRaw<{ body: string; replacedAt: Date }[]>`
      SELECT body, "replacedAt" FROM (
        SELECT r.*, sum(octet_length(r.body) + 100) OVER (ORDER BY r.id) - octet_length(r.body) AS sofar
        FROM "MessageRevision" r WHERE r."messageId" = ${input.messageId}::uuid ORDER BY r.id LIMIT 100) n
      WHERE sofar <= ${limits.answer} ORDER BY id`;
    return { revisions: rows.map(({ body, replacedAt }) => ({ body, replacedAt: replacedAt.toISOString() })) };
  },
});
