import { listBans } from "@/lib/contract/ban";
import { personFields, toPerson } from "@/lib/domain/person/to-person";
import { findRoomFor } from "@/lib/domain/room/find";
import { maySeeBans } from "@/lib/policy/room";
import { handle } from "@/lib/server/handler";
import { pageByName } from "../page-by-name";

export default handle(listBans, {
  load: ({ tx, actor, input }) => findRoomFor(tx, actor, input.roomId, { administer: true }),
  allow: ({ actor, subject }) => maySeeBans(actor, subject.room, subject.membership),
  async run({ tx, actor, input }) {
    const { organizationId } = actor;
    const { roomId } = input;
    const banned = { organizationId, bans: { some: { roomId } } };
    const bans = { where: { roomId }, select: { createdAt: true, by: { select: { id: true, name: true } } } };
    const { rows, next } = await pageByName(tx, { table: "Person", organizationId }, input, {
      names: (list) =>
        tx.person.findMany({ where: banned, select: { id: true, name: true, nameOrder: true, handle: true }, ...list }),
      rows: ({ where, ...page }) =>
        tx.person.findMany({
          where: { AND: [banned, where] },
          select: { ...personFields, nameOrder: true, bans },
          ...page,
        }),
    });
    const found = rows.flatMap(({ bans: [ban], ...person }) =>
      ban ? [{ person: toPerson(person), by: ban.by, createdAt: ban.createdAt.toISOString() }] : [],
    );
    return { bans: found, next };
  },
});
