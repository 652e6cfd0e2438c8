import { Prisma } from "@/lib/server/db";

/** Roughly the bytes that the message `m` takes in an answer. Postgres knows them without reading a long text. */
export const messageBytes = Prisma.sql`(octet_length(m.body) + coalesce(octet_length(m.notice::text), 0) + 400)`;
