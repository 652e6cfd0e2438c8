import { Prisma } from "@/lib/server/db";

/** SQL: the approximate size in bytes of message `m` in an answer. Postgres has the length without reading a long text. */
export const messageBytes = Prisma.sql`(coalesce(octet_length(m.body), 0) + coalesce(octet_length(m.notice::text), 0) +
  coalesce(octet_length(m.mentions::text), 0) + 400)`;
