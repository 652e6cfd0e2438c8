import { z } from "zod";
import { Id } from "@/lib/contract/operation";
import { listReactions } from "@/lib/contract/reaction";
import { findMessageFor } from "@/lib/domain/message/find";
import { personFields, toPerson } from "@/lib/domain/person/to-person";
import { mayRead } from "@/lib/policy/room";
import { handle } from "@/lib/server/handler";
import { readPage } from "../page";

/** By the tick at which somebody reacted. */
const earliestFirst = {
  position: z.tuple([z.int32(), Id]),
  positionOf: (row: { changedSeq: number; personId: string }): [number, string] => [row.changedSeq, row.personId],
  after: ([tick, personId]: [number, string]) => ({
    changedSeq: { gte: tick },
    OR: [{ changedSeq: { gt: tick } }, { personId: { gt: personId } }],
  }),
  orderBy: [{ changedSeq: "asc" as const }, { personId: "asc" as const }],
};

export default handle(listReactions, {
  load: ({ tx, actor, input }) => findMessageFor(tx, actor, input.messageId, { preview: true }),
  allow: ({ actor, subject }) => mayRead(actor, subject.room, subject.membership, subject.inGroup),
  async run({ tx, actor, input }) {
    const { messageId, emoji } = input;
    const given = {
      organizationId: actor.organizationId,
      messageId,
      isGiven: true,
      ...(emoji !== undefined && { emoji }),
    };
    const { rows, next } = await readPage(earliestFirst, input, ({ where, ...page }) =>
      tx.reaction.findMany({
        where: { ...given, ...where },
        select: { emoji: true, reactedAt: true, changedSeq: true, personId: true, person: { select: personFields } },
        ...page,
      }),
    );
    const reactions = rows.map(({ emoji: each, reactedAt, person }) => {
      return { person: toPerson(person), emoji: each, reactedAt: reactedAt.toISOString() };
    });
    return { reactions, next };
  },
});
