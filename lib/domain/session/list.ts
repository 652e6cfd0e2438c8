import { listSessions } from "@/lib/contract/session";
import { yes } from "@/lib/policy/decision";
import { validSessionsOf } from "@/lib/server/actor";
import { handle } from "@/lib/server/handler";
import { lastUsedFirst, readPage } from "../page";

export default handle(listSessions, {
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor, input }) {
    const ids = await validSessionsOf(tx, actor.personId);
    const { rows, next } = await readPage(lastUsedFirst, input, ({ where, ...page }) =>
      tx.session.findMany({ where: { AND: [{ id: { in: ids } }, where] }, ...page }),
    );
    const sessions = rows.map(({ id, userAgent, address, createdAt, lastUsedAt }) => ({
      id,
      userAgent,
      address,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt.toISOString(),
      current: id === actor.sessionId,
    }));
    return { sessions, next };
  },
});
