import { Membership } from "@/lib/contract/room";
import { declareRowKind } from "@/lib/domain/row-kind";
import { Prisma } from "@/lib/server/db";

/**
 * SQL, to join to membership `m`. `p.place` is the `seq` up to which the person has read: the position that they last set, or
 * their newest message sent since they set it. So sending a message marks the room as read without another write. A reply in a
 * thread does not, but a message that was moved into one later does. `OFFSET 0` makes Postgres compute `place` only once.
 */
export const withPlace = Prisma.sql`CROSS JOIN LATERAL (SELECT greatest(m."lastReadSeq", (
  SELECT own.seq FROM "Message" own
  WHERE own."authorId" = m."personId" AND own."roomId" = m."roomId" AND own.seq > m."readAtSeq"
    AND own.kind <> 'notice' AND (own."threadId" IS NULL OR own."movedAt" IS NOT NULL)
  ORDER BY own.seq DESC LIMIT 1)) AS place OFFSET 0) p`;

const membershipKind = declareRowKind(Membership, "m", { lastReadSeq: "p.place", tick: `m."personTick"` });

/** SQL: the columns of membership `m` that its person receives. Needs `withPlace`. */
export const { columns: membershipColumns } = membershipKind;
