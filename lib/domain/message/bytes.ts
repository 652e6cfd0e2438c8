import { Prisma } from "@/lib/server/db";

/** SQL: roughly the bytes of message `m` in an answer. Postgres knows them without reading a long text. */
export const messageBytes = Prisma.sql`(coalesce(octet_length(m.body), 0) + coalesce(octet_length(m.notice::text), 0) + 400)`;
