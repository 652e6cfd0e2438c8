import { limits } from "@/lib/contract/limits";
import { showHistory } from "@/lib/contract/message";
import { yes } from "@/lib/policy/decision";
import { Prisma } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { newestFirst, toPage, decodeCursor } from "../page";
import { findMessageFor } from "./find";

export default handle(showHistory, {
  load: ({ tx, actor, input }) => findMessageFor(tx, actor, input.messageId),
  allow: () => yes,
  async run({ tx, actor, input }) {
    const { messageId, after, limit } = input;
    const [beforeId] = after === undefined ? [] : decodeCursor(newestFirst.position, after);
    // Reads one row more than the page holds. `fits` ends the page early after `limits.answer` bytes, but never before the first
    // row.
    const found = await tx.$queryRaw<{ id: string; body: string; replacedAt: Date; fits: boolean }[]>`
      SELECT id, CASE WHEN nth = 1 OR sofar <= ${limits.answer} THEN body ELSE '' END AS body, "replacedAt",
        nth = 1 OR sofar <= ${limits.answer} AS fits
      FROM (
        SELECT r.id, r.body, r."replacedAt", row_number() OVER w AS nth, sum(octet_length(r.body) + 100) OVER w - octet_length(r.body) AS sofar
        FROM (
          SELECT id, body, "replacedAt" FROM "MessageRevision" WHERE "organizationId" = ${actor.organizationId}::uuid AND "messageId" = ${messageId}::uuid
            ${beforeId === undefined ? Prisma.empty : Prisma.sql`AND id < ${beforeId}::uuid`}
          ORDER BY id DESC LIMIT ${limit + 1}) r
        WINDOW w AS (ORDER BY r.id DESC)) n
      ORDER BY id DESC`;
    const { rows, next } = toPage(newestFirst, found, Math.min(limit, found.filter(({ fits }) => fits).length));
    return {
      revisions: rows.map(({ id, body, replacedAt }) => ({ id, body, replacedAt: replacedAt.toISOString() })),
      next,
    };
  },
});
