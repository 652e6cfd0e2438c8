import { listSessions } from "@/lib/contract/session";
import { yes } from "@/lib/policy/decision";
import { validLogin } from "@/lib/server/actor";
import { handle } from "@/lib/server/handler";

export default handle(listSessions, {
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor }) {
    const rows = await tx.session.findMany({
      where: { personId: actor.personId, ...validLogin() },
      orderBy: { lastUsedAt: "desc" },
      take: 100,
    });
    const sessions = rows.map(({ id, userAgent, address, createdAt, lastUsedAt }) => {
      const current = id === actor.sessionId;
      return {
        id,
        userAgent,
        address,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt.toISOString(),
        current,
      };
    });
    return { sessions };
  },
});
