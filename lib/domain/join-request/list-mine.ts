import { listOwnJoinRequests } from "@/lib/contract/join-request";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { newestFirst, readPage } from "../page";

export default handle(listOwnJoinRequests, {
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor: { organizationId, personId }, input }) {
    const mine = { organizationId, personId, state: "pending" as const };
    const include = { room: { select: { name: true, emoji: true } } };
    const { rows, next } = await readPage(newestFirst, input, ({ where, ...page }) =>
      tx.joinRequest.findMany({ where: { AND: [mine, where] }, include, ...page }),
    );
    const requests = rows.map(({ id, roomId, room, note, createdAt }) => {
      return {
        id,
        room: { id: roomId, name: room.name ?? "", emoji: room.emoji },
        note,
        createdAt: createdAt.toISOString(),
      };
    });
    return { requests, next };
  },
});
