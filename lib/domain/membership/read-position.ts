import { Prisma } from "@/lib/server/db";

/**
 * SQL: the `seq` up to which the person of membership `m` has read: the position that they last set, or their newest message
 * sent since then. So sending a message marks the room as read without another write. A reply in a thread does not.
 */
export const readPosition = Prisma.sql`greatest(m."lastReadSeq", (
  SELECT own.seq FROM "Message" own
  WHERE own."authorId" = m."personId" AND own."roomId" = m."roomId" AND own.seq > m."readAtSeq"
    AND own.kind <> 'notice' AND own."threadId" IS NULL
  ORDER BY own.seq DESC LIMIT 1))`;
